import { compactFacts, derive } from '../src/facts/derive.ts';
import { kindNames } from '../src/ingest/kinds.ts';
import type { Stores } from '../src/platform/stores.ts';
import { benchCompany, elapsed, percentile } from './benchCompany.ts';
import { duckFacts } from './duckFacts.ts';
import { byHandSettings, factsByHand, factsFingerprint } from './factsByHand.ts';

const timeZone = 'Asia/Shanghai';
const everything = kindNames.map((kind) => ({ id: 1, kind }));
const tables = ['session_facts', 'session_outcomes', 'ticket_facts'] as const;

/** Deriving all facts of 20 million messages, three ways in turn, and deriving again what few messages touched. */
export async function run() {
  const stores = await benchCompany();
  try {
    const { clickhouse } = stores;
    const empty = async () => {
      for (const table of tables) await clickhouse.all.command(`TRUNCATE TABLE ${table} SYNC`);
    };
    const rounds = { derivedMs: [] as number[], byHandMs: [] as number[] };
    let version = 0;
    const prints: string[] = [];
    for (let round = 0; round < 3; round++) {
      await empty();
      rounds.byHandMs.push(
        await elapsed(async () => {
          for (const sql of factsByHand) await clickhouse.all.command(sql, { settings: byHandSettings });
        }),
      );
      prints.push(await fingerprint(stores));
      await empty();
      rounds.derivedMs.push(
        await elapsed(() => derive(clickhouse, { version: ++version, imports: everything, timeZone })),
      );
      prints.push(await fingerprint(stores));
    }
    if (new Set(prints).size !== 1) throw new Error(`the rows differ: ${[...new Set(prints)].join(' | ')}`);
    const duck = await duckFacts(clickhouse, stores.dataDir);
    // As the pipeline does after a derivation that wrote everything anew.
    await compactFacts(clickhouse);
    const again = { recent: [] as number[], scattered: [] as number[] };
    for (let round = 0; round < 5; round++) {
      for (const [name, where] of [
        ['recent', `session_id >= 'S000990000' AND session_id < 'S001000000'`],
        ['scattered', `cityHash64(session_id, ${round}) % 100 = 0`],
      ] as const) {
        const id = ++version + 100;
        await clickhouse.all.command(
          `INSERT INTO messages (session_id, at, sender, message_id, content_hash, key, kind, text, import_id)
           SELECT session_id, started_at + 400, 'customer', 'late ${id}', cityHash64(session_id, ${id}), cityHash64(session_id, ${id}), 'text', '还在吗', ${id}
           FROM sessions WHERE ${where}`,
        );
        again[name].push(
          await elapsed(() => derive(clickhouse, { version, imports: [{ id, kind: 'messages' }], timeZone })),
        );
      }
    }
    const derivedMs = percentile(rounds.derivedMs, 0.5);
    const byHandMs = percentile(rounds.byHandMs, 0.5);
    return {
      name: 'deriving facts of 20 million messages',
      figures: [
        {
          what: 'all facts, against INSERT SELECT by hand',
          value: derivedMs / byHandMs,
          unit: '×',
          reach: '≤ 1.3',
          ms: derivedMs,
        },
        { what: 'all facts', value: derivedMs / 1000, unit: 's', reach: '≤ 6' },
        {
          what: 'session facts by DuckDB, against all of ours',
          value: duck.ms / derivedMs,
          unit: '×',
          reach: '> 1',
          ms: duck.ms,
        },
        {
          what: '10,000 recent sessions of a million again',
          value: percentile(again.recent, 0.5),
          unit: 'ms',
          reach: '≤ 300',
        },
        {
          what: '10,000 scattered sessions of a million again',
          value: percentile(again.scattered, 0.5),
          unit: 'ms',
          reach: '',
        },
      ],
      rounds,
      again,
    };
  } finally {
    await stores.close();
  }
}

async function fingerprint({ clickhouse }: Stores): Promise<string> {
  return JSON.stringify(await clickhouse.all.query(factsFingerprint));
}
