import { setTimeout as sleep } from 'node:timers/promises';
import { checkLedger } from '../../src/ledger/verbs/checkLedger.ts';
import { ownerOfTheMachine } from '../../src/people/actor.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { Stores } from '../../src/platform/stores.ts';
import type { Promised } from './work.ts';

/** Throws with everything that was promised and is not so: rows lost or twice, decisions lost or twice, a ledger that does not hold. */
export async function demandKept(stores: Stores, promised: Promised, signed = true): Promise<void> {
  const wrong = [
    ...(await messagesWrong(stores, promised.messages)),
    ...(await onceEach(stores, 'SELECT reason FROM meeting_moves', 'move ', promised.moves)),
    ...(await onceEach(stores, 'SELECT reason FROM definition_versions', 'definition ', promised.definitions)),
    ...(await ledgerWrong(stores)),
    ...(await publishedWrong(stores, promised.published)),
    ...(signed ? await unsigned(stores) : []),
  ];
  if (wrong.length > 0) throw new Error(wrong.join('; '));
}

async function messagesWrong({ clickhouse }: Stores, acknowledged: ReadonlySet<string>): Promise<string[]> {
  const rows = await clickhouse.all.query<{ id: string; n: string }>(
    'SELECT message_id AS id, count() AS n FROM messages GROUP BY id',
  );
  const there = new Set(rows.map(({ id }) => id));
  const lost = [...acknowledged].filter((id) => !there.has(id));
  const twice = rows.filter(({ n }) => n !== '1');
  return [
    ...(lost.length > 0 ? [`${lost.length} acknowledged messages are lost, such as ${lost[0]}`] : []),
    ...(twice.length > 0 ? [`${twice.length} messages are there more than once, such as ${twice[0]?.id}`] : []),
  ];
}

async function onceEach({ postgres }: Stores, sql: string, prefix: string, acknowledged: ReadonlySet<string>) {
  const { rows } = await postgres.query<{ reason: string }>(sql);
  const counts = new Map<string, number>();
  for (const { reason } of rows) if (reason.startsWith(prefix)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [
    ...[...acknowledged].filter((reason) => !counts.has(reason)).map((reason) => `${reason} is lost`),
    ...[...counts].flatMap(([reason, n]) => (n > 1 ? [`${reason} was made ${n} times`] : [])),
  ];
}

/** Each decision is in the ledger exactly once: it was said in the transaction that made it. */
async function ledgerWrong({ postgres }: Stores): Promise<string[]> {
  const { rows } = await postgres.query<{ said: number; made: number }>(
    `SELECT (SELECT count(*)::int FROM ledger_entries WHERE kind = 'definitionChanged') AS said,
       (SELECT count(*)::int FROM definition_versions) AS made`,
  );
  const [counted] = rows;
  return counted?.said === counted?.made ? [] : [`${counted?.made} definitions, ${counted?.said} in the ledger`];
}

/** A published period has every card in the ledger, and no other period has any. */
async function publishedWrong({ postgres }: Stores, acknowledged: ReadonlySet<string>): Promise<string[]> {
  const { rows } = await postgres.query<{ period: string; state: string; people: number; cards: number; said: number }>(
    `SELECT c.period, c.state, coalesce(k.people, 0) AS people,
       (SELECT count(DISTINCT agent_id)::int FROM scorecards s WHERE s.period = c.period) AS cards,
       (SELECT count(*)::int FROM ledger_entries e JOIN ledger_records r USING (entry_id) WHERE e.kind = 'scorecard' AND r.period = c.period) AS said
     FROM cycles c LEFT JOIN closings k ON k.period = c.period`,
  );
  const states = new Map(rows.map(({ period, state }) => [period, state]));
  return [
    ...[...acknowledged].flatMap((period) =>
      states.get(period) === 'published' ? [] : [`${period} was published, is ${states.get(period)}`],
    ),
    ...rows.flatMap(({ period, state, people, cards, said }) => {
      const wanted = state === 'published' ? people : 0;
      const frozen = state === 'closed' || state === 'published' ? people : 0;
      return cards === frozen && said === wanted && frozen > 0 === (state === 'closed' || state === 'published')
        ? []
        : [`${period} is ${state} with ${people} people, ${cards} cards and ${said} of them in the ledger`];
    }),
  ];
}

async function unsigned(stores: Stores): Promise<string[]> {
  const ledger = { key: null, publicUrl: null, anchors: [] };
  const { faults, signing } = await checkLedger({ stores, now: Date.now, log: silentLog, ledger }, ownerOfTheMachine);
  return [
    ...faults.map(({ code }) => `the ledger: ${code}`),
    ...(signing === 'ready' ? [] : [`the ledger: ${signing}`]),
  ];
}

/** Waits until every session of messages has its facts, and says so where they never come or are twice. */
export async function demandFacts({ clickhouse }: Stores, patienceMs = 60_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const [facts] = await clickhouse.all.query<{ missing: string; wrong: string }>(
      `SELECT countIf(f.session_id = '') AS missing, countIf(f.session_id != '' AND f.n != m.n) AS wrong
       FROM (SELECT session_id, count() AS n FROM messages GROUP BY session_id) AS m
       LEFT JOIN (SELECT session_id, sum(message_count) AS n FROM session_facts FINAL GROUP BY session_id) AS f
       USING session_id`,
    );
    if (facts?.missing === '0' && facts.wrong === '0') return;
    if (Date.now() > deadline)
      throw new Error(`${facts?.missing} sessions without facts, ${facts?.wrong} with facts of other messages`);
    await sleep(250);
  }
}
