import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cutSessions } from '../facts/cutSessions.ts';
import { silentLog } from '../platform/log.ts';
import { startTestCluster, startTestStores } from '../platform/testing.ts';
import { jsonBatch } from './httpBatch.ts';
import { openIngest } from './ingest.ts';
import { type ImportBench, openImportBench, testNow } from './testImport.ts';

const header = 'session_id,customer_id,at,sender,sender_id,text,message_id';
const rowOf = (n: number, text = `text ${n}`) =>
  `S${n % 97},,2026-10-01T09:00:${String(n % 60).padStart(2, '0')}Z,customer,c${n},${text},${n % 5 === 0 ? '' : `M${n}`}`;
const file = (from: number, to: number, text?: string) =>
  [
    header,
    ...Array.from({ length: to - from }, (_, k) => rowOf(from + k, text)),
    ',c1,2026-10-01T09:00:00Z,customer,c1,uncut,U1',
  ].join('\n');

describe.each([
  ['one server', startTestStores, 1],
  ['two shards', startTestCluster, 2],
] as const)('on %s', (_name, start, shards) => {
  let bench: ImportBench;
  beforeAll(async () => {
    bench = await openImportBench(start);
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.empty());

  test('files spread, duplicates are dropped, and newer versions replace older ones on every shard', async () => {
    await bench.importText('agents.csv', 'agent_id,name\na1,王\n');
    const first = await bench.importText('messages.csv', file(0, 1000));
    expect(first.files).toMatchObject([{ read: 1001, accepted: 1001, rejected: 0 }]);
    const again = await bench.importText('messages.csv', file(500, 1500));
    expect(again.files).toMatchObject([{ read: 1001, accepted: 500, duplicates: 501 }]);
    const newer = await bench.importText('messages.csv', file(0, 10, 'new').replace('uncut', 'newer'));
    expect(newer.files).toMatchObject([{ read: 11, accepted: 11, duplicates: 0, orderDependent: 9 }]);
    // Eight of the ten have an id and replace; the two without one are new messages.
    expect(await bench.count('messages')).toBe(1502);
    expect(await bench.rows(`SELECT count() AS n FROM messages WHERE text = 'new'`)).toEqual([{ n: '10' }]);
    expect(await bench.rows('SELECT text FROM uncut_messages')).toEqual([{ text: 'newer' }]);
    for (const shard of bench.stores.clickhouse.shards) {
      const [own] = await shard.query<{ n: string; agents: string }>(
        'SELECT count() AS n, (SELECT count() FROM agents) AS agents FROM messages',
      );
      expect(Number(own?.n)).toBeGreaterThanOrEqual((1502 / shards) * 0.6);
      expect(own?.agents).toBe('1');
    }
  });

  test('a late message that joins two sessions leaves each message in one, on every shard', async () => {
    const { clickhouse } = bench.stores;
    const said = (time: string) =>
      [
        header,
        ...Array.from({ length: 40 }, (_, n) => `,c${n},2026-10-01T09:${time}Z,customer,c${n},at ${time},`),
      ].join('\n');
    const cut = async (time: string) => {
      await bench.importText('messages.csv', said(time));
      const brought = await clickhouse.all.query<{ id: number }>('SELECT max(import_id) AS id FROM uncut_messages');
      await cutSessions(clickhouse, [Number(brought[0]?.id)]);
      return bench.rows('SELECT uniqExact(session_id) AS sessions, count() AS messages FROM messages');
    };
    await cut('00:00');
    expect(await cut('12:00')).toEqual([{ sessions: '80', messages: '80' }]);
    expect(await cut('06:00')).toEqual([{ sessions: '40', messages: '120' }]);
  });

  test('batches over HTTP do the same', async () => {
    const ingest = await openIngest(
      { stores: bench.stores, now: () => testNow, timeZone: 'Asia/Shanghai', log: silentLog },
      async () => {},
    );
    const send = async (from: number, to: number, text?: string) => {
      const rows = Array.from({ length: to - from }, (_, k) => {
        const n = from + k;
        return {
          session_id: `S${n % 97}`,
          at: '2026-10-01T09:00:00Z',
          sender: 'customer',
          text: text ?? `t${n}`,
          message_id: `M${n}`,
        };
      });
      async function* bytes() {
        yield Buffer.from(JSON.stringify(rows));
      }
      return ingest.groups.submit('messages', await jsonBatch(bytes(), 'messages'));
    };
    await Promise.all([send(0, 300), send(200, 500), send(0, 300)]);
    expect(await bench.count('messages')).toBe(500);
    expect(await send(0, 20, 'new')).toMatchObject({ accepted: 20 });
    expect(await bench.rows(`SELECT count() AS n, countIf(text = 'new') AS newer FROM messages`)).toEqual([
      { n: '500', newer: '20' },
    ]);
    await ingest.close();
  });
});
