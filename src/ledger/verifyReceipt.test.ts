import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../metrics/catalogue.ts';
import { ownerOfTheMachine } from '../people/actor.ts';
import { sentenceOf } from '../platform/sentences.ts';
import { startTestStores, type TestStores } from '../platform/testing.ts';
import { blend } from '../scores/blend.ts';
import { cutOffsOf, forcedGrades } from '../scores/forcedGrades.ts';
import { keptMetrics } from '../scores/keptMetrics.ts';
import type { Plan } from '../scores/planSchema.ts';
import { score } from '../scores/score.ts';
import { exampleFour, figure, resolved, shippedIds, shippedPlan } from '../scores/testing.ts';
import type { LedgerEntry } from './appendEntries.ts';
import { keepLedger, type LedgerDeps } from './keepLedger.ts';
import { type LedgerContent, ledgerContent } from './ledgerContent.ts';
import { lastCheckpoint, readKeys } from './logStore.ts';
import { makeReceipt } from './makeReceipt.ts';
import { cosignedText, makeKey, readKey, type VerifierKey, writeKey, writeSignature } from './note.ts';
import { readReceipt, writeReceipt } from './receipt.ts';
import { receiptWords } from './receiptWords.ts';
import type { LedgerRecord, NewRecord } from './records.ts';
import { appealEntry, append, testLedger } from './testLedger.ts';
import { addWitness, cosign } from './verbs/cosign.ts';
import { eraseAgent } from './verbs/eraseAgent.ts';
import { type Trusted, verifyReceipt } from './verifyReceipt.ts';

const { distribution } = shippedPlan('jd-service-desk');
if (!distribution) throw new Error('the plan distributes no grades');
const plan: Plan = { ...shippedPlan('appliance-aftersales'), distribution };
const [planContent, metrics] = [ledgerContent(plan), ledgerContent(keptMetrics(plan, catalogue))];
const named = { id: plan.id, version: 3, hash: planContent.hash };
const card = score(resolved(plan), exampleFour);
/** 92.63, which is the card's own, is third of these twenty. */
const totals = ['99', '95.5', '92.63', ...Array.from({ length: 17 }, (_, i) => `${80 - i}.5`)];

type CardRecord = Extract<NewRecord, { kind: 'scorecard' }>;
const cardRecord = (rest: Partial<CardRecord> = {}): CardRecord => ({
  kind: 'scorecard',
  ...{ period: '2026-10', revision: 1, agentId: 'zhao', plan: named, metrics: metrics.hash },
  ...{ from: { by: 'score', input: exampleFour }, total: card.total, grade: card.grade, coefficient: card.coefficient },
  ...{ rank: null, supersedes: null },
  ...rest,
});
const withContents = (record: NewRecord, contents: readonly LedgerContent[] = [planContent, metrics]): LedgerEntry => ({
  record,
  contents,
});
const poolRecord = (rest: Partial<Extract<NewRecord, { kind: 'distribution' }>> = {}): NewRecord => ({
  kind: 'distribution',
  ...{ period: '2026-10', revision: 1, plan: named, pool: 'all', n: 20, totals, cutOffs: cutOffsOf(distribution, 20) },
  ...rest,
});

let stores: TestStores;
let ledger: LedgerDeps;
let key: VerifierKey;
beforeAll(async () => {
  stores = await startTestStores();
  ledger = testLedger(stores);
});
afterAll(() => stores?.close());

/** Appends these and answers the receipt of the last one. */
async function receiptOf(...entries: readonly LedgerEntry[]): Promise<string> {
  const hash = (await append(ledger, entries)).at(-1) ?? '';
  expect(await keepLedger(ledger)).toBe('ready');
  const read = readKey((await readKeys(stores.postgres))[0]?.key ?? '');
  if (!read) throw new Error('the key cannot be read');
  key = read;
  return makeReceipt(stores.postgres, { hash }, null);
}

const verify = (text: string, trusted: Partial<Trusted> = {}) =>
  verifyReceipt(text, { key, witnesses: [], ...trusted });
const codes = (text: string, trusted: Partial<Trusted> = {}) => verify(text, trusted).findings.map(({ code }) => code);
const changed = (text: string, change: (receipt: NonNullable<ReturnType<typeof readReceipt>>) => object): string => {
  const receipt = readReceipt(text);
  if (!receipt) throw new Error('no receipt');
  return writeReceipt({ ...receipt, ...change(receipt) });
};

describe('the receipt of a scorecard', () => {
  test('holds by itself: it is in the ledger, signed, and its score follows from plan and figures', async () => {
    const text = await receiptOf(withContents(cardRecord()));
    expect(codes(text)).toEqual(['receipt.included', 'receipt.signed', 'receipt.contents', 'receipt.computed']);
    expect(verify(text).verdict).toBe('holds');
    // Without a key of one's own there is something left to compare, and it says so.
    expect(verify(text, { key: null })).toMatchObject({ verdict: 'open', key: writeKey(key) });
  });

  test('fails with one letter of the record, one bit of salt, proof or signature, another key, or another plan changed', async () => {
    const text = await receiptOf(withContents(cardRecord()), appealEntry(1), withContents(cardRecord()));
    expect(verify(text).verdict).toBe('holds');
    const flip = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 7 ? byte ^ 4 : byte));
    const spoiled: Record<string, string> = {
      record: changed(text, ({ record }) => ({ record: record.replace('"total":"92.63"', '"total":"92.64"') })),
      salt: changed(text, ({ salt }) => ({ salt: flip(salt) })),
      index: changed(text, ({ index }) => ({ index: index - 1 })),
      root: text.replace(/\n(\d+)\n(.)/, (_, size: string, first: string) => `\n${size}\n${first === 'A' ? 'B' : 'A'}`),
      size: changed(text, ({ checkpoint }) => ({
        checkpoint: checkpoint.replace(/\n(\d+)\n/, (_, size) => `\n${Number(size) + 1}\n`),
      })),
      origin: changed(text, ({ checkpoint }) => ({
        checkpoint: checkpoint.replaceAll('heng.example', 'heng.exampla'),
      })),
      signature: changed(text, ({ checkpoint }) => ({
        checkpoint: checkpoint.replace(/(— \S+ .{20})(.)/, (_, before, one) => `${before}${one === 'A' ? 'B' : 'A'}`),
      })),
      plan: changed(text, ({ contents }) => ({
        contents: { ...contents, [named.hash]: (contents[named.hash] ?? '').replace('"weight":"20"', '"weight":"21"') },
      })),
      metrics: changed(text, ({ contents }) => ({ contents: { ...contents, [metrics.hash]: '[]' } })),
      ...Object.fromEntries(
        (readReceipt(text)?.proof ?? []).map((_, i) => [
          `proof ${i}`,
          changed(text, ({ proof }) => ({ proof: proof.map((hash, at) => (at === i ? flip(hash) : hash)) })),
        ]),
      ),
    };
    expect(Object.keys(spoiled).length).toBeGreaterThan(10);
    for (const [what, bad] of Object.entries(spoiled)) expect([what, verify(bad).verdict]).toEqual([what, 'fails']);
    const other = makeKey(
      key.name,
      1,
      key.publicKey.map((byte) => byte ^ 1),
    );
    expect(codes(text, { key: other })).toContain('receipt.otherKey');
    for (const bad of ['', 'x', text.slice(0, 200), text.replace('extra ', 'extra !')])
      expect(codes(bad)).toEqual(['receipt.unreadable']);
  });

  test('a total, grade or coefficient that does not follow from the figures is found out, whatever was signed', async () => {
    for (const wrong of [{ total: '92.64' }, { grade: 'B' }, { coefficient: '1.3' }, { total: null, grade: null }])
      expect(codes(await receiptOf(withContents(cardRecord(wrong))))).toContain('receipt.computedOtherwise');
    const nothing = [planContent, ledgerContent([])] as const;
    const uncounted = cardRecord({ metrics: nothing[1].hash });
    expect(codes(await receiptOf(withContents(uncounted, nothing)))).toContain('receipt.notComputable');
  });

  test('a quarter is the mean of its months; a card without data is unrated; both are computed again', async () => {
    const parts = [
      { period: '2026-10', total: '92.63' },
      { period: '2026-11', total: null },
      { period: '2026-12', total: '80' },
    ];
    const { total, grade, coefficient } = blend(resolved(plan), parts);
    const quarter = cardRecord({ period: '2026-Q4', from: { by: 'mean', parts }, total, grade, coefficient });
    expect(verify(await receiptOf(withContents(quarter))).verdict).toBe('holds');
    const input = { ...exampleFour, values: {} };
    const empty = cardRecord({ from: { by: 'score', input }, total: null, grade: null, coefficient: null });
    expect(codes(await receiptOf(withContents(empty)))).toContain('receipt.computedUnrated');
  });

  test('a grade by rank is ranked again among the totals of its pool, and a pool that is not the plan’s is refused', async () => {
    const ranks = forcedGrades(
      distribution,
      totals.map((total, i) => ({ id: `p${i}`, total, vetoed: false, team: '', shop: '' })),
    );
    const own = ranks.get('p2');
    if (!own) throw new Error('not ranked');
    const ranked = async (pool: NewRecord, rank: Partial<typeof own> = {}) => {
      const [entry] = await append(ledger, [withContents(pool)]);
      return receiptOf(withContents(cardRecord({ rank: { ...own, ...rank, distribution: entry ?? null } })));
    };
    const good = await ranked(poolRecord());
    expect([codes(good).at(-1), verify(good).verdict]).toEqual(['receipt.ranked', 'holds']);
    expect(codes(await ranked(poolRecord(), { grade: 'rocket' })).at(-1)).toBe('receipt.rankedOtherwise');
    const bad = [
      { totals: totals.with(0, '98').toReversed() },
      { n: 19 },
      { cutOffs: { ...cutOffsOf(distribution, 20), top: 5 } },
      { period: '2026-09' },
      { totals: totals.slice(0, 19), n: 19, cutOffs: cutOffsOf(distribution, 19) },
    ];
    for (const each of bad) expect(codes(await ranked(poolRecord(each))).at(-1)).toBe('receipt.rankAltered');
    expect(codes(changed(good, () => ({ referred: [] }))).at(-1)).toBe('receipt.rankUnknown');
    const forged = changed(good, ({ referred }) => ({
      referred: referred.map((each) =>
        changed(each, ({ proof }) => ({ proof: proof.map((hash) => hash.map((byte) => byte ^ 1)) })),
      ),
    }));
    expect(codes(forged).at(-1)).toBe('receipt.rankAltered');
  });

  test('a revised card keeps the place it was issued, or takes the one its new total would have had; nothing else holds', async () => {
    const [entry] = await append(ledger, [withContents(poolRecord())]);
    const placed = (grade: string, level: number, ranked: string | null) =>
      receiptOf(withContents(cardRecord({ rank: { grade, level, distribution: entry ?? null, ranked } })));
    const places = forcedGrades(
      distribution,
      totals.map((total) => ({ id: total, total, vetoed: false, team: '', shop: '' })),
    );
    const last = places.get('64.5');
    const third = places.get('92.63');
    if (!last || !third) throw new Error('not ranked');
    const stays = await placed(last.grade, last.level, '64.5');
    expect([codes(stays).at(-1), verify(stays).verdict]).toEqual(['receipt.rankStays', 'holds']);
    expect(codes(await placed(third.grade, third.level, '64.5')).at(-1)).toBe('receipt.ranked');
    for (const ranked of ['64.51', null])
      expect(codes(await placed(last.grade, last.level, ranked)).at(-1)).toBe('receipt.rankedOtherwise');
  });

  test('a red line is graded without a rank', async () => {
    const input = { ...exampleFour, vetoes: [{ incident: 'abuse', incidentId: 'i1', at: '2026-10-05T02:00:00Z' }] };
    const vetoing: Plan = { ...plan, vetoes: shippedPlan('jd-service-desk').vetoes };
    const { total, grade, coefficient } = score(resolved(vetoing), input);
    const content = ledgerContent(vetoing);
    const record = cardRecord({
      ...{ plan: { ...named, hash: content.hash }, from: { by: 'score', input }, total, grade, coefficient },
      rank: { grade: 'failed', level: 1, distribution: null },
    });
    expect(codes(await receiptOf(withContents(record, [content, metrics]))).at(-1)).toBe('receipt.notRanked');
  });

  test('a grade that a meeting decided is told beside what the arithmetic gives, and has to be one that the plan has and pays', async () => {
    const meeting: NonNullable<CardRecord['meeting']> = {
      ...{ grade: 'mid', level: null, coefficient: '1', decidedBy: '人事', reasonHash: named.hash },
    };
    const decided = async (rest: Partial<typeof meeting>) =>
      verify(await receiptOf(withContents(cardRecord({ meeting: { ...meeting, ...rest } }))));
    const good = await decided({});
    expect(good.verdict).toBe('holds');
    const finding = good.findings.at(-1);
    if (!finding) throw new Error('no finding');
    expect(sentenceOf(finding, receiptWords)).toMatchObject({
      zh: expect.stringContaining('按算术是高级；校准会决定为中级，由 人事 作出'),
      en: expect.stringContaining('The arithmetic gives Senior; the meeting decided Intermediate'),
    });
    for (const wrong of [{ grade: 'nowhere' }, { coefficient: '1.2' }, { coefficient: null }, { level: 1 }])
      expect((await decided(wrong)).findings.at(-1)?.code).toBe('receipt.meetingOtherwise');
    // By rank it is a level of that rank, paid by the card's own coefficient, and somebody who is ranked gets no band.
    const [{ id: second, levels }, own] = [distribution.second, card.coefficient];
    expect((await decided({ grade: second, level: Number(levels), coefficient: own })).verdict).toBe('holds');
    const byRank = { grade: second, level: 1, coefficient: own };
    const unpayable = [
      { coefficient: '9.9' },
      { coefficient: null },
      { level: Number(levels) + 1 },
      { grade: 'failed' },
    ];
    for (const wrong of unpayable)
      expect((await decided({ ...byRank, ...wrong })).findings.at(-1)?.code).toBe('receipt.meetingOtherwise');
    const rank = { grade: second, level: 1, distribution: null };
    expect(codes(await receiptOf(withContents(cardRecord({ meeting, rank })))).at(-1)).toBe('receipt.meetingOtherwise');
    // Nobody who is unrated is moved.
    const nothing = { from: { by: 'score', input: { ...exampleFour, values: {} } }, total: null, grade: null } as const;
    for (const to of [{ ...byRank, coefficient: null }, {}]) {
      const unrated = cardRecord({ ...nothing, coefficient: null, meeting: { ...meeting, ...to } });
      expect(codes(await receiptOf(withContents(unrated))).slice(-2)).toEqual([
        ...['receipt.computedUnrated', 'receipt.meetingOtherwise'],
      ]);
    }
    // What the arithmetic gives is checked all the same.
    const bent = await receiptOf(withContents(cardRecord({ meeting, grade: 'mid', coefficient: '1' })));
    expect(codes(bent)).toContain('receipt.computedOtherwise');
  });

  test('a quarter is multiplied again by what the team came to; without it, with another, or where the plan has none, nothing holds', async () => {
    // As it was published before plans said how far a red line reaches.
    const { vetoReach: _, ...shipped } = shippedPlan('jd-service-desk');
    const { teamCoefficient: rule } = shipped;
    if (!rule) throw new Error('no rule');
    const multiplied: Plan = { ...shipped, teamCoefficient: { ...rule, enabled: true } };
    const parts = [{ period: '2026-10', total: '90.00' }];
    // 6.5 × 88.4 ÷ 85.
    const team = { team: '一组', figure: figure('2652', '30', '1') };
    const record = (of: Plan, from: Extract<CardRecord['from'], { by: 'mean' }>, rest: Partial<CardRecord> = {}) => {
      const contents = [ledgerContent(of), ledgerContent(keptMetrics(of, catalogue))] as const;
      const named = { plan: { id: of.id, version: 1, hash: contents[0].hash }, metrics: contents[1].hash };
      const came = { period: '2026-Q4', total: '90.00', grade: 'a', coefficient: '6.76' };
      return receiptOf(withContents(cardRecord({ ...named, ...came, from, ...rest }), contents));
    };
    const told = { by: 'mean', parts, team } as const;
    expect(verify(await record(multiplied, told)).verdict).toBe('holds');
    const meeting = { grade: 'b_plus', level: null, coefficient: '5.2', decidedBy: '人事', reasonHash: named.hash };
    expect(verify(await record(multiplied, told, { meeting })).verdict).toBe('holds');
    const unpaid = await record(multiplied, told, { meeting: { ...meeting, coefficient: '5' } });
    expect(codes(unpaid).at(-1)).toBe('receipt.meetingOtherwise');
    const other = { ...told, team: { ...team, figure: figure('2550', '30', '1') } };
    expect(codes(await record(multiplied, other))).toContain('receipt.computedOtherwise');
    const plain = { coefficient: '6.5' };
    for (const [of, from] of [
      [multiplied, { by: 'mean', parts }],
      [shipped, told],
    ] as const)
      expect(codes(await record(of, from, plain))).toContain('receipt.notComputable');
    // Switched off, it is the card it always was.
    expect(verify(await record(shipped, { by: 'mean', parts }, plain)).verdict).toBe('holds');
    // A year is multiplied where the plan says so of years.
    const quarters: Plan = { ...multiplied, teamCoefficient: { ...rule, enabled: true, periods: ['quarter'] } };
    const year = { ...plain, period: '2026' };
    expect(verify(await record(quarters, { by: 'mean', parts }, year)).verdict).toBe('holds');
    expect(codes(await record(multiplied, { by: 'mean', parts }, year))).toContain('receipt.notComputable');
  });

  test('a quarter and a year that a red line reaches are graded again with it; untold, or told where the plan lets none reach, nothing holds', async () => {
    const { vetoReach: _, ...silent } = shippedPlan('jd-service-desk');
    const reaching = (upTo: 'month' | 'quarter' | 'year'): Plan => ({ ...silent, vetoReach: { upTo } });
    const parts = [{ period: '2026-10', total: '90.00' }];
    const vetoes = [{ incident: 'abuse', incidentId: 'i1', at: '2026-10-05T02:00:00Z', period: '2026-10' }];
    const clean = { total: '90.00', grade: 'a', coefficient: '6.5' };
    const lowest = { total: '90.00', grade: 'unqualified', coefficient: '0' };
    const told = async (
      of: Plan,
      period: string,
      given: Extract<CardRecord['from'], { by: 'mean' }>['vetoes'] | null,
      came: typeof clean,
    ) => {
      const contents = [ledgerContent(of), ledgerContent(keptMetrics(of, catalogue))] as const;
      const from = { by: 'mean', parts, ...(given ? { vetoes: given } : {}) } as const;
      const own = { plan: { id: of.id, version: 1, hash: contents[0].hash }, metrics: contents[1].hash };
      return codes(await receiptOf(withContents(cardRecord({ ...own, ...came, period, from }), contents))).at(-1);
    };
    for (const period of ['2026-Q4', '2026']) {
      expect(await told(reaching('year'), period, vetoes, lowest)).toBe('receipt.computed');
      expect(await told(reaching('year'), period, vetoes, clean)).toBe('receipt.computedOtherwise');
      expect(await told(reaching('year'), period, [], clean)).toBe('receipt.computed');
      expect(await told(reaching('year'), period, null, clean)).toBe('receipt.notComputable');
      for (const of of [silent, reaching('month')]) {
        expect(await told(of, period, null, clean)).toBe('receipt.computed');
        expect(await told(of, period, vetoes, lowest)).toBe('receipt.notComputable');
      }
    }
    expect(await told(reaching('quarter'), '2026-Q4', vetoes, lowest)).toBe('receipt.computed');
    expect(await told(reaching('quarter'), '2026', null, clean)).toBe('receipt.computed');
  });

  test('a card whose metrics were kept as whole definitions is scored again as well', async () => {
    const whole = ledgerContent(catalogue);
    const text = await receiptOf(withContents(cardRecord({ metrics: whole.hash }), [planContent, whole]));
    expect(verify(text).verdict).toBe('holds');
  });

  test.each(shippedIds)('every shipped plan is scored again from what is kept of it: %s', async (id) => {
    const shipped = shippedPlan(id);
    const contents = [ledgerContent(shipped), ledgerContent(keptMetrics(shipped, catalogue))] as const;
    const { total, grade, coefficient } = score(resolved(shipped), exampleFour);
    const record = cardRecord({
      ...{ plan: { id, version: 1, hash: contents[0].hash }, metrics: contents[1].hash, total, grade, coefficient },
    });
    expect(verify(await receiptOf(withContents(record, contents))).verdict).toBe('holds');
  });
});

test('a cosignature of a known witness goes along with receipts; of an unknown one, or of another tree, it is not taken', async () => {
  const pair = generateKeyPairSync('ed25519');
  const witness = makeKey(
    'witness.example/w1',
    4,
    new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)),
  );
  await receiptOf(appealEntry(7));
  const last = await lastCheckpoint(stores.postgres);
  const text = `${last?.note.split('\n\n')[0]}\n`;
  const at = 1_796_025_600;
  const cosigned = (of: string) => {
    const time = new Uint8Array(8);
    new DataView(time.buffer).setBigUint64(0, BigInt(at));
    const signature = Uint8Array.of(...time, ...sign(null, cosignedText(of, BigInt(at)), pair.privateKey));
    return `${of}\n${writeSignature({ name: witness.name, keyId: witness.keyId, signature })}\n`;
  };
  const deps = { ...ledger, timeZone: 'Asia/Shanghai' };
  await expect(cosign(deps, ownerOfTheMachine, { note: cosigned(text) })).rejects.toMatchObject({
    code: 'ledger.noCosignature',
  });
  await expect(addWitness(deps, ownerOfTheMachine, { key: writeKey(key) })).rejects.toMatchObject({
    code: 'ledger.witnessUnreadable',
  });
  await addWitness(deps, ownerOfTheMachine, { key: writeKey(witness) });
  const forked = text.replace(
    /\n(.)([^\n]*)\n$/,
    (_, first: string, rest: string) => `\n${first === 'A' ? 'B' : 'A'}${rest}\n`,
  );
  await expect(cosign(deps, ownerOfTheMachine, { note: cosigned(forked) })).rejects.toMatchObject({
    code: 'ledger.noCheckpoint',
  });
  expect(await cosign(deps, ownerOfTheMachine, { note: cosigned(text) })).toEqual([witness.name]);
  const receipt = await makeReceipt(stores.postgres, { leaf: 0 }, null);
  expect(verify(receipt, { witnesses: [witness] }).findings).toContainEqual({
    ...{ state: 'holds', code: 'receipt.cosigned' },
    params: { name: witness.name, at: new Date(at * 1000).toISOString() },
  });
});

test('once a person is erased nothing of theirs is left, receipts that others hold still verify, and so does the log', async () => {
  const mine = await receiptOf(
    withContents(cardRecord({ agentId: 'leaver' })),
    appealEntry(8, 'leaver'),
    appealEntry(9, 'stays'),
  );
  expect(await eraseAgent(ledger, ownerOfTheMachine, 'leaver')).toBe(2);
  const { rows } = await stores.postgres.query<{ left: boolean }>(
    `SELECT EXISTS (SELECT FROM ledger_records WHERE record LIKE '%leaver%' OR agent_id = 'leaver') AS left`,
  );
  expect(rows[0]?.left).toBe(false);
  const { index } = readReceipt(mine) ?? { index: 0 };
  await expect(makeReceipt(stores.postgres, { leaf: index - 1 }, null)).rejects.toMatchObject({
    code: 'ledger.erased',
  });
  expect(verify(await makeReceipt(stores.postgres, { leaf: index }, null)).verdict).toBe('holds');
  expect(await keepLedger(ledger)).toBe('ready');
});

test('records answer for whom they are about; one that claims another kind is not understood', async () => {
  const text = await receiptOf(appealEntry(10));
  const record: LedgerRecord | null = verify(text).record;
  expect(record).toMatchObject({ kind: 'appealDecided', agentId: 'k1', at: '2026-11-30T08:00:00.000Z' });
  expect(codes(changed(text, () => ({ record: '{"kind":"unheard"}' })))).toContain('receipt.recordUnreadable');
});
