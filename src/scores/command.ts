import { ownerOfTheMachine } from '../people/actor.ts';
import type { Command } from '../platform/command.ts';
import { BadInput, NotFound } from '../platform/errors.ts';
import { explainItem, explainStep, explainTarget, itemsById, runningTotal } from './explain.ts';
import { fraction, toFixed } from './fraction.ts';
import { measured } from './measured.ts';
import { publishTemplates } from './publishTemplates.ts';
import type { ItemScore, Scorecard } from './scorecard.ts';
import { printable, textTable } from './textTable.ts';
import { type Cards, columnsOf, scorecards } from './verbs/scorecards.ts';

/** `heng score`: everybody's scorecard of a period, or one person's with the arithmetic. */
export const command: Command = {
  name: 'score',
  summary: { zh: '按方案计算一个周期的记分卡', en: 'Scorecards of a period by a plan' },
  usage: '--plan ID --period 2026-10 [--agent ID]',
  details: {
    zh: [
      '--plan ID     方案，如 appliance-aftersales（heng plan list 列出全部）',
      '--period      2026-10、2026-Q4、2026 或 2026-10-01..2026-10-07（含末日）',
      '--agent ID    只算这位客服，并列出每一步',
      '--version N   用方案的这个版本，而不是该周期生效的版本',
    ],
    en: [
      '--plan ID     a plan such as appliance-aftersales (heng plan list names them)',
      '--period      2026-10, 2026-Q4, 2026 or 2026-10-01..2026-10-07 (last day included)',
      '--agent ID    this agent only, with every step',
      '--version N   this version of the plan instead of the one in force in the period',
    ],
  },
  options: {
    plan: { type: 'string' },
    period: { type: 'string' },
    agent: { type: 'string' },
    version: { type: 'string' },
  },
  async run({ values, stores, out, timeZone, now }) {
    const { plan, period, agent, version } = values;
    if (typeof plan !== 'string') throw new BadInput('score.planMissing');
    if (typeof period !== 'string') throw new BadInput('period.missing');
    const deps = measured({ stores: await stores(), now, timeZone });
    await publishTemplates(deps);
    const agents = typeof agent === 'string' ? [agent] : undefined;
    const query = { plan, period, agents, version: readVersion(version) };
    const found = await scorecards(deps, ownerOfTheMachine, query, { previous: false });
    if (agents && found.people.length === 0)
      throw new NotFound('scorecard.agentUnknown', { agent: String(agent), period });
    out(contractDocument(found), agents ? readableCard(found) : readableTable(found));
    return 0;
  },
};

/** Reads `--version`; throws BadInput for anything but a positive whole number. */
export function readVersion(version: unknown): number | undefined {
  if (version === undefined) return undefined;
  if (typeof version !== 'string' || !/^[1-9]\d{0,6}$/.test(version))
    throw new BadInput('plan.versionUnreadable', { version: String(version).slice(0, 40) });
  return Number(version);
}

/** The document of the public contract: amounts as exact decimal strings, null where there is none. */
export function contractDocument({ plan, version, period, people, cards }: Cards) {
  const items = itemsById(plan);
  return {
    plan: plan.id,
    version,
    period: period.text,
    agents: people.flatMap(({ agentId, name, team }) => {
      const card = cards.get(agentId);
      if (!card) return [];
      return {
        agent_id: agentId,
        name,
        team,
        status: card.status,
        total: card.total,
        grade: plan.bands.find(({ id }) => id === card.grade)?.name.zh ?? null,
        coefficient: card.coefficient,
        items: card.items.map((score) => contractItem(score, items)),
        steps: card.steps.map((step) => ({ ...step, text: explainStep(step, plan), total: runningTotal(step) })),
      };
    }),
  };
}

function contractItem(score: ItemScore, items: ReturnType<typeof itemsById>) {
  const item = items.get(score.id);
  const {
    id,
    metric,
    status,
    value,
    target,
    weight,
    effectiveWeight,
    attainment,
    points,
    numerator,
    denominator,
    n,
    parts,
    valuePeriod,
  } = score;
  return {
    ...{
      id,
      metric,
      status,
      value,
      target,
      targetWhy: item ? { ...score.targetWhy, ...explainTarget(score, item) } : score.targetWhy,
    },
    ...{ weight, effectiveWeight, attainment, points, numerator, denominator, n, parts, valuePeriod },
    reason: item ? explainItem(score, item) : null,
  };
}

function readableTable(found: Cards): string {
  const { plan, people, cards, version, period } = found;
  if (people.length === 0) return '这个周期还没有客服。先用 heng import 导入人员和数据，或换一个周期。';
  const columns = columnsOf(found);
  const rows = people
    .flatMap((person) => {
      const card = cards.get(person.agentId);
      return card ? [{ person, card }] : [];
    })
    .sort((a, b) => Number(b.card.total ?? -1) - Number(a.card.total ?? -1))
    .map(({ person, card }) => [
      printable(person.agentId),
      printable(person.name),
      printable(person.team),
      card.total ?? '—',
      gradeText(found, card),
      card.coefficient ?? '—',
      ...columns.map(({ id }) => pointsOf(card, id)),
    ]);
  const header = ['工号', '姓名', '团队', '得分', '等级', '系数', ...columns.map(({ name }) => name.zh)];
  const right = [3, 5, ...columns.map((_, i) => i + 6)];
  return `${plan.name.zh}（版本 ${version}） ${period.text}\n\n${textTable(header, rows, right)}`;
}

const gradeText = ({ plan }: Cards, card: Scorecard): string =>
  card.total === null ? '不评级' : (plan.bands.find(({ id }) => id === card.grade)?.name.zh ?? '—');

function pointsOf(card: Scorecard, id: string): string {
  const points = card.items.find((item) => item.id === id)?.points;
  return points == null ? '—' : toFixed(fraction(points), 2);
}

function readableCard(found: Cards): string {
  const [person] = found.people;
  const card = person && found.cards.get(person.agentId);
  if (!person || !card) return '';
  const items = itemsById(found.plan);
  const reasons = card.items.flatMap((score) => {
    const item = items.get(score.id);
    return item ? [`  ${explainItem(score, item).zh}`] : [];
  });
  const steps = card.steps.map((step, i) => `  ${i + 1}. ${explainStep(step, found.plan).zh}`);
  const head = `${printable(person.name)}（${printable(person.agentId)}） ${found.period.text} ${found.plan.name.zh}（版本 ${found.version}）`;
  const result =
    card.total === null ? '不评级' : `${card.total} 分  ${gradeText(found, card)}  系数 ${card.coefficient ?? '待填'}`;
  return [head, result, '', '各项', ...reasons, '', '计算', ...steps].join('\n');
}
