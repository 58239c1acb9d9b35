import { expect, test } from 'vitest';
import { type ClickHouse, marked, runsUnder } from './clickhouse.ts';
import { asSoleWriter } from './soleWriter.ts';
import { startTestCluster, startTestStores } from './testing.ts';

const held = () => Promise.resolve();

test.each([
  ['one server', startTestStores],
  ['two shards', startTestCluster],
] as const)(
  'on %s, what a writer who is gone had sent is waited for, what others read is not',
  async (_name, start) => {
    const stores = await start();
    const { clickhouse } = stores;
    try {
      const last = clickhouse.shards.at(-1) ?? clickhouse.all;
      const slow = 'SELECT sleepEachRow(0.5) FROM numbers(2) SETTINGS max_block_size = 1';
      const orphan = marked({ ...clickhouse, shards: [last] }, 'writers', held).shards[0]?.command(slow);
      const reading = marked(clickhouse, 'derivers', held).all.command(slow);
      while (!(await runsUnder(clickhouse, 'writers'))) await new Promise((soon) => setTimeout(soon, 5));
      const seen = await asSoleWriter(stores, 'writers', async (own) => {
        const sent = own.all.query('SELECT sleepEachRow(0.1) FROM numbers(1)');
        while (!(await runsUnder(clickhouse, 'writers'))) await new Promise((soon) => setTimeout(soon, 5));
        await sent;
        return { others: await runsUnder(clickhouse, 'writers') };
      });
      expect(seen).toEqual({ others: false });
      await Promise.all([orphan, reading]);
    } finally {
      await stores.close();
    }
  },
);

test('who lost the lock amid work changes nothing any more, and learns it; the next one has it alone', async () => {
  const stores = await startTestStores();
  const { clickhouse, postgres } = stores;
  try {
    await clickhouse.all.command('CREATE TABLE written (by String) ENGINE = MergeTree ORDER BY by');
    const write = (own: ClickHouse, by: string) => own.all.command(`INSERT INTO written VALUES ('${by}')`);
    let next: Promise<void> = Promise.resolve();
    const lost = asSoleWriter(stores, 'writers', async (own, connection) => {
      await write(own, 'before');
      const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const gone = new Promise((ended) => connection.once('end', ended));
      await postgres.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      next = asSoleWriter(stores, 'writers', (theirs) => write(theirs, 'next'));
      await Promise.all([next, gone]);
      await expect(write(own, 'after')).rejects.toMatchObject({ code: 'postgres.unreachable' });
      return write(own, 'after all');
    });
    await expect(lost).rejects.toMatchObject({ code: 'postgres.unreachable' });
    expect(await clickhouse.all.query('SELECT by FROM written ORDER BY by')).toEqual([
      { by: 'before' },
      { by: 'next' },
    ]);
  } finally {
    await stores.close();
  }
});
