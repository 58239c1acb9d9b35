import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ClickHouse, connectClickHouse } from './clickhouse.ts';
import { externalClickHouse } from './externalClickhouse.ts';
import { migrateClickHouse } from './migrateClickhouse.ts';
import { startTestCluster, startTestStores } from './testing.ts';

interface Opened {
  readonly clickhouse: ClickHouse;
  close(): Promise<void>;
}

/** The same cases, with the same results, on every way to run ClickHouse. */
const ways: Record<string, { open: () => Promise<Opened>; shards: number }> = {
  'the embedded server': { open: startTestStores, shards: 1 },
  'two shards': { open: startTestCluster, shards: 2 },
  ...(process.env.CLICKHOUSE_URL ? { 'the server of CLICKHOUSE_URL': { open: openGiven, shards: 1 } } : {}),
};

async function openGiven(): Promise<Opened> {
  const { CLICKHOUSE_CLUSTER: _, ...env } = process.env;
  const given = new URL(env.CLICKHOUSE_URL ?? '');
  given.pathname = `t_${randomBytes(6).toString('hex')}`;
  const { clickhouse, layout, servers } = await externalClickHouse({ ...env, CLICKHOUSE_URL: given.href });
  for (const server of servers) await migrateClickHouse(server, layout);
  const drop = `DROP DATABASE ${clickhouse.all.database} SYNC`;
  return { clickhouse, close: () => clickhouse.all.command(drop) };
}

const sessionCount = 60_000;

function* sessionLines(): Generator<string> {
  for (let n = 0; n < sessionCount; n += 1) {
    const started = new Date(Date.UTC(2026, 9, 1) + n * 1000).toISOString().replace('Z', '');
    yield `${JSON.stringify({
      session_id: `s${n}`,
      customer_id: `c${n % 5000}`,
      started_at: started,
      shop: n % 3 === 0 ? '上海' : 'Beijing',
      content_hash: String(2n ** 64n - 1n - BigInt(n)),
    })}\n`;
  }
}

const count = z.object({ count: z.string() });

describe.each(Object.entries(ways))('ClickHouse on %s', (_, way) => {
  let opened: Opened;
  let clickhouse: ClickHouse;
  beforeAll(async () => {
    opened = await way.open();
    clickhouse = opened.clickhouse;
    const body = Readable.from(sessionLines(), { objectMode: false });
    const { writtenRows } = await clickhouse.all.insert('INSERT INTO sessions FORMAT JSONEachRow', body);
    expect(writtenRows).toBe(sessionCount);
  });
  afterAll(() => opened?.close());
  const countOf = async (sql: string): Promise<string | undefined> =>
    (await clickhouse.all.query(sql, { rows: count }))[0]?.count;

  test('every acknowledged row is readable at once, and each shard holds its fair part', async () => {
    expect(await countOf('SELECT count() AS count FROM sessions')).toBe(String(sessionCount));
    expect(clickhouse.shards).toHaveLength(way.shards);
    for (const shard of clickhouse.shards) {
      const [own] = await shard.query('SELECT count() AS count FROM sessions', { rows: count });
      expect(Number(own?.count) / sessionCount).toBeGreaterThanOrEqual(way.shards === 1 ? 1 : 0.3);
    }
  });

  test('sums, counts and extremes of 64-bit integers are the same to the last digit', async () => {
    const rows = await clickhouse.all.query(
      `SELECT shop, count() AS sessions, uniqExact(customer_id) AS customers, max(content_hash) AS hash,
         sum(toInt64(toUnixTimestamp64Milli(started_at))) AS milliseconds
       FROM sessions GROUP BY shop ORDER BY shop`,
    );
    expect(rows).toEqual(
      [
        {
          shop: 'Beijing',
          sessions: '40000',
          customers: '5000',
          hash: '18446744073709551614',
          milliseconds: '71633640000000000',
        },
        {
          shop: '上海',
          sessions: '20000',
          customers: '5000',
          hash: '18446744073709551615',
          milliseconds: '35816799980000000',
        },
      ].map((row) => ({ ...row, milliseconds: expect.stringMatching(/^\d{17}$/) })),
    );
    const [first, second] = z.array(z.object({ milliseconds: z.string() })).parse(rows);
    // 2026-10-01 plus n seconds for each n: what is divisible by three, and the rest.
    const start = BigInt(Date.UTC(2026, 9, 1));
    const sum = (wanted: (n: number) => boolean): string => {
      let total = 0n;
      for (let n = 0; n < sessionCount; n += 1) if (wanted(n)) total += start + BigInt(n) * 1000n;
      return String(total);
    };
    expect(first?.milliseconds).toBe(sum((n) => n % 3 !== 0));
    expect(second?.milliseconds).toBe(sum((n) => n % 3 === 0));
  });

  test('a list of any length is a parameter, whatever stands in it, and several of them beside short ones', async () => {
    const odd = [`it's`, 'a\\b', 'tab\tline\nend\r', '--heng-x\r\n', '上海', ''];
    const ids = [...Array.from({ length: 50_000 }, (_, n) => `s${n}`), ...odd];
    const [row] = await clickhouse.all.query<{ n: string; back: string[]; numbers: string; found: string }>(
      `SELECT length({ids:Array(String)}) AS n, arraySlice({ids:Array(String)}, -6) AS back, arraySum({numbers:Array(UInt32)}) AS numbers,
         (SELECT count() FROM sessions WHERE session_id IN {ids:Array(String)} AND shop = {shop:String}) AS found`,
      { params: { ids, numbers: Array.from({ length: 20_000 }, (_, n) => n), shop: '上海' } },
    );
    expect(row).toEqual({ n: String(ids.length), back: odd, numbers: '199990000', found: '16667' });
  });

  test('a table kept everywhere is whole on each shard and read once through the whole', async () => {
    const days = ['2026-10-01', '2026-10-02'].map((date) => JSON.stringify({ date, type: 'holiday' })).join('\n');
    await clickhouse.all.insert('INSERT INTO calendar FORMAT JSONEachRow', days);
    expect(await countOf('SELECT count() AS count FROM calendar')).toBe('2');
    for (const shard of clickhouse.shards) {
      expect(await shard.query('SELECT count() AS count FROM calendar')).toEqual([{ count: '2' }]);
      // Facts are derived shard by shard, with the calendar at hand.
      expect(
        await shard.query(
          `SELECT countIf(holiday) < count() AND countIf(holiday) > 0 AS mixed FROM (
             SELECT toDate(started_at) IN (SELECT date FROM calendar WHERE type = 'holiday') AS holiday FROM sessions
             UNION ALL SELECT false)`,
        ),
      ).toEqual([{ mixed: 1 }]);
    }
    await clickhouse.all.command(
      "INSERT INTO calendar (date, type) SELECT toDate('2026-10-03'), 'workday' FROM system.one",
    );
    for (const shard of clickhouse.shards) {
      expect(await shard.query('SELECT count() AS count FROM calendar')).toEqual([{ count: '3' }]);
    }
  });

  test('GLOBAL IN and GLOBAL JOIN reach rows of other shards', async () => {
    expect(
      await countOf(`SELECT count() AS count FROM sessions
        WHERE customer_id GLOBAL IN (SELECT customer_id FROM sessions WHERE session_id = 's7')`),
    ).toBe('12');
    expect(
      await countOf(`SELECT count() AS count FROM sessions AS a
        GLOBAL JOIN (SELECT customer_id, session_id FROM sessions WHERE session_id IN ('s1', 's2')) AS b
        ON a.customer_id = b.customer_id`),
    ).toBe('24');
  });

  test('rows selected into a table that spreads by another key land where that key belongs', async () => {
    await clickhouse.all.command(
      `INSERT INTO messages (session_id, customer_id, at, sender, text, key)
       SELECT session_id, customer_id, started_at, 'customer', '你好', cityHash64(session_id) FROM sessions`,
    );
    await clickhouse.all.command('INSERT INTO uncut_messages SELECT * FROM messages');
    expect(await countOf('SELECT count() AS count FROM uncut_messages')).toBe(String(sessionCount));
    const seen = new Set<string>();
    for (const shard of clickhouse.shards) {
      const customers = await shard.query('SELECT DISTINCT customer_id FROM uncut_messages', {
        rows: z.object({ customer_id: z.string() }),
      });
      for (const { customer_id } of customers) {
        expect(seen.has(customer_id)).toBe(false);
        seen.add(customer_id);
      }
    }
    expect(seen.size).toBe(5000);
  });

  test('a value stays a value, whatever it contains', async () => {
    const value = `it's \\ "quoted" \n\t; DROP TABLE sessions -- {x:String} 衡`;
    expect(await clickhouse.all.query('SELECT {value:String} AS value', { params: { value } })).toEqual([{ value }]);
    const list = ["a'b", 'c\\d', '衡'];
    expect(await clickhouse.all.query('SELECT arrayJoin({list:Array(String)}) AS value', { params: { list } })).toEqual(
      list.map((one) => ({ value: one })),
    );
  });

  test('a row that is not as its schema says is refused', async () => {
    await expect(
      clickhouse.all.query("SELECT 'x' AS count", { rows: z.object({ count: z.number() }) }),
    ).rejects.toThrow();
  });

  // Small blocks, so that rows are on their way when the query fails. TRICKY: the row it fails on lives on the last shard,
  // for this build of the engine aborts now and then (1 in 150) when a query that another server sent is cancelled.
  const settings = { max_block_size: 100, output_format_parallel_formatting: 0 };
  const midway = async (): Promise<string> => {
    const [late] = await (clickhouse.shards.at(-1) ?? clickhouse.all).query(
      'SELECT max(toUInt32(substring(session_id, 2))) AS n FROM sessions',
      { rows: z.object({ n: z.number() }) },
    );
    return `SELECT session_id, throwIf(session_id = 's${late?.n}') AS thrown FROM sessions
      ORDER BY toUInt32(substring(session_id, 2))`;
  };

  test('a query that fails midway fails, and the next one gets its own rows', async () => {
    const sql = await midway();
    for (let round = 0; round < 5; round += 1) {
      await expect(clickhouse.all.query(sql, { settings })).rejects.toMatchObject({ code: '395' });
      expect(await clickhouse.all.query('SELECT 7 AS seven')).toEqual([{ seven: 7 }]);
    }
  });

  test('a stream brings every byte, and one whose query fails midway fails', async () => {
    const read = async (sql: string): Promise<number> => {
      let bytes = 0;
      for await (const chunk of await clickhouse.all.stream(sql, { settings })) bytes += chunk.length;
      return bytes;
    };
    expect(await read('SELECT leftPad(session_id, 9) AS id FROM sessions FORMAT TSV')).toBe(sessionCount * 10);
    await expect(read(`${await midway()} FORMAT TSV`)).rejects.toMatchObject({ code: '395' });
  });

  test("a body that breaks off is the caller's error, and is never acknowledged", async () => {
    async function* broken() {
      yield Buffer.from('{"agent_id":"a","at":"2026-10-01 00:00:00"}\n');
      await sleep(20);
      throw new Error('the file ended early');
    }
    await expect(
      clickhouse.all.insert('INSERT INTO incidents FORMAT JSONEachRow', Readable.from(broken(), { objectMode: false })),
    ).rejects.toThrow('the file ended early');
    expect(await clickhouse.all.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('an unreadable row refuses the whole insert with its code', async () => {
    const body = '{"agent_id":"a","at":"2026-10-01 00:00:00"}\n{"agent_id":"b","at":"never"}\n';
    await expect(clickhouse.all.insert('INSERT INTO incidents FORMAT JSONEachRow', body)).rejects.toHaveProperty(
      'code',
    );
    expect(
      await countOf("SELECT count() AS count FROM incidents WHERE agent_id IN ('a', 'b') AND at > '2026-01-01'"),
    ).toBe('0');
  });

  test('a query whose caller gave up ends', async () => {
    const started = Date.now();
    const endless = clickhouse.all.query('SELECT sum(sleepEachRow(1)) AS x FROM numbers(60)', {
      signal: AbortSignal.timeout(100),
      settings: { max_block_size: 1, function_sleep_max_microseconds_per_block: 100_000_000 },
    });
    await expect(endless).rejects.toThrow();
    expect(Date.now() - started).toBeLessThan(5_000);
  });
});

test('a server nobody reaches is Unavailable, with a time to wait', async () => {
  const endpoint = { url: 'http://127.0.0.1:9', username: 'x', password: '' };
  const nowhere = connectClickHouse(() => endpoint, 'heng');
  await expect(nowhere.query('SELECT 1')).rejects.toMatchObject({ code: 'clickhouse.unreachable', status: 503 });
});
