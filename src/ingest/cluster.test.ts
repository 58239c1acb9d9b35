import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cutSessions } from '../facts/cutSessions.ts';
import { deriveCommitted } from '../pipeline.ts';
import { silentLog } from '../platform/log.ts';
import { startTestCluster, startTestStores } from '../platform/testing.ts';
import { jsonBatch } from './httpBatch.ts';
import { openIngest } from './ingest.ts';
import { readMapping } from './readMapping.ts';
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

  test('a rating or an event whose id comes again counts where its last version puts it, and nowhere else', async () => {
    const afterCommit = () => deriveCommitted({ stores: bench.stores, timeZone: 'Asia/Shanghai' });
    const csv = (length: number, head: string, row: (n: number) => string) =>
      [head, ...Array.from({ length }, (_, n) => row(n))].join('\n');
    const at = '2026-10-01T09:00:00Z';
    // So many that those concerned are derived alone.
    const sessions = csv(200, 'session_id,customer_id,started_at,talk_seconds', (n) => `S${n},c${n},${at},60`);
    const ratings = (from: number) => csv(20, 'rating_id,session_id,score,at', (n) => `R${n},S${from + n},5,${at}`);
    const events = (from: number) =>
      csv(20, 'event_id,subject_kind,subject_id,type,at', (n) => `E${n},session,S${from + n},invited,${at}`);
    const take = async (name: string, content: string) => {
      const [file] = (await bench.importText(name, content, { afterCommit })).files;
      return [file?.accepted, file?.duplicates, file?.orderDependent];
    };
    const counted = async () => {
      const found = await bench.rows<{ from: string; rated: string; asked: string }>(
        `SELECT intDiv(toUInt8(substring(session_id, 2)), 100) * 100 AS from, countIf(rating_score = 5) AS rated, countIf(invited) AS asked
         FROM session_facts FINAL GROUP BY from ORDER BY from`,
      );
      return found.map(({ rated, asked }) => [Number(rated), Number(asked)]);
    };
    await take('sessions.csv', sessions);
    expect([await take('ratings.csv', ratings(0)), await take('events.csv', events(0))]).toEqual([
      [20, 0, 0],
      [20, 0, 0],
    ]);
    expect(await counted()).toEqual([
      [20, 20],
      [0, 0],
    ]);
    expect([await take('ratings.csv', ratings(100)), await take('events.csv', events(100))]).toEqual([
      [20, 0, 20],
      [20, 0, 20],
    ]);
    const moved = [
      [0, 0],
      [20, 20],
    ];
    expect(await counted()).toEqual(moved);
    expect(
      [await take('ratings.csv', ratings(0)), await take('events.csv', events(0))],
      'what was replaced is known',
    ).toEqual([
      [0, 20, 0],
      [0, 20, 0],
    ]);
    expect(await counted()).toEqual(moved);
  });

  test('a ticket is folded of all rows of its log, and what fewer rows had made of it is gone', async () => {
    const afterCommit = () => deriveCommitted({ stores: bench.stores, timeZone: 'Asia/Shanghai' });
    const mapping = readMapping(`
kind: tickets
columns: { customer_id: caller, agent_id: owner }
fold: { key: number, at: when, state: { from: state, values: { New: open, Done: closed } }, handler: owner }
`);
    const rows = (time: string, state: string, owner: string) =>
      [
        'number,when,state,caller,owner',
        ...Array.from({ length: 20 }, (_, n) => `T${n},2026-10-01T${time}Z,${state},c${n},${owner}`),
      ].join('\n');
    for (const file of [rows('09:00:00', 'New', 'a1'), rows('11:00:00', 'Done', 'a3'), rows('10:00:00', 'Done', 'a2')])
      await bench.importText('log.csv', file, { mapping, afterCommit });
    expect(
      await bench.rows(
        'SELECT first_closed_at, agent_id, count() AS n FROM tickets GROUP BY first_closed_at, agent_id',
      ),
    ).toEqual([{ first_closed_at: '2026-10-01 10:00:00.000', agent_id: 'a3', n: '20' }]);
    expect(
      await bench.rows(
        'SELECT toHour(at) AS hour, type, agent_id, to_agent_id AS next, count() AS n FROM events GROUP BY ALL ORDER BY ALL',
      ),
    ).toEqual([
      { hour: 9, type: 'assigned', agent_id: 'a1', next: '', n: '20' },
      { hour: 10, type: 'closed', agent_id: 'a2', next: '', n: '20' },
      { hour: 10, type: 'transferred', agent_id: 'a1', next: 'a2', n: '20' },
      { hour: 11, type: 'transferred', agent_id: 'a2', next: 'a3', n: '20' },
    ]);
    expect(
      await bench.rows('SELECT owner_agent_id AS owner, count() AS n FROM ticket_facts FINAL GROUP BY owner'),
    ).toEqual([{ owner: 'a2', n: '20' }]);
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
