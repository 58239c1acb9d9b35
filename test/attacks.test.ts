import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { expect, it } from 'vitest';
import { fileType, safeName } from '../src/appraisal/appeals/fileType.ts';
import { readMapping } from '../src/ingest/readMapping.ts';
import { canonicalJson } from '../src/ledger/canonicalJson.ts';
import { checkpointText, readCheckpoint } from '../src/ledger/checkpoint.ts';
import { makeKey, readKey, readNote, signNote, writeKey, writeNote } from '../src/ledger/note.ts';
import { jsonOf, readReceipt, writeReceipt } from '../src/ledger/receipt.ts';
import { readTlogProof } from '../src/ledger/tlogProof.ts';
import { leafHash } from '../src/ledger/tree.ts';
import { verifyReceipt } from '../src/ledger/verifyReceipt.ts';
import { readOwnMetric } from '../src/metrics/ownMetricIssues.ts';
import { seededDraws } from '../src/metrics/seededDraws.ts';
import { HengError } from '../src/platform/errors.ts';
import { packageRoot } from '../src/platform/root.ts';
import { readRubric } from '../src/quality/rubrics/readRubric.ts';
import { readRule, readWords } from '../src/quality/rules/readRule.ts';
import { readPlan } from '../src/scores/planText.ts';
import { isDataFile } from '../src/upkeep/dataFiles.ts';
import { manifestSchema } from '../src/upkeep/manifest.ts';
import { budget, mutated } from './fuzz.ts';
import { regexesOfSource, slowestMs } from './regexes.ts';

/** Looked at one by one: what they are given is short, or ours. */
const reviewed: Readonly<Record<string, string>> = {
  '\\.?0+$': 'decimals that we wrote, of forty digits at most',
  '\\B(?=(\\d{3})+$)': 'whole numbers that we wrote',
  "'(?:[^'\\\\]|\\\\.)*'|\\{[^}]*\\}": 'SQL out of the catalogue',
  '[a-z0-9][a-z0-9_+.@-]*$': 'at most longestName characters of a message',
};

it('no regular expression of the product takes longer than its text does', () => {
  const found = regexesOfSource();
  expect(found.length).toBeGreaterThan(200);
  const slow = found.flatMap((each) => {
    if (Object.hasOwn(reviewed, each.regex.source)) return [];
    const ms = slowestMs(each, 100);
    return ms > 100 ? [`${each.where} ${each.regex} ${Math.round(ms)} ms`] : [];
  });
  expect(slow).toEqual([]);
  const sources = new Set(found.map(({ regex }) => regex.source));
  expect(Object.keys(reviewed).filter((source) => !sources.has(source))).toEqual([]);
  // The measure itself tells the slow from the quick.
  expect(slowestMs({ where: '', regex: /^(a+)+$/ }, 100)).toBeGreaterThan(100);
  expect(slowestMs({ where: '', regex: /\s+$/ }, 100)).toBeGreaterThan(100);
}, 120_000);

it('keys called __proto__ or constructor are data or an issue, and change nothing of what every object has', () => {
  const polluting = [
    '__proto__: { polluted: 1 }\nconstructor: { prototype: { polluted: 1 } }',
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    'id: x\ncolumns: { __proto__: { polluted: 1 } }\nvalues: &a { <<: { __proto__: { polluted: 1 } } }',
  ];
  const shipped = readFileSync(join(packageRoot, 'plans/appliance-aftersales.yaml'), 'utf8');
  for (const text of [...polluting, ...polluting.map((each) => `${shipped}\n${each}`)]) {
    expect(readPlan(text).issues.length + readRubric(text).issues.length).toBeGreaterThan(0);
    expect(() => readMapping(text)).toThrow(HengError);
    expect([readRule(text, new Set()).issues.length > 0, readOwnMetric(text).issues.length > 0]).toEqual([true, true]);
  }
  expect([Object.hasOwn(Object.prototype, 'polluted'), ({} as { polluted?: unknown }).polluted]).toEqual([
    false,
    undefined,
  ]);
});

it('no name of a file leads out of its folder: in a backup’s manifest, nor that of an upload', () => {
  const outside = [
    '../secret',
    '/etc/passwd',
    'rejects/../secret',
    'rejects/..',
    'a/../../b',
    '..',
    'x\u0000y',
    'C:\\x',
    'rejects\\..\\x',
  ];
  expect(outside.filter(isDataFile)).toEqual([]);
  expect(['secret', 'ledger.key', 'rejects/import-1.csv'].filter((path) => !isDataFile(path))).toEqual([]);
  const part = { bytes: 1, sha256: 'x' };
  const manifest = (file: string) => ({
    ...{ format: 1, heng: '1', madeAt: 'x', schema: { postgres: [], clickhouse: [] }, postgres: [], sequences: [] },
    ...{ clickhouse: [], files: [{ path: 'secret', file, ...part }], ledgerSize: 0 },
  });
  expect(manifestSchema.safeParse(manifest('files/secret.gz')).success).toBe(true);
  expect(outside.filter((file) => manifestSchema.safeParse(manifest(file)).success)).toEqual([]);
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  for (const name of outside) {
    const safe = safeName(name, fileType(png) ?? 'image/png');
    expect([name, safe, /[/\\\p{Cc}]|^\.\./u.test(safe)]).toEqual([name, safe, false]);
  }
});

const file = (path: string) => readFileSync(join(packageRoot, path));

/** A receipt whose tree is one leaf, by a key that nobody has. */
function someReceipt(): { receipt: Buffer; note: Buffer } {
  const salt = new Uint8Array(32).fill(7);
  const record = canonicalJson({
    ...{
      format: 'heng-ledger/1',
      at: '2026-11-30T08:00:00.000Z',
      kind: 'auditSealed',
      seal: 1,
      rows: 3,
      digest: 'ab'.repeat(32),
    },
  });
  const leaf = leafHash(sha256, sha256(concatBytes(salt, utf8ToBytes(record))));
  const key = makeKey('heng.test/ledger', 1, new Uint8Array(32).fill(9));
  const text = checkpointText({ origin: 'heng.test/ledger', size: 1, root: leaf });
  const checkpoint = writeNote({ text, signatures: [signNote(text, key, () => new Uint8Array(64).fill(1))] });
  const receipt = writeReceipt({
    index: 0,
    proof: [],
    checkpoint,
    salt,
    record,
    contents: {},
    keys: [writeKey(key)],
    referred: [],
  });
  return { receipt: Buffer.from(receipt), note: Buffer.from(checkpoint) };
}

it('whatever a text is, its reader takes it or says what is wrong with it, and soon', () => {
  const draw = seededDraws('fuzz of every reader');
  const { receipt, note } = someReceipt();
  /** Every reader of a text that somebody hands in, with a text that it takes. */
  const readers: readonly [string, Buffer, (text: string) => unknown][] = [
    ['a plan', file('plans/appliance-aftersales.yaml'), readPlan],
    ['a rubric', file('rubrics/aftersales-16.yaml'), readRubric],
    ['a rule', file('rules/abuse.yaml'), (text) => readRule(text, new Set(['abuse']))],
    ['words', file('rules/words/abuse.yaml'), readWords],
    ['a mapping', file('docs/mappings/incident-log.yaml'), readMapping],
    ['a metric of one’s own', file('metrics/own_quick_wechat.yaml'), readOwnMetric],
    [
      'a manifest',
      Buffer.from('{"format":1,"files":[{"path":"secret","file":"x","bytes":1,"sha256":"x"}]}'),
      (text) => manifestSchema.safeParse(jsonOf(text)),
    ],
    [
      'a receipt',
      receipt,
      (text) => [readReceipt(text), readTlogProof(text), verifyReceipt(text, { key: null, witnesses: [] })],
    ],
    ['a note', note, (text) => [readNote(text), readCheckpoint(text), readKey(text)]],
  ];
  expect(verifyReceipt(receipt.toString(), { key: null, witnesses: [] }).record?.kind).toBe('auditSealed');
  const each = budget(270) / readers.length;
  for (const [what, valid, read] of readers)
    for (let n = 0; n < each; n += 1) {
      const bytes = n === 0 ? valid : mutated(valid, draw);
      const begun = performance.now();
      try {
        read(bytes.toString());
      } catch (cause) {
        // A mapping says so by a typed failure; nothing else throws.
        if (!(cause instanceof HengError)) expect([what, n, cause, bytes.toString().slice(0, 2000)]).toEqual([]);
      }
      if (performance.now() - begun > 5000) expect([what, n, 'slow', bytes.toString().slice(0, 2000)]).toEqual([]);
    }
}, 600_000);
