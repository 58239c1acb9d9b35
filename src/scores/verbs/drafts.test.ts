import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { RawRows } from '../../facts/testing.ts';
import { type Actor, ownerOfTheMachine } from '../../people/actor.ts';
import { startTestStores, type TestStores } from '../../platform/testing.ts';
import { triedDraftSchema } from '../draftSchemas.ts';
import { measured } from '../measured.ts';
import { readVersions } from '../planStore.ts';
import { publishTemplates } from '../publishTemplates.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { putExampleDesk } from '../testDesk.ts';
import { createDraft } from './createDraft.ts';
import { deleteDraft } from './deleteDraft.ts';
import { listDrafts } from './listDrafts.ts';
import { publishDraft } from './publishDraft.ts';
import { saveDraft } from './saveDraft.ts';
import { showDraft } from './showDraft.ts';
import { tryDraft } from './tryDraft.ts';

let stores: TestStores;
let deps: ScoreDeps;
let raw: RawRows;
const id = 'appliance-aftersales';
const template = readFileSync(new URL(`../../../plans/${id}.yaml`, import.meta.url), 'utf8');
const given = template.replace('    max: 0.8\n', '    max: 0.8\n    value: 0.5\n');
const hr = ownerOfTheMachine;
const supervisor: Actor = {
  ...{ userId: 's', name: '主管', role: 'supervisor', scope: { kind: 'teams', teams: ['一组'] }, agentId: null },
};

beforeAll(async () => {
  stores = await startTestStores();
  raw = await putExampleDesk(stores);
  deps = measured({ stores, now: () => Date.parse('2026-11-10T00:00:00Z'), timeZone: 'Asia/Shanghai' });
});
afterAll(() => stores.close());
beforeEach(async () => {
  await stores.postgres.query('TRUNCATE plan_versions, plan_drafts CASCADE');
  await publishTemplates(deps);
});

const inACircle = (id: string, other: string) =>
  `{ id: ${id}, name: { zh: x, en: x }, of: { coupling: ${other} }, cap: 1, by: [{ coupling: ${other} }], floor: 0, ceiling: 1 }`;
const aDraft = (text = given) => createDraft(deps, hr, { text });

describe('a draft', () => {
  test('of a version is its text with the comments, and several stand side by side', async () => {
    const one = await createDraft(deps, hr, { plan: id });
    const other = await createDraft(deps, hr, { plan: id });
    expect((await showDraft(deps, supervisor, one.id)).text).toBe(template);
    const { drafts } = await listDrafts(deps, supervisor);
    expect(drafts.map((draft) => draft.id).sort()).toEqual([one.id, other.id].sort());
    expect(drafts[0]).toMatchObject({ plan: id, baseVersion: 1, revision: 1, errors: 1, savedBy: 'command line' });
  });

  test('says what customers named in the surveys of the last twelve months, as corrected and not withdrawn', async () => {
    const answered = (period: string, item: string, value: number, more: object = {}) => ({
      ...{ agent_id: 'zhao', period, item: `matters:${item}`, value, by: '问卷', ...more },
    });
    await raw.put('assessments', [
      answered('2026-10', 'csat', 40),
      answered('2026-Q3', 'csat', 2),
      answered('2026-10', 'response', 7),
      answered('2026-09', 'response', 50, { attributes: { withdrawn: 'true' } }),
      answered('2025-10', 'norms', 900),
      { ...answered('2026-10', 'csat', 3), item: 'csat' },
    ]);
    await raw.put('assessments', [answered('2026-10', 'response', 9)]);
    const made = await createDraft(deps, hr, { plan: id });
    expect((await showDraft(deps, hr, made.id)).mentions).toEqual({
      months: 12,
      items: [
        { item: 'csat', answers: 42 },
        { item: 'response', answers: 9 },
      ],
    });
  });

  test('under a new id becomes a sixth plan without a programmer', async () => {
    const made = await createDraft(deps, hr, { plan: id, as: { id: 'night-desk', name: '夜班方案' } });
    const { text, inForce, firstMonth } = await showDraft(deps, hr, made.id);
    expect([inForce, firstMonth]).toEqual([null, null]);
    expect(parse(text)).toEqual({ ...parse(template), id: 'night-desk', name: { zh: '夜班方案', en: '夜班方案' } });
    expect(text).toContain('# A plan of Heng.');
    const filled = text.replace('max: 0.8\n', 'max: 0.8\n    value: 0.5\n');
    const saved = await saveDraft(deps, hr, made.id, { text: filled, revision: 1 });
    const published = await publishDraft(deps, hr, made.id, { revision: saved.revision });
    expect(published).toMatchObject({ id: 'night-desk', version: 1, inForceFrom: null });
    await expect(createDraft(deps, hr, { plan: id, as: { id: 'night-desk', name: '夜班' } })).rejects.toMatchObject({
      code: 'plan.idTaken',
    });
  });

  test('is saved as typed, even where it is no YAML, and says what is wrong', async () => {
    const { id: draft } = await aDraft();
    await saveDraft(deps, hr, draft, { text: `${given}\n  oops: [`, revision: 1 });
    const page = await showDraft(deps, hr, draft);
    expect(page).toMatchObject({ plan: id, revision: 2, name: null });
    expect(page.text.endsWith('oops: [')).toBe(true);
    expect(page.issues[0]?.code).toBe('text.notYaml');
    await expect(publishDraft(deps, hr, draft, { revision: 2 })).rejects.toMatchObject({ code: 'plan.invalid' });
    expect(await readVersions(stores.postgres, id)).toHaveLength(1);
    expect((await showDraft(deps, hr, draft)).revision).toBe(2);
  });

  test('of two who save at once only one does, and the other is told by whom', async () => {
    const { id: draft } = await aDraft();
    const saves = ['# one', '# other'].map((line) =>
      saveDraft(deps, { ...hr, name: line }, draft, { text: `${line}\n${given}`, revision: 1 }),
    );
    const results = await Promise.allSettled(saves);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const winner = results[0]?.status === 'fulfilled' ? '# one' : '# other';
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'draft.changed', params: { by: winner, revision: 2 } },
    });
    expect((await showDraft(deps, hr, draft)).text.startsWith(winner)).toBe(true);
  });

  test('that was deleted can be taken back, and cannot be saved or published meanwhile', async () => {
    const { id: draft } = await aDraft();
    await deleteDraft(deps, hr, { id: draft, deleted: true });
    expect((await listDrafts(deps, hr)).drafts).toEqual([]);
    const gone = { code: 'draft.unknown' };
    await expect(saveDraft(deps, hr, draft, { text: given, revision: 1 })).rejects.toMatchObject(gone);
    await expect(publishDraft(deps, hr, draft, { revision: 1 })).rejects.toMatchObject(gone);
    await deleteDraft(deps, hr, { id: draft, deleted: false });
    expect((await showDraft(deps, hr, draft)).text).toBe(given);
  });

  test('is published once: the version keeps its comments and the draft is gone', async () => {
    const { id: draft } = await aDraft(`# 我们的理由\n${given}`);
    const both = await Promise.allSettled([1, 2].map(() => publishDraft(deps, hr, draft, { revision: 1 })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await readVersions(stores.postgres, id)).map(({ version }) => version)).toEqual([1, 2]);
    const again = await createDraft(deps, hr, { plan: id, version: 2 });
    expect((await showDraft(deps, hr, again.id)).text.startsWith('# 我们的理由')).toBe(true);
  });

  test('that somebody changed since its publisher looked is not published', async () => {
    const { id: draft } = await aDraft();
    await saveDraft(deps, hr, draft, { text: given.replace('target: 85', 'target: 80'), revision: 1 });
    await expect(publishDraft(deps, hr, draft, { revision: 1 })).rejects.toMatchObject({ code: 'draft.changed' });
  });

  test('that supervisors read and try, only those who publish may change', async () => {
    const { id: draft } = await aDraft();
    for (const attempt of [
      () => createDraft(deps, supervisor, { text: given }),
      () => saveDraft(deps, supervisor, draft, { text: given, revision: 1 }),
      () => publishDraft(deps, supervisor, draft, { revision: 1 }),
      () => deleteDraft(deps, supervisor, { id: draft, deleted: true }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'permission.missing' });
  });
});

describe('trying', () => {
  const period = '2026-10';

  test('scores a text that nobody saved on a real month, beside the version in force', async () => {
    const text = given.replace('target: 85', 'target: 82');
    const tried = await tryDraft(deps, supervisor, { text, on: { agent: 'zhao', period } });
    expect(tried.inForce).toMatchObject({ version: 1, total: '92.63', grade: { id: 'senior' } });
    // First contact resolution 82 now meets its target: 20 instead of 19.2941.
    expect(tried.draft).toMatchObject({ total: '93.33' });
    const points = tried.draft?.items.find((item) => item.id === 'first_contact_resolution');
    expect(points).toMatchObject({ value: '82', target: '82', points: '20' });
    expect(tried.changes?.map(({ path }) => path)).toContain(
      'blocks[quantitative].items[first_contact_resolution].target',
    );
    expect(tried.curves.first_contact_resolution?.find(([value]) => value === 82)).toEqual([82, 1]);
    expect(triedDraftSchema.parse(tried)).toEqual(tried);
  });

  test('shows what a shifted weight does before the sum is 100 again, and says that it is not', async () => {
    const text = given.replace('weight: 20', 'weight: 19');
    const tried = await tryDraft(deps, supervisor, { text, on: { agent: 'zhao', period } });
    expect(tried.issues.map(({ code }) => code)).toContain('weights.itemsSum');
    expect(tried.draft?.items[0]?.weight).toBe('19');
    expect(tried.draft?.items[0]?.metric).toBe(tried.inForce?.items[0]?.metric);
    expect(tried.draft?.items[0]?.metric).not.toBe('');
  });

  test.each([
    ['a vanished metric', given.replace('metric: csat_rate', 'metric: happiness'), 'metric.unknown'],
    [
      'couplings that wait for each other',
      given.replace('\nblocks:', `\ncouplings: [${inACircle('a', 'b')}, ${inACircle('b', 'a')}]\nblocks:`),
      'coupling.cycle',
    ],
    ['weights of 99.99', given.replace('weight: 20', 'weight: 19.99'), 'weights.itemsSum'],
    ['a remark of 40 KB', given.replace('结果公布后', '长'.repeat(40_000)), 'shape.tooLong'],
    ['a comment of 40 KB', `# ${'x'.repeat(40_000)}\n${given}`, 'text.commentTooLong'],
    [
      'a YAML bomb',
      `a: &a [x,x,x,x,x,x,x,x]\n${'bcdefg'
        .split('')
        .map((k, i) => `${k}: &${k} [${Array(8).fill(`*${'abcdefg'[i]}`)}]`)
        .join('\n')}`,
      'text.aliases',
    ],
    ['endless nesting', '['.repeat(100_000), 'text.tooDeep'],
  ])('%s is an issue with its place, not a crash', async (_, text, code) => {
    const tried = await tryDraft(deps, supervisor, { text, on: { agent: 'zhao', period } });
    expect(tried.issues.map((issue) => issue.code)).toContain(code);
    expect(tried.issues.length).toBeLessThanOrEqual(200);
  });

  test('needs a month that has begun and a person in sight', async () => {
    const attempt = (agent: string, month: string) =>
      tryDraft(deps, supervisor, { text: given, on: { agent, period: month } });
    await expect(attempt('zhao', '2026-12')).rejects.toMatchObject({ code: 'period.future' });
    await expect(attempt('zhao', 'soon')).rejects.toMatchObject({ code: 'period.unreadable' });
    await expect(attempt('sun', period)).rejects.toMatchObject({ code: 'scope.outside' });
    await expect(attempt('nobody', period)).rejects.toMatchObject({ code: 'scope.outside' });
    await expect(tryDraft(deps, hr, { text: given, on: { agent: 'nobody', period } })).rejects.toMatchObject({
      code: 'scorecard.agentUnknown',
    });
  });
});
