import { compactFacts, derive } from '../src/facts/derive.ts';
import { kindNames } from '../src/ingest/kinds.ts';
import { readEvidence } from '../src/metrics/verbs/readEvidence.ts';
import { readTranscript } from '../src/metrics/verbs/readTranscript.ts';
import type { Actor } from '../src/people/actor.ts';
import type { Deps } from '../src/platform/http.ts';
import { silentLog } from '../src/platform/log.ts';
import { measured } from '../src/scores/measured.ts';
import { publishTemplates } from '../src/scores/publishTemplates.ts';
import { showScorecard } from '../src/scores/verbs/showScorecard.ts';
import { benchCompany, elapsed, month, percentile } from './benchCompany.ts';

const timeZone = 'Asia/Shanghai';
const everybody: Actor = { userId: 'bench', name: 'bench', role: 'supervisor', scope: { kind: 'all' }, agentId: null };

/** What a supervisor waits for on the way from a card to a message, server side, at a million sessions: 100 people in turn. */
export async function run() {
  const stores = await benchCompany();
  try {
    await derive(stores.clickhouse, { version: 1, imports: kindNames.map((kind) => ({ id: 1, kind })), timeZone });
    await compactFacts(stores.clickhouse);
    const deps: Deps = { stores, now: () => month.nowMs, timeZone, log: silentLog };
    await publishTemplates(deps);
    const scoring = measured(deps);
    const card = (agentId: string) =>
      showScorecard(scoring, everybody, { agentId, plan: 'appliance-aftersales', period: month.text });
    const firstCardMs = await elapsed(() => card('A0000'));
    const times = { card: [] as number[], evidence: [] as number[], transcript: [] as number[] };
    for (let i = 0; i < 100; i++) {
      const agent = `A${String((i * 37) % 1000).padStart(4, '0')}`;
      times.card.push(await elapsed(() => card(agent)));
      let session = '';
      times.evidence.push(
        await elapsed(async () => {
          const asked = { metric: 'first_reply_30s_rate', period: month.text, filter: { agent: [agent] }, cursor: '' };
          session = (await readEvidence(deps, everybody, asked)).rows[0]?.id ?? '';
        }),
      );
      times.transcript.push(
        await elapsed(() => readTranscript(deps, everybody, { sessionId: session, reveal: false })),
      );
    }
    const figure = (what: string, values: number[]) => ({
      what,
      value: percentile(values, 0.99),
      unit: 'ms',
      reach: '≤ 100',
    });
    return {
      name: 'from a card to a message, a million sessions',
      figures: [
        figure('scorecard page, p99', times.card),
        figure('item → sessions, p99', times.evidence),
        figure('session → transcript, p99', times.transcript),
        { what: 'the first card after an import', value: firstCardMs, unit: 'ms', reach: '' },
      ],
    };
  } finally {
    await stores.close();
  }
}
