import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCheckpoint } from '../src/ledger/checkpoint.ts';
import { keepLedger } from '../src/ledger/keepLedger.ts';
import { nativeSha256 } from '../src/ledger/nativeSha256.ts';
import { readKey, readNote, signedBy } from '../src/ledger/note.ts';
import { leafHash, nodeHash, sameBytes } from '../src/ledger/tree.ts';
import { verifyReceipt } from '../src/ledger/verifyReceipt.ts';
import { changeDefinitions } from '../src/metrics/verbs/saveDefinitions.ts';
import { publishTemplates } from '../src/scores/publishTemplates.ts';
import { openTestApp, type TestApp } from './testApp.ts';

let heng: TestApp;
beforeAll(async () => {
  heng = await openTestApp({ publicUrl: 'http://heng.test' });
});
afterAll(() => heng?.close());

/** RFC 6962, 2.1, over hashes in a row. */
function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (leaves.length === 1 && only) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(nativeSha256, rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

it('what is published and decided is in the log that everybody can read and verify, and its receipt verifies without us', async () => {
  const { deps, stores } = heng;
  const hr = await heng.signedIn({ role: 'hr' });
  await publishTemplates(deps);
  await changeDefinitions(deps, hr.actor, {
    changes: [{ metric: 'reply_rate', options: {}, minN: 50 }],
    reason: '样本',
  });
  await keepLedger({ ...deps, ledger: { key: null, publicUrl: 'http://heng.test', anchors: [] } });
  await publishTemplates(deps);
  const visitor = heng.browser();
  const read = async (path: string) => {
    const answer = await visitor('GET', path);
    return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) };
  };
  const text = async (path: string) => new TextDecoder().decode((await read(path)).bytes);

  const [note, key] = [readNote(await text('/ledger/checkpoint')), readKey((await text('/ledger/key')).trim())];
  const checkpoint = note && readCheckpoint(note.text);
  if (!note || !key || !checkpoint) throw new Error('the log cannot be read');
  expect([checkpoint.origin, checkpoint.size, signedBy(note, key)]).toEqual(['heng.test/ledger', 7, 'valid']);

  const bundle = (await read(`/ledger/tile/entries/000.p/${checkpoint.size}`)).bytes;
  expect(bundle.length).toBe(7 * 34);
  const leaves = Array.from({ length: 7 }, (_, i) => leafHash(nativeSha256, bundle.slice(34 * i + 2, 34 * i + 34)));
  const tile = (await read('/ledger/tile/0/000.p/7')).bytes;
  expect(leaves.map((leaf, i) => sameBytes(leaf, tile.slice(32 * i, 32 * i + 32)))).toEqual(leaves.map(() => true));
  expect(sameBytes(rootOf(leaves), checkpoint.root)).toBe(true);
  // An earlier tree's tile is still served; what was never there is not.
  expect((await read('/ledger/tile/0/000.p/3')).bytes.length).toBe(96);
  for (const path of ['0/000', '0/000.p/8', '0/000.p/0', '1/000.p/1', '64/000.p/1', 'entries/001.p/1', '0/x'])
    expect([path, (await read(`/ledger/tile/${path}`)).status]).toEqual([path, 404]);

  const receipt = await (await hr('GET', '/api/ledger/receipts/6')).text();
  const { verdict, record } = verifyReceipt(receipt, { key, witnesses: [] });
  expect([verdict, record]).toMatchObject([
    'holds',
    { kind: 'definitionChanged', metric: 'reply_rate', changedBy: 'hr' },
  ]);
  const { rows } = await stores.postgres.query<{ n: string }>('SELECT count(*) AS n FROM ledger_entries');
  expect(rows[0]?.n).toBe('7');
});
