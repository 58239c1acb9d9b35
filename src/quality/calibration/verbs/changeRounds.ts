import type { z } from 'zod';
import type { Ingest } from '../../../ingest/ingest.ts';
import { begunPeriod } from '../../../metrics/period.ts';
import { seededDraws, shuffled } from '../../../metrics/seededDraws.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise, scopeFilter } from '../../../people/authorise.ts';
import { BadInput, Conflict, Invalid } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import type { SaveForm } from '../../inspections/schemas.ts';
import { rubricOf } from '../../rubrics/rubricStore.ts';
import { scoreForm, strangeMarks } from '../../rubrics/scoreForm.ts';
import { inspectorsOf } from '../../sampling/inspectorStore.ts';
import { populationOf } from '../../sampling/populationStore.ts';
import { everything } from '../../sampling/verbs/readSamples.ts';
import { apartOf } from '../agreedScores.ts';
import { sendRounds } from '../roundFactsStore.ts';
import { insertFollowing, insertRound, roundById, roundForms } from '../roundStore.ts';
import type { closedRoundSchema, closeRoundSchema, openRoundSchema } from '../schemas.ts';
import { laterVersions, openedRound } from './readRounds.ts';

/** Opens a round over conversations drawn by seed. Throws BadInput `calibration.raters` or `sample.empty`. */
export async function openRound(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof openRoundSchema>,
): Promise<{ id: number }> {
  authorise(actor, 'calibration.write', everything);
  const { stores, timeZone } = deps;
  const { name, seed, expert } = input;
  const rubric = await rubricOf(stores.postgres, input.rubric);
  if (rubric.rubric.scope !== 'conversation') throw new BadInput('sample.rubricScope');
  const raters = (await inspectorsOf(stores)).filter(({ id }) => input.raters.includes(id));
  if (raters.length !== new Set(input.raters).size || (expert !== null && !input.raters.includes(expert)))
    throw new BadInput('calibration.raters');
  const plan = { teams: [], shops: [], longMinutes: 30 };
  const period = begunPeriod(input.period, deps);
  const population = await populationOf(stores, { period, timeZone, plan, within: scopeFilter(actor) });
  if (population.length === 0) throw new BadInput('sample.empty', { population: 0 });
  const records = shuffled(population, seededDraws(seed)).slice(0, input.records);
  return transaction(stores.postgres, async (connection) => {
    const id = await insertRound(connection, {
      ...{ name, rubricId: rubric.rubric.id, rubricVersion: rubric.version, expert, raters, records },
      ...{ at: new Date(deps.now()), by: actor.name },
    });
    await audit(deps, actor, 'calibration.opened', String(id), connection);
    return { id };
  });
}

/** Keeps a rater's form as typed. Throws Conflict `calibration.closed` or `inspection.changed`, Invalid `inspection.invalid`. */
export async function saveRecord(
  deps: Deps,
  actor: Actor,
  id: number,
  input: SaveForm & { place: number },
): Promise<{ revision: number }> {
  authorise(actor, 'inspection.write');
  return transaction(deps.stores.postgres, async (connection) => {
    await roundById(connection, id, 'lock');
    const { round, forms, rates } = await openedRound(deps, actor, id, connection);
    const own = forms.find(({ place, member }) => place === input.place && member === actor.userId);
    if (!rates || round.closedAt !== null || own?.submittedAt) throw new Conflict('calibration.closed');
    if ((own?.revision ?? 0) !== input.revision) throw new Conflict('inspection.changed');
    const { rubric } = await rubricOf(connection, round.rubricId, round.rubricVersion);
    const strange = strangeMarks(rubric, input.marks);
    if (strange.length > 0) throw new Invalid('inspection.invalid', strange);
    const { rows } = await connection.query<{ revision: number }>(
      `INSERT INTO calibration_forms (round_id, place, member, marks, comment, revision, seconds, saved_at) VALUES ($1, $2, $3, $4, $5, 1, $6, $7)
       ON CONFLICT (round_id, place, member) DO UPDATE SET marks = $4, comment = $5, revision = calibration_forms.revision + 1,
         seconds = greatest(calibration_forms.seconds, $6), saved_at = $7
       RETURNING revision`,
      [
        ...[
          id,
          input.place,
          actor.userId,
          JSON.stringify(input.marks),
          input.comment,
          input.seconds,
          new Date(deps.now()),
        ],
      ],
    );
    await audit(deps, actor, 'calibration.saved', `${id} ${input.place}`, connection);
    return { revision: rows[0]?.revision ?? 0 };
  });
}

/** Hands a rater's form in, for good: nobody changes a score after seeing the others'. */
export async function submitRecord(
  deps: Deps,
  actor: Actor,
  id: number,
  input: { place: number; revision: number },
): Promise<void> {
  authorise(actor, 'inspection.write');
  await transaction(deps.stores.postgres, async (connection) => {
    await roundById(connection, id, 'lock');
    const { round, forms } = await openedRound(deps, actor, id, connection);
    const own = forms.find(({ place, member }) => place === input.place && member === actor.userId);
    if (!own || round.closedAt !== null || own.submittedAt) throw new Conflict('calibration.closed');
    if (own.revision !== input.revision) throw new Conflict('inspection.changed');
    const { rubric } = await rubricOf(connection, round.rubricId, round.rubricVersion);
    const scored = scoreForm(rubric, own.marks);
    if (scored.status !== 'scored') {
      const missing = scored.status === 'incomplete' ? scored.missing : [];
      throw new Invalid(
        'inspection.incomplete',
        missing.map((item) => ({ path: `marks.${item}`, code: 'mark.missing' })),
      );
    }
    await connection.query(
      'UPDATE calibration_forms SET submitted_at = $4, score = $5 WHERE round_id = $1 AND place = $2 AND member = $3',
      [...[id, input.place, actor.userId, new Date(deps.now()), scored.score]],
    );
    await audit(deps, actor, 'calibration.submitted', `${id} ${input.place}`, connection);
  });
}

/** A remark in the discussion of a conversation, once everybody's scores are in. */
export async function addNote(
  deps: Deps,
  actor: Actor,
  id: number,
  input: { place: number; text: string },
): Promise<void> {
  const { records, rates, shown } = await openedRound(deps, actor, id);
  if (!rates) authorise(actor, 'calibration.write', everything);
  if (!shown || !records.some(({ place }) => place === input.place)) throw new Conflict('calibration.closed');
  await transaction(deps.stores.postgres, async (connection) => {
    await connection.query(
      'INSERT INTO calibration_notes (round_id, place, at, member, name, text) VALUES ($1, $2, $3, $4, $5, $6)',
      [...[id, input.place, new Date(deps.now()), actor.userId, actor.name, input.text]],
    );
    await audit(deps, actor, 'calibration.noted', `${id} ${input.place}`, connection);
  });
}

/**
 * Ends the round with what was agreed; the raters' scores and the agreed ones become facts. Records on which the raters were too far apart
 * have no agreed score without an expert, and are rated anew in a round that opens with the closing, by the rubric as it was reworded. Throws
 * Conflict `calibration.closed`, BadInput `calibration.reworded` for a version that is not later than the round's.
 */
export async function closeRound(
  deps: Deps,
  ingest: Ingest,
  actor: Actor,
  id: number,
  { outcome, reworded }: z.output<typeof closeRoundSchema>,
): Promise<z.output<typeof closedRoundSchema>> {
  authorise(actor, 'calibration.write', everything);
  const followedBy = await transaction(deps.stores.postgres, async (connection) => {
    const round = await roundById(connection, id, 'lock');
    if (round.closedAt !== null) throw new Conflict('calibration.closed');
    if (reworded !== null && !(await laterVersions(connection, round)).includes(reworded))
      throw new BadInput('calibration.reworded', { version: reworded });
    const at = new Date(deps.now());
    await connection.query(
      'UPDATE calibration_rounds SET closed_at = $2, outcome = $3, reworded = $4, facts_revision = facts_revision + 1 WHERE id = $1',
      [id, at, outcome, reworded],
    );
    await audit(deps, actor, 'calibration.closed', String(id), connection);
    const rated = (await roundForms(connection, id)).flatMap(({ place, score }) =>
      score === null ? [] : [{ place, score }],
    );
    const places = apartOf(rated);
    if (places.length === 0) return null;
    const again = await insertFollowing(
      connection,
      { id, rubricVersion: reworded ?? round.rubricVersion },
      { name: round.name, at, by: actor.name, places },
    );
    await audit(deps, actor, 'calibration.opened', String(again), connection);
    return again;
  });
  await sendRounds(deps, ingest);
  return { followedBy };
}
