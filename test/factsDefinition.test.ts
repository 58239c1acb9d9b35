import { afterAll, beforeAll, expect, it } from 'vitest';
import { aSession, at, RawRows, says, timeZone } from '../src/facts/testing.ts';
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
const derivations = async () => (await stores.postgres.query('SELECT version FROM derivations')).rows.length;

it('facts of an earlier definition are derived anew without any import, and then left alone', async () => {
  const fresh = await handled();
  expect(fresh).toEqual([{ slice_handle_ms: ['20000'], slice_span_ms: ['300000'] }]);
  await deriveCommitted({ stores, timeZone });
  expect(await derivations()).toBe(0);

  // As an installation of the definition before left them: the new columns empty, no definition noted.
  const { all } = stores.clickhouse;
  await all.command(
    `ALTER TABLE session_facts UPDATE slice_handle_ms = [], slice_span_ms = [] WHERE 1 SETTINGS mutations_sync = 2`,
  );
  await all.command('TRUNCATE TABLE facts_definitions');
  await deriveCommitted({ stores, timeZone });
  expect(await handled()).toEqual(fresh);
  expect(await derivations()).toBe(1);
  await deriveCommitted({ stores, timeZone });
  expect(await derivations()).toBe(1);
});
