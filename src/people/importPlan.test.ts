import { expect, test } from 'vitest';
import { columnsOf, type Known, planImport } from './importPlan.ts';

const row = (line: number, cells: Record<string, string>) => ({
  line,
  cells: { name: '某人', role: 'hr', scope: 'all', ...cells },
});
const person = (email: string, more: Partial<Known> = {}): Known => ({
  ...{ id: email, email, name: '某人', role: 'hr', scope: { kind: 'all' }, agentId: null, active: true },
  ...more,
});
const agent = (email: string, agentId: string) =>
  person(email, { role: 'agent', scope: { kind: 'self', agentId }, agentId });
const keep = { deactivateMissing: false, erased: new Set<string>(['A9']) };
const deactivate = { ...keep, deactivateMissing: true };
const told = (plan: ReturnType<typeof planImport>) =>
  plan.steps.map((step) => [step.kind, step.line, step.kind === 'create' ? step.wanted.email : step.known.email]);

test('a row makes, changes, lets back in or deactivates one person, and the same again nothing', () => {
  const known = [person('b@x.test'), person('c@x.test', { active: false }), person('d@x.test'), person('e@x.test')];
  const rows = [
    row(2, { email: 'A@x.test', teams: 'T2; T1', scope: '', role: '主管' }),
    row(3, { email: 'b@x.test', role: 'trainer' }),
    row(4, { email: 'c@x.test', active: '是' }),
    row(5, { email: 'd@x.test', active: '否' }),
    row(6, { email: 'e@x.test', active: 'yes' }),
    row(7, { email: 'f@x.test', active: 'no' }),
  ];
  const plan = planImport(rows, known, keep);
  expect(told(plan)).toEqual([
    ['create', 2, 'a@x.test'],
    ['change', 3, 'b@x.test'],
    ['change', 4, 'c@x.test'],
    ['deactivate', 5, 'd@x.test'],
  ]);
  expect(plan.steps[0]).toMatchObject({
    wanted: { role: 'supervisor', scope: { kind: 'teams', teams: ['T2', 'T1'] }, agentId: null },
  });
  expect(plan.steps[2]).toMatchObject({ returns: true });
  expect([plan.unchanged, plan.faults]).toEqual([2, []]);
  const after = [
    person('a@x.test', { role: 'supervisor', scope: { kind: 'teams', teams: ['T1', 'T2'] } }),
    ...[person('b@x.test', { role: 'trainer' }), person('c@x.test'), person('d@x.test', { active: false })],
    person('e@x.test'),
  ];
  expect(planImport(rows, after, deactivate)).toMatchObject({ steps: [], unchanged: 6, faults: [] });
});

test.each(['', ' ', undefined])('who was deactivated here is not let in again by a cell that says %j', (cell) => {
  const rows = [
    row(2, { email: 'a@x.test', name: '别名', ...(cell === undefined ? {} : { active: cell }) }),
    row(3, { email: 'b@x.test', ...(cell === undefined ? {} : { active: cell }) }),
  ];
  const plan = planImport(rows, [person('a@x.test', { active: false })], keep);
  expect(told(plan)).toEqual([['create', 3, 'b@x.test']]);
  expect([plan.unchanged, plan.faults]).toEqual([1, []]);
});

test.each([
  [{ email: 'no address' }, 'email', 'emailUnreadable'],
  [{ email: 'x@x.test, y@x.test' }, 'email', 'emailUnreadable'],
  [{ email: 'x@x.test', name: '' }, 'name', 'nameUnreadable'],
  [{ email: 'x@x.test', role: 'boss' }, 'role', 'roleUnknown'],
  [{ email: 'x@x.test', active: 'perhaps' }, 'active', 'activeUnreadable'],
  [{ email: 'x@x.test', scope: '' }, 'scope', 'scopeMissing'],
  [{ email: 'x@x.test', scope: 'some' }, 'scope', 'scopeMissing'],
  [{ email: 'x@x.test', teams: 'T1' }, 'scope', 'scopeTwice'],
  [{ email: 'x@x.test', scope: '', teams: 'T1', shops: 'S1' }, 'scope', 'scopeTwice'],
  [{ email: 'x@x.test', role: 'agent' }, 'agent_id', 'agentMissing'],
  [{ email: 'x@x.test', role: 'administrator', teams: 'T1' }, 'scope', 'administratorScope'],
  [{ email: 'x@x.test', role: 'agent', agent_id: 'A1' }, 'agent_id', 'agentTaken'],
  [{ email: 'x@x.test', role: 'agent', agent_id: 'A9' }, 'agent_id', 'agentErased'],
  [{ email: 'x@erased.invalid' }, 'email', 'emailUnreadable'],
])('%o is left out: %s, %s', (cells, column, code) => {
  const plan = planImport([row(7, cells)], [agent('holder@x.test', 'A1')], keep);
  expect(plan.faults).toMatchObject([{ line: 7, column, code }]);
  expect(plan.steps).toEqual([]);
});

test('an e-mail or an agent that stands twice counts once, the first time', () => {
  const twice = planImport(
    [
      ...[row(2, { email: 'a@x.test' }), row(3, { email: 'A@x.test' })],
      row(4, { email: 'b@x.test', role: 'agent', agent_id: 'A1' }),
      row(5, { email: 'c@x.test', role: 'agent', agent_id: 'A1' }),
    ],
    [],
    keep,
  );
  expect(twice.faults.map(({ line, code }) => [line, code])).toEqual([
    [3, 'emailTwice'],
    [5, 'agentTwice'],
  ]);
});

test('two people may change agents, and one may take the agent of somebody who leaves', () => {
  const known = [agent('a@x.test', 'A1'), agent('b@x.test', 'A2'), agent('c@x.test', 'A3')];
  const rows = [
    row(2, { email: 'a@x.test', role: 'agent', agent_id: 'A2' }),
    row(3, { email: 'b@x.test', role: 'agent', agent_id: 'A1' }),
    row(4, { email: 'd@x.test', role: 'agent', agent_id: 'A3' }),
  ];
  expect(planImport(rows, known, keep).faults).toMatchObject([{ line: 4, code: 'agentTaken' }]);
  const plan = planImport(rows, known, deactivate);
  expect(told(plan)).toEqual([
    ['deactivate', null, 'c@x.test'],
    ['change', 2, 'a@x.test'],
    ['change', 3, 'b@x.test'],
    ['create', 4, 'd@x.test'],
  ]);
});

test('nobody is deactivated for being absent while a row cannot be read, or without being asked for', () => {
  const known = [person('a@x.test'), person('b@x.test')];
  const rows = [row(2, { email: 'a@x.test' }), row(3, { email: '?' })];
  expect(planImport(rows, known, deactivate)).toMatchObject({ steps: [], missingKept: true });
  expect(planImport(rows.slice(0, 1), known, keep)).toMatchObject({ steps: [], missingKept: false });
});

test('columns are found by English and Chinese names in any case and order; what is needed and absent is told', () => {
  expect([...columnsOf(['角色', 'Email', '备注', '姓名', '客服编号']).found]).toEqual([
    ['角色', 'role'],
    ['Email', 'email'],
    ['姓名', 'name'],
    ['客服编号', 'agent_id'],
  ]);
  expect(columnsOf(['邮箱', 'teams']).missing).toEqual(['name', 'role']);
});
