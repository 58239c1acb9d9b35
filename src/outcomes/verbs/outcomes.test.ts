import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertAppeal, type NewAppeal } from '../../appraisal/appeals/appealStore.ts';
import { RawRows } from '../../facts/testing.ts';
import { openIngest } from '../../ingest/ingest.ts';
import type { Actor, Role } from '../../people/actor.ts';
import type { Deps } from '../../platform/http.ts';
import type { Language } from '../../platform/language.ts';
import { silentLog } from '../../platform/log.ts';
import { startTestStores, type TestStores } from '../../platform/testing.ts';
import { insertFrozenCards } from '../../scores/frozenCardStore.ts';
import { publishTemplates } from '../../scores/publishTemplates.ts';
import { sendImprovements } from '../factsStore.ts';
import type { ProposalKind, ProposalState } from '../proposal.ts';
import { type OutcomesQuery, outcomeListSchema, outcomesQuerySchema } from '../schemas.ts';
import { aCard, item, publish, type Told } from '../testing.ts';
import { decidedOutcomes } from './decidedOutcomes.ts';
import { approveAll, decideProposals } from './decideProposals.ts';
import { addNote, endPlan, listDevelopments } from './developments.ts';
import { enterProposal } from './enterProposal.ts';
import { exportPayouts } from './exportPayouts.ts';
import { listApproved, listOutcomes, showEvents } from './listOutcomes.ts';
import { proposeOutcomes } from './proposeOutcomes.ts';
import { saveBudget } from './saveBudget.ts';
import { showPayouts } from './showPayouts.ts';

let stores: TestStores;
let deps: Deps;
const actor = (userId: string, role: Role, more: Partial<Actor> = {}): Actor => ({
  ...{ userId, name: userId, role, agentId: null, scope: { kind: 'all' } },
  ...more,
});
const hr = actor('hr', 'hr');
const zhao = actor('zhao', 'agent', { agentId: 'zhao', scope: { kind: 'self', agentId: 'zhao' } });
const lead = actor('lead', 'supervisor', { scope: { kind: 'teams', teams: ['一组'] } });
const at = new Date('2026-11-03T00:00:00Z');

const propose = (period: string, more: { agents?: string[]; reason?: string } = {}) =>
  proposeOutcomes(stores.postgres, { period, at, by: hr, ...more });
const listed = async (who: Actor, query: Partial<OutcomesQuery> & { period: string }) =>
  outcomeListSchema.parse(await listOutcomes(deps, who, { ...outcomesQuerySchema.parse({}), ...query }));
const only = async (kind: ProposalKind, agentId: string, state: ProposalState = 'proposed', period = '2026-10') => {
  const { proposals } = await listed(hr, { period, kind, state });
  const found = proposals.find(({ agent }) => agent.agentId === agentId);
  if (!found) throw new Error(`no ${kind} of ${agentId}`);
  return found;
};
const approve = (who: Actor, ids: number[], more = {}) =>
  decideProposals(deps, who, { ids, decision: 'approved', reason: '同意', ...more });

const anAppeal = (told: Pick<NewAppeal, 'period' | 'agentId' | 'subject'> & Partial<NewAppeal>): NewAppeal => ({
  ...{
    agentName: told.agentId,
    team: '二组',
    shop: '店',
    cardVersion: 1,
    issuedVersion: 1,
    planId: 'x',
    kind: 'item',
    rule: null,
  },
  ...{
    title: { zh: '满意度', en: 'Satisfaction' },
    items: [],
    whole: false,
    judgedBy: [],
    judgeName: null,
    reason: '…',
  },
  ...{ submittedAt: at, submittedBy: told.agentId, submittedName: told.agentId, dueOn: '2026-11-06' },
  ...told,
});

async function entriesOf(): Promise<{ agentId: string; amountFen: number | null }[]> {
  const { rows } = await stores.postgres.query<{ record: string }>(
    `SELECT record FROM ledger_entries JOIN ledger_records USING (entry_id) WHERE kind = 'outcomeApproved' ORDER BY entry_id`,
  );
  return rows.map(({ record }) => JSON.parse(record));
}

beforeAll(async () => {
  stores = await startTestStores();
  deps = { stores, now: () => at.getTime(), timeZone: 'Asia/Shanghai', log: silentLog };
  await publishTemplates(deps);
  const raw = new RawRows(stores);
  await raw.put('agents', [
    { agent_id: 'zhao', name: 'zhao', team: '一组', shop: '店', monthly_salary_fen: 600_000 },
    { agent_id: 'qian', name: 'qian', team: '一组', shop: '店' },
    { agent_id: 'sun', name: 'sun', team: '二组', shop: '店', monthly_salary_fen: 500_000 },
  ]);
  for (const period of ['2026-08', '2026-09', '2026-10']) {
    await publish(stores.postgres, period, [
      aCard('zhao', period, 'senior'),
      aCard('qian', period, 'needs_improvement', { coefficient: null, card: { items: [item('csat', '15', '9')] } }),
      aCard('sun', period, period === '2026-09' ? null : 'senior', { team: '二组' }),
    ]);
    await propose(period);
  }
});
afterAll(() => stores.close());

test('publishing proposes what the runs give, and publishing again adds nothing', async () => {
  const { proposals } = await listed(hr, { period: '2026-10' });
  expect(proposals.map(({ agent, kind }) => `${agent.agentId} ${kind}`).sort()).toEqual([
    ...['qian coefficient', 'qian training', 'sun coefficient', 'zhao coefficient', 'zhao raise'],
  ]);
  expect((await only('improvementPlan', 'qian', 'proposed', '2026-09')).basis).toHaveLength(2);
  expect(await propose('2026-08')).toBe(0);
  const { rows } = await stores.postgres.query(
    `SELECT count(*)::int AS n FROM proposal_events WHERE what <> 'proposed'`,
  );
  expect(rows).toEqual([{ n: 0 }]);
});

test('a missing salary or coefficient is said, refuses approval, and stops nobody else’s', async () => {
  expect((await only('coefficient', 'zhao')).amount).toEqual({
    ...{ status: 'known', baseFen: '600000', amountFen: '720000' },
  });
  const qian = await only('coefficient', 'qian');
  expect(qian.amount).toEqual({ status: 'lacking', lack: 'coefficient' });
  await expect(approve(hr, [qian.id])).rejects.toMatchObject({ code: 'outcome.noCoefficient' });
  const before = await entriesOf();
  const all = await approveAll(deps, hr, { period: '2026-10', kind: 'coefficient', reason: '核对无误' });
  expect(all).toEqual({ decided: 2, left: 1 });
  // The ledger says what was approved, in the same transaction.
  expect((await entriesOf()).slice(before.length).map(({ agentId, amountFen }) => [agentId, amountFen])).toEqual([
    ['sun', 600_000],
    ['zhao', 720_000],
  ]);
  expect((await only('coefficient', 'zhao', 'approved')).decided).toMatchObject({
    ...{ by: 'hr', reason: '核对无误', decision: { baseFen: '600000', amountFen: '720000' } },
  });
});

test('money is HR’s to approve, training also the supervisor’s of that team; nobody approves what they entered or what is their own', async () => {
  const raise = await only('raise', 'zhao');
  await expect(approve(lead, [raise.id], { percent: '6' })).rejects.toMatchObject({ code: 'permission.missing' });
  await expect(approve(hr, [raise.id])).rejects.toMatchObject({ code: 'outcome.incomplete' });
  const zhaoInHr = actor('zhao', 'hr', { agentId: 'zhao' });
  await expect(approve(zhaoInHr, [raise.id], { percent: '6' })).rejects.toMatchObject({ code: 'outcome.own' });
  const training = await only('training', 'qian');
  const west = actor('west', 'supervisor', { scope: { kind: 'teams', teams: ['二组'] } });
  await expect(approve(west, [training.id], { endsOn: '2026-12-31' })).rejects.toMatchObject({
    code: 'outcome.unknown',
  });
  await approve(lead, [training.id], { endsOn: '2026-12-31' });
  await expect(approve(hr, [training.id], { endsOn: '2026-12-31' })).rejects.toMatchObject({ code: 'outcome.decided' });
  const entry = { period: '2026-10', agentId: 'zhao', kind: 'honour' as const, reason: '带新人很用心' };
  const { id } = await enterProposal(deps, hr, entry);
  await expect(approve(hr, [id], { title: '带教之星' })).rejects.toMatchObject({ code: 'outcome.ownEntry' });
  await approve(actor('other', 'hr'), [id], { title: '带教之星' });
  const { id: raised } = await enterProposal(deps, hr, { ...entry, agentId: 'qian', kind: 'raise' });
  await approve(actor('other', 'hr'), [raised], { percent: '6' });
  // A file says why there is no amount. A raise is money: whoever may not see pay is not told the percentage either.
  const told = async (who: Actor, agentId: string, kind: string) =>
    (await decidedOutcomes(deps, who, '2026-10'))
      .filter((each) => each.agentId === agentId && each.what.zh.startsWith(kind))
      .map(({ detail, why }) => [detail?.en ?? null, why?.en]);
  expect(await told(hr, 'qian', '加薪')).toEqual([['raised by 6%', 'a percentage was decided, no amount']]);
  expect(await told(lead, 'qian', '加薪')).toEqual([[null, 'amounts are for HR']]);
  expect(await told(hr, 'zhao', '荣誉')).toEqual([['带教之星', 'no money is involved']]);
  await expect(enterProposal(deps, lead, { ...entry, agentId: 'sun' })).rejects.toMatchObject({
    code: 'outcome.noCard',
  });
});

test('a list is sorted before it is cut into pages; without an amount, or without a right to see it, none comes first', async () => {
  const order = async (who: Actor, query: Omit<Partial<OutcomesQuery>, 'period'>) =>
    (await listed(who, { state: 'all', ...query, period: '2026-10' })).proposals.map(
      ({ agent, kind, state }) => `${agent.agentId} ${kind} ${state}`,
    );
  const byAmount = ['zhao coefficient approved', 'sun coefficient approved', 'qian coefficient proposed'];
  const rest = ['qian raise approved', 'zhao raise proposed', 'zhao honour approved', 'qian training approved'];
  expect(await order(hr, { sort: 'amount', order: 'down' })).toEqual([...byAmount, ...rest]);
  expect((await order(hr, { sort: 'amount' })).slice(0, 3)).toEqual(
    ['sun', 'zhao', 'qian'].map((who) => byAmount.find((each) => each.startsWith(who)) ?? ''),
  );
  expect(await order(lead, { sort: 'amount', order: 'down' })).toEqual([
    ...['qian coefficient proposed', 'zhao coefficient approved', ...rest],
  ]);
  expect(await order(hr, { sort: 'person', order: 'down', kind: 'coefficient' })).toEqual(byAmount);
  expect((await order(hr, { sort: 'state', order: 'down' })).at(-1)).toBe('zhao raise proposed');
  expect(await order(hr, { sort: 'person', order: 'down', kind: 'coefficient', after: 2 })).toEqual(byAmount.slice(2));
});

test('all of one decision or none of it', async () => {
  const raise = await only('raise', 'zhao');
  const done = await only('coefficient', 'sun', 'approved');
  await expect(approve(hr, [raise.id, done.id], { percent: '6' })).rejects.toMatchObject({ code: 'outcome.decided' });
  expect((await only('raise', 'zhao')).state).toBe('proposed');
});

test('a revised card marks what it no longer supports, here and in later periods; nothing is removed, and nobody else is touched', async () => {
  const raise = await only('raise', 'zhao');
  const before = await only('coefficient', 'sun', 'approved');
  await insertFrozenCards(stores.postgres, [
    aCard('zhao', '2026-09', 'mid', { version: 2, cause: 'revision', coefficient: '1' }),
  ]);
  await propose('2026-09', { agents: ['zhao'], reason: '九月更正' });
  const fallen = await only('raise', 'zhao');
  expect(fallen).toMatchObject({ id: raise.id, supported: false, state: 'proposed' });
  await expect(approve(hr, [raise.id], { percent: '6' })).rejects.toMatchObject({ code: 'outcome.fell' });
  const { events } = await showEvents(deps, hr, raise.id);
  expect(events.map(({ what, reason }) => [what, reason])).toEqual([
    ['proposed', ''],
    ['fell', '九月更正'],
  ]);
  expect(await only('coefficient', 'sun', 'approved')).toEqual(before);
  // September's coefficient was not decided yet: it now says 1.
  expect((await only('coefficient', 'zhao', 'proposed', '2026-09')).suggestion).toMatchObject({ coefficient: '1' });
});

test('a payout that was approved stands when its card is revised, and the new amount is proposed beside it', async () => {
  const approved = await only('coefficient', 'zhao', 'approved');
  await insertFrozenCards(stores.postgres, [
    aCard('zhao', '2026-10', 'mid', { version: 2, cause: 'appeal', coefficient: '1.3' }),
  ]);
  await propose('2026-10', { agents: ['zhao'] });
  expect((await only('coefficient', 'zhao', 'approved')).decided).toEqual(approved.decided);
  const next = await only('coefficient', 'zhao');
  expect(next.suggestion).toMatchObject({ coefficient: '1.3' });
  const own = async () =>
    (await listApproved(deps, zhao, 'zhao')).approved.flatMap(({ kind, decided }) =>
      kind === 'coefficient' ? [decided?.decision.amountFen] : [],
    );
  // Until the new amount is approved the person still sees the one that is due, and after that the new one alone.
  expect(await own()).toEqual(['720000']);
  await approve(hr, [next.id]);
  expect(await own()).toEqual(['780000']);
});

test('an agent sees what was approved for them alone; a supervisor sees no amounts', async () => {
  const own = await listApproved(deps, zhao, 'zhao');
  expect(own.approved.map(({ kind, decided }) => [kind, decided?.decision])).toEqual([
    ['coefficient', { baseFen: '600000', amountFen: '780000' }],
    ['honour', { title: '带教之星' }],
  ]);
  expect((await listApproved(deps, zhao, 'qian')).approved).toEqual([]);
  expect(
    (await listed(zhao, { period: '2026-10', state: 'proposed' })).proposals.every(({ state }) => state === 'approved'),
  ).toBe(true);
  const seen = await listed(lead, { period: '2026-10', kind: 'coefficient', state: 'approved' });
  expect(seen.proposals.map(({ agent, decided }) => [agent.agentId, decided?.decision])).toEqual([
    ['zhao', {}],
    ['zhao', {}],
  ]);
});

test('payouts: a budget is previewed, set and lifted, is refused where the floors are more, and files tell each sum', async () => {
  await insertAppeal(
    stores.postgres,
    anAppeal({ period: '2026-10', agentId: 'sun', kind: 'incident', subject: 'i1', whole: true }),
  );
  const paid = async () => showPayouts(deps, hr, '2026-10');
  const before = await paid();
  expect(before.rows.map(({ agentId, approvedFen, payableFen }) => [agentId, approvedFen, payableFen])).toEqual([
    ['qian', null, null],
    ['zhao', '780000', '780000'],
    ['sun', '600000', '0'],
  ]);
  expect(before.totals).toMatchObject({ waiting: 1, lacking: 1, heldFen: '600000' });
  const budget = { capFen: '1000000', floorPercent: '50', ceilingFen: null };
  const set = (given: typeof budget | null, preview = false) =>
    saveBudget(deps, hr, { period: '2026-10', budget: given, reason: '预算', preview });
  expect(await set(budget, true)).toMatchObject({
    fitted: { status: 'scaled', factor: '0.7246' },
    shareFen: '1000000',
  });
  expect((await paid()).budget).toBe(null);
  await expect(set({ ...budget, capFen: '600000' })).rejects.toMatchObject({ code: 'outcome.budget' });
  await set(budget);
  const csv = async (language: Language) =>
    new TextDecoder().decode((await exportPayouts(deps, hr, { period: '2026-10', format: 'csv', language })).body);
  const sums = (file: string, word: string) => file.split('\r\n').filter((line) => line.includes(`,${word},`));
  expect(sums(await csv('zh'), '合计')).toEqual([
    'qian,qian,一组,店,合计,,,,,,,,尚未批准',
    'zhao,zhao,一组,店,合计,,,7800,,5652.17,0,5652.17,',
    'sun,sun,二组,店,合计,,,6000,,4347.83,4347.83,0,',
  ]);
  expect(await csv('zh')).toContain('系数未填');
  const english = await csv('en');
  expect(english.replaceAll(/一组|二组|店/g, '')).not.toMatch(/\p{Script=Han}/u);
  expect(english).toContain('to be decided,,0,,no coefficient given');
  // What is approved later can be more than the floors leave: then nobody has a share, in whatever file.
  await stores.postgres.query(`UPDATE bonus_pools SET cap_fen = 600000 WHERE period = '2026-10'`);
  const over = await paid();
  expect(
    over.rows.map(({ approvedFen, shareFen, heldFen, payableFen }) => [approvedFen, shareFen, heldFen, payableFen]),
  ).toEqual([
    [null, null, null, null],
    ['780000', null, null, null],
    ['600000', null, null, null],
  ]);
  expect([over.totals, over.budget?.fitted]).toMatchObject([
    { approvedFen: '1380000', shareFen: null, payableFen: null },
    { status: 'impossible', leastFen: '690000' },
  ]);
  expect(sums(await csv('zh'), '合计')[1]).toBe(
    'zhao,zhao,一组,店,合计,,,7800,,,,,按保底比例，预算不够：调整预算之前算不出应发',
  );
  expect(
    (await decidedOutcomes(deps, hr, '2026-10')).find(
      ({ what, agentId }) => what.zh === '应发合计' && agentId === 'zhao',
    ),
  ).toMatchObject({
    ...{ amountFen: '780000', shareFen: null, payableFen: null },
    why: { en: 'the floors are more than the budget: nothing can be paid before it is changed' },
  });
  await set(null);
  expect((await paid()).budget).toBe(null);
});

test('of year-end months an open appeal against December holds its item’s weight over the months and quarters of the means', async () => {
  const part = (period: string) => ({ kind: 'part' as const, period, total: '88.00', running: '88' });
  const card = (period: string, more: Told['card']) =>
    aCard('li', period, 'a', { planId: 'jd-service-desk', coefficient: '6.5', card: more ?? {} });
  await publish(stores.postgres, '2026-12', [card('2026-12', { items: [item('csat', '15', '9')] })]);
  await publish(stores.postgres, '2026-Q4', [card('2026-Q4', { steps: ['2026-10', '2026-11', '2026-12'].map(part) })]);
  await publish(stores.postgres, '2026', [card('2026', { steps: [part('2026-Q3'), part('2026-Q4')] })]);
  await new RawRows(stores).put('agents', [
    { agent_id: 'li', name: 'li', team: '二组', shop: '店', monthly_salary_fen: 600_000 },
  ]);
  await propose('2026');
  await approve(hr, [(await only('bonusMonths', 'li', 'proposed', '2026')).id]);
  const paid = async () => (await showPayouts(deps, hr, '2026')).rows;
  expect(await paid()).toMatchObject([{ agentId: 'li', approvedFen: '3900000', heldFen: '0' }]);
  await insertAppeal(stores.postgres, anAppeal({ period: '2026-12', agentId: 'li', subject: 'csat', items: ['csat'] }));
  // 39,000 yuan × 15% ÷ 3 months ÷ 2 quarters.
  expect(await paid()).toMatchObject([{ heldFen: '97500', payableFen: '3802500' }]);
  expect((await showPayouts(deps, hr, '2026-10')).rows.find(({ agentId }) => agentId === 'li')).toBeUndefined();
});

test('an approved training becomes a plan with its goals: talks, goals reached, an extension, and an end that a person decides', async () => {
  const [plan] = (await listDevelopments(deps, lead, { state: 'open' })).plans;
  expect(plan).toMatchObject({ kind: 'training', agent: { agentId: 'qian' }, endsOn: '2026-12-31', mayWrite: true });
  if (!plan) throw new Error('no plan was opened');
  const { id } = plan;
  expect(plan.goals.map(({ item, reached }) => [item, reached])).toEqual([['csat', false]]);
  const qian = actor('qian', 'agent', { agentId: 'qian', scope: { kind: 'self', agentId: 'qian' } });
  expect((await listDevelopments(deps, qian, { state: 'open' })).plans.map(({ mayWrite }) => mayWrite)).toEqual([
    false,
  ]);
  const note = { day: '2026-11-03', note: '听了三通录音' };
  const codes = await Promise.all(
    [
      addNote(deps, lead, id, { ...note, reached: ['nothing'] }),
      addNote(deps, lead, id, { ...note, day: '2026-11-04' }),
      addNote(deps, lead, id, { ...note, endsOn: '2026-12-31' }),
      addNote(deps, actor('west', 'supervisor', { scope: { kind: 'teams', teams: ['二组'] } }), id, note),
    ].map((each) =>
      each.then(
        () => 'done',
        (cause: { code: string }) => cause.code,
      ),
    ),
  );
  expect(codes).toEqual(['development.goalUnknown', 'development.day', 'development.endsOn', 'development.unknown']);
  await addNote(deps, lead, id, { ...note, reached: ['csat'], endsOn: '2027-01-31' });
  await endPlan(deps, lead, id, { result: 'reached', reason: '目标都达到了' });
  const [ended] = (await listDevelopments(deps, qian, { state: 'ended' })).plans;
  expect(ended).toMatchObject({
    ...{ endsOn: '2027-01-31', goals: [{ item: 'csat', reached: true }], ended: { result: 'reached', by: 'lead' } },
    notes: [{ by: 'lead', note: '听了三通录音', reached: ['csat'] }],
  });
  await expect(endPlan(deps, hr, id, { result: 'stopped', reason: 'x' })).rejects.toMatchObject({
    code: 'development.ended',
  });
});

test('an approval that the cards give no more is taken back on record: the ledger says that it holds no more', async () => {
  await insertFrozenCards(stores.postgres, [
    aCard('sun', '2026-10', null, { version: 2, cause: 'revision', team: '二组' }),
  ]);
  await propose('2026-10', { agents: ['sun'] });
  const fallen = await only('coefficient', 'sun', 'approved');
  expect(fallen.supported).toBe(false);
  await decideProposals(deps, hr, { ids: [fallen.id], decision: 'declined', reason: '记分卡已更正' });
  const { rows } = await stores.postgres.query<{ record: string }>(
    `SELECT record FROM ledger_entries JOIN ledger_records USING (entry_id) WHERE kind = 'outcomeWithdrawn'`,
  );
  expect(rows.map(({ record }) => JSON.parse(record))).toMatchObject([
    { outcome: 'coefficient', agentId: 'sun', period: '2026-10', detail: { proposal: fallen.id, rule: 'coefficient' } },
  ]);
});

test('an approved improvement plan is an incident once, also after a crash; a taken back one is overturned, and a closed month gets none', async () => {
  const ingest = await openIngest(deps, async () => {});
  const incidents = () =>
    stores.clickhouse.all.query<{ status: string; n: string }>(
      `SELECT toString(status) AS status, count() AS n FROM (
         SELECT status FROM incidents WHERE item = 'improvement_plan' AND agent_id = 'qian' ORDER BY import_id DESC, line DESC LIMIT 1 BY incident_id
       ) GROUP BY status`,
    );
  try {
    const plan = await only('improvementPlan', 'qian', 'proposed', '2026-09');
    await approve(hr, [plan.id], { endsOn: '2027-01-31' });
    await sendImprovements(deps, ingest);
    expect(await incidents()).toMatchObject([{ status: 'confirmed', n: '1' }]);
    // It went out, and the server died before it could remember that.
    await stores.postgres.query('UPDATE development_plans SET incident_sent = NULL');
    await sendImprovements(deps, ingest);
    expect(await incidents()).toMatchObject([{ status: 'confirmed', n: '1' }]);
    await stores.postgres.query(`UPDATE proposals SET state = 'declined' WHERE id = $1`, [plan.id]);
    await sendImprovements(deps, ingest);
    expect(await incidents()).toMatchObject([{ status: 'overturned', n: '1' }]);

    // Its ninetieth day lies in July, which is counted.
    await stores.postgres.query(
      `INSERT INTO closings VALUES ('2026-08', 'none', now(), 'x', 'x', '', '{}', '[]', '[]', 0)`,
    );
    await stores.postgres.query(
      `UPDATE development_plans SET incident_sent = NULL, opened_at = '2026-05-01' WHERE kind = 'improvementPlan'`,
    );
    await stores.postgres.query(`UPDATE proposals SET state = 'approved' WHERE id = $1`, [plan.id]);
    await sendImprovements(deps, ingest);
    expect(await incidents()).toMatchObject([{ status: 'overturned', n: '1' }]);
  } finally {
    await ingest.close();
  }
});
