import type { Ingest } from '../../ingest/ingest.ts';
import { submitRows } from '../../ingest/submitRows.ts';
import { holding } from '../../platform/advisoryLock.ts';
import type { Deps } from '../../platform/http.ts';
import { monthOf } from '../inspections/factsStore.ts';
import { agreedScores } from './agreedScores.ts';
import { roundFacts } from './roundStats.ts';
import { ratersOf, recordsOf, roundById, roundForms } from './roundStore.ts';

/** Sends what closed rounds say of raters as facts; what a crash left behind goes out with the next call. */
export async function sendRounds(deps: Deps, ingest: Ingest): Promise<void> {
  const { postgres } = deps.stores;
  await holding(postgres, 'inspectionFacts', 'wait', async () => {
    const { rows } = await postgres.query<{ id: number }>(
      'SELECT id::int AS id FROM calibration_rounds WHERE facts_sent < facts_revision ORDER BY id',
    );
    for (const { id } of rows) {
      const round = await roundById(postgres, id);
      const [raters, records, forms] = await Promise.all([
        ratersOf(postgres, id),
        recordsOf(postgres, id),
        roundForms(postgres, id),
      ]);
      const by = new Map(raters.map((rater) => [rater.id, rater.agentId ?? rater.id]));
      const rated = forms.flatMap(({ place, member, score }) =>
        score === null ? [] : [{ place, member, score, by: by.get(member) ?? member }],
      );
      const placed = records.map(({ happenedAt, ...record }) => ({
        ...record,
        month: monthOf(happenedAt.toISOString(), deps.timeZone),
      }));
      const rows = roundFacts(placed, rated, agreedScores(rated, round.expert), round);
      await submitRows(deps, ingest, 'assessments', rows);
      await postgres.query('UPDATE calibration_rounds SET facts_sent = $2 WHERE id = $1', [id, round.factsRevision]);
    }
  });
}
