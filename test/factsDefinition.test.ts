import { afterAll, beforeAll, expect, it } from 'vitest';
import { aSession, at, RawRows, says, timeZone } from '../src/facts/testing.ts';
import { onCurrentFacts } from '../src/onCurrentFacts.ts';
import { deriveCommitted } from '../src/pipeline.ts';
import { startTestStores, type TestStores } from '../src/platform/testing.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await startTestStores();
  const raw = new RawRows(stores);
  await raw.put('sessions', [aSession('s1', '10:00:00', { ended_at: at('10:05:00') })]);
  await raw.put('messages', [says('s1', '10:00:00', 'customer'), says('s1', '10:00:20', 'agent')]);
  await raw.derive();
  await stores.postgres.query(`SELECT setval('derivation_versions', 100)`);
});
afterAll(() => stores.close());

const handled = () =>
  stores.clickhouse.all.query(
    'SELECT slice_handle_ms, slice_span_ms FROM session_facts FINAL WHERE session_id = {id:String}',
    {
      params: { id: 's1' },
    },
  );
/** As an installation of the definition before left them: the new columns empty, no definition noted. */
async function asBefore(): Promise<void> {
  const { all } = stores.clickhouse;
  await all.command(
    `ALTER TABLE session_facts UPDATE slice_handle_ms = [], slice_span_ms = [] WHERE 1 SETTINGS mutations_sync = 2`,
  );
  await all.command('TRUNCATE TABLE facts_definitions');
}
const derivations = async () => (await stores.postgres.query('SELECT version FROM derivations')).rows.length;

it('facts of an earlier definition are derived anew without any import, and then left alone', async () => {
  const fresh = await handled();
  expect(fresh).toEqual([{ slice_handle_ms: ['20000'], slice_span_ms: ['300000'] }]);
  await deriveCommitted({ stores, timeZone });
  expect(await derivations()).toBe(0);

  await asBefore();
  await deriveCommitted({ stores, timeZone });
  expect(await handled()).toEqual(fresh);
  expect(await derivations()).toBe(1);
  await deriveCommitted({ stores, timeZone });
  expect(await derivations()).toBe(1);
});

it('a command on facts of an earlier definition derives them anew first, and says so on the way', async () => {
  const fresh = await handled();
  await asBefore();
  const told: string[] = [];
  const read: unknown[] = [];
  const reading = onCurrentFacts({
    ...{ name: 'read', summary: { zh: '', en: '' }, usage: '', positionals: 0, options: {} },
    async run(context) {
      await context.stores();
      read.push(await handled());
      return 0;
    },
  });
  const run = () =>
    reading.run({
      ...{ args: [], values: {}, json: false, dataDir: '', env: { LANG: 'zh_CN.UTF-8' }, timeZone, now: Date.now },
      ...{
        stores: async () => stores,
        out: () => undefined,
        outLines: async () => {},
        progress: (text) => told.push(text),
      },
    });
  await run();
  await run();
  expect(read).toEqual([fresh, fresh]);
  expect(told).toEqual([expect.stringContaining('重新推导'), '事实已重新推导。']);
});
