import { expect, test } from 'vitest';
import type { Language } from '../../platform/language.ts';
import { blend } from '../../scores/blend.ts';
import { score } from '../../scores/score.ts';
import { exampleFour, figure, resolved, shippedPlan } from '../../scores/testing.ts';
import { changesSheet } from './changesSheet.ts';
import { definitionsSheet } from './definitionsSheet.ts';
import type { ExportCard } from './ground.ts';
import { peopleSheet } from './peopleSheet.ts';
import type { Sheet } from './sheet.ts';

/** The rows of one card's sheet, by the keys of the columns, as text. */
async function rowsOf(sheet: Sheet): Promise<Record<string, string | null>[]> {
  const found: Record<string, string | null>[] = [];
  for await (const cells of sheet.rows())
    found.push(
      Object.fromEntries(
        sheet.columns.map(({ key }, i) => {
          const cell = cells[i] ?? null;
          return [key, cell === null ? null : 'text' in cell ? cell.text : cell.number];
        }),
      ),
    );
  return found;
}

test('of a quarter the sheets say what its total was made from, and why it has no items of its own, in both languages', async () => {
  const plan = resolved(shippedPlan('appliance-aftersales'));
  const parts = [
    { period: '2026-10', total: '90.00' },
    { period: '2026-11', total: null },
    { period: '2026-12', total: '91.01' },
  ];
  const person = { agentId: 'zhao', name: '赵一', team: '一组', shop: '旗舰店', tier: null };
  const by = { version: 1, hash: 'x', inForceFrom: null, plan, present: new Set<string>() };
  const card = {
    card: blend(plan, parts),
    person,
    plan: { id: plan.id, version: 1 },
    ...{ grade: 'senior', level: null, gradedBy: 'bands', version: 1, cause: 'closing' },
    coefficient: '1.2',
  };
  const row = { card, by, place: null, placed: 0, entry: null } as unknown as ExportCard;
  const ground = (language: Language) => ({
    ...{ language, timeZone: 'UTC', plans: [by], metrics: [] },
    cards: async function* () {
      yield row;
    },
  });
  const told = async (language: Language) =>
    (await rowsOf(changesSheet(ground(language)))).map(({ kind, what, result }) => [kind, what, result]);
  expect(await told('zh')).toEqual([
    ['组成', '2026-10', '90.00'],
    ['组成', '2026-12', '91.01'],
    ['平均', null, '90.505'],
  ]);
  expect((await told('en')).map(([kind]) => kind)).toEqual(['part of the mean', 'part of the mean', 'mean']);
  const why = async (language: Language) => (await rowsOf(peopleSheet(ground(language))))[0]?.why;
  expect(await why('zh')).toBe('总分是 2026-10 90.00、2026-12 91.01 的平均，没有自己的逐项数值');
  expect(await why('en')).toBe('the total is the mean of 2026-10 90.00, 2026-12 91.01; it has no items of its own');
});

test('a coefficient times the team’s has a row of its own with its formula, and the definitions tell the rule', async () => {
  const shipped = shippedPlan('jd-service-desk');
  const { teamCoefficient: rule } = shipped;
  if (!rule) throw new Error('no rule');
  const plan = resolved({ ...shipped, teamCoefficient: { ...rule, enabled: true } });
  const team = { team: '一组', figure: figure('2652', '30', '1') };
  const person = { agentId: 'zhao', name: '赵一', team: '一组', shop: '旗舰店', tier: null };
  const by = { version: 1, hash: 'x', inForceFrom: null, plan, present: new Set<string>() };
  const row = { card: { card: blend(plan, [{ period: '2026-10', total: '90.00' }], { team }), person }, by };
  const ground = {
    ...{ language: 'zh' as const, timeZone: 'UTC', plans: [by], metrics: [] },
    cards: async function* () {
      yield row as unknown as ExportCard;
    },
  };
  const last = (await rowsOf(changesSheet(ground))).at(-1);
  expect(last).toMatchObject({ kind: '团队系数', attainment: '1.04', factor: '1.04', result: '6.76' });
  expect(last?.words).toBe('团队系数：一组的“360 互评” 88.4000 ÷ 85 = 1.0400；系数 6.5 × 1.0400 = 6.7600');
  const defined = (await rowsOf(definitionsSheet(ground))).find(({ id }) => id === 'jd-service-desk.teamCoefficient');
  expect(defined).toMatchObject({ kind: '规则', nameEn: 'Team coefficient', definitionZh: '360 互评' });
  expect(defined?.formulaZh).toContain('“360 互评”÷ 85，最低 0.9，最高 1.1');
  const off = { ...ground, plans: [{ ...by, plan: resolved(shipped) }] };
  expect((await rowsOf(definitionsSheet(off))).filter(({ kind }) => kind === '规则')).toEqual([]);
});

test('a red line has the organisation’s day: 2 o’clock of 1 October in Shanghai is October’s first, though it is September’s last elsewhere', async () => {
  const plan = resolved(shippedPlan('jd-service-desk'));
  const vetoes = [{ incident: 'abuse', incidentId: 'i1', at: '2026-09-30T18:00:00.000Z' }];
  const card = score(plan, { ...exampleFour, vetoes });
  const person = { agentId: 'zhao', name: '赵一', team: '一组', shop: '旗舰店', tier: null };
  const row = { card: { card, person }, by: { plan } } as unknown as ExportCard;
  const days = async (timeZone: string) => {
    const ground = {
      language: 'en',
      timeZone,
      plans: [],
      metrics: [],
      cards: async function* () {
        yield row;
      },
    } as const;
    const { columns, rows } = changesSheet(ground);
    const at = (key: string) => columns.findIndex((column) => column.key === key);
    const found: unknown[] = [];
    for await (const cells of rows())
      if (cells[at('incidentId')]) found.push([cells[at('incidentId')], cells[at('day')]]);
    return found;
  };
  expect(await days('Asia/Shanghai')).toEqual([[{ text: 'i1' }, { text: '2026-10-01' }]]);
  expect(await days('UTC')).toEqual([[{ text: 'i1' }, { text: '2026-09-30' }]]);
});
