import { expect, test } from 'vitest';
import { marked, runsUnder } from './clickhouse.ts';
import { asSoleWriter } from './soleWriter.ts';
import { startTestCluster, startTestStores } from './testing.ts';

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
      const orphan = marked({ ...clickhouse, shards: [last] }, 'writers').shards[0]?.command(slow);
      const reading = marked(clickhouse, 'derivers').all.command(slow);
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
