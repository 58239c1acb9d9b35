import { ownerOfTheMachine } from '../people/actor.ts';
import type { Command } from '../platform/command.ts';
import { BadInput, NotFound } from '../platform/errors.ts';
import { type Language, languageOf } from '../platform/language.ts';
import { rankOf } from './cardView.ts';
import { explainItem, explainTarget } from './explain.ts';
import { explainStep, runningTotal } from './explainStep.ts';
import type { ForcedGrade } from './forcedGrades.ts';
import { fraction, toFixed } from './fraction.ts';
import { itemsById } from './itemsById.ts';
import { measured } from './measured.ts';
import type { Person } from './organisation.ts';
import { publishTemplates } from './publishTemplates.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import type { ItemScore, Scorecard } from './scorecard.ts';
import { printable, textTable } from './textTable.ts';
import { type CardStream, columnsOf, streamCards } from './verbs/scorecards.ts';

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
  positionals: 0,
  options: {
    plan: { type: 'string' },
    period: { type: 'string' },
    agent: { type: 'string' },
    version: { type: 'string' },
  },
  async run({ values, stores, out, outLines, json, env, timeZone, now }) {
    const { plan, period, agent, version } = values;
    if (typeof plan !== 'string') throw new BadInput('score.planMissing');
    if (typeof period !== 'string') throw new BadInput('period.missing');
    const deps = measured({ stores: await stores(), now, timeZone });
    await publishTemplates(deps);
    const agents = typeof agent === 'string' ? [agent] : undefined;
    const query = { plan, period, agents, version: readVersion(version) };
    const stream = await streamCards(deps, ownerOfTheMachine, query, { previous: false });
    if (agents && stream.people.length === 0)
      throw new NotFound('scorecard.agentUnknown', { agent: String(agent), period });
    if (json) {
      await outLines(contractLines(stream));
      return 0;
    }
    const language = languageOf(env);
    out(null, await (agents ? readableCard(stream, language) : readableTable(stream, language)));
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

/** The document of the public contract, a line for each agent: amounts as exact decimal strings, null where there is none. */
export async function* contractLines({ plan, version, period, ranks, batches }: CardStream): AsyncGenerator<string> {
  const head = JSON.stringify({ plan: plan.id, version, period: period.text });
  const items = itemsById(plan);
  let line = `${head.slice(0, -1)},"agents":[`;
  let comma = '';
  for await (const { people, cards } of batches()) {
    for (const person of people) {
      const card = cards.get(person.agentId);
      if (!card) continue;
      yield `${line}${comma}`;
      line = JSON.stringify(contractAgent(plan, person, card, items, ranks.get(person.agentId) ?? null));
      comma = ',';
    }
  }
  yield `${line}]}`;
}

function contractAgent(
  plan: ResolvedPlan,
  { agentId, name, team }: Person,
  card: Scorecard,
  items: ReturnType<typeof itemsById>,
  rank: ForcedGrade | null,
) {
  return {
    agent_id: agentId,
    name,
    team,
    status: card.status,
    total: card.total,
    grade: plan.bands.find(({ id }) => id === card.grade)?.name.zh ?? null,
    coefficient: card.coefficient,
    ...(plan.plan.distribution ? { rank: rankOf(plan, rank) } : {}),
    items: card.items.map((score) => contractItem(score, items)),
    steps: card.steps.map((step) => ({ ...step, text: explainStep(step, plan), total: runningTotal(step) })),
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
    standardised,
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
    ...(standardised ? { standardised } : {}),
    reason: item ? explainItem(score, item) : null,
  };
}

const words = {
  zh: {
    nobody: '这个周期还没有客服。先用 heng import 导入人员和数据，或换一个周期。',
    columns: ['工号', '姓名', '团队', '总分', '等级', '系数'],
    unrated: '不评级',
    toBeGiven: '待填写',
    items: '各项',
    steps: '计算',
  },
  en: {
    nobody: 'There are no agents in this period. Import people and data with heng import, or name another period.',
    columns: ['Agent', 'Name', 'Team', 'Total', 'Grade', 'Coefficient'],
    unrated: 'unrated',
    toBeGiven: 'to be given',
    items: 'Items',
    steps: 'Arithmetic',
  },
} as const satisfies Record<Language, unknown>;

function titleOf({ plan, version }: CardStream, language: Language): string {
  return language === 'zh' ? `${plan.name.zh}（版本 ${version}）` : `${plan.name.en} (version ${version})`;
}

async function readableTable(stream: CardStream, language: Language): Promise<string> {
  const { people, plan, period } = stream;
  if (people.length === 0) return words[language].nobody;
  const found: { readonly total: number; readonly cells: string[]; readonly points: ReadonlyMap<string, string> }[] =
    [];
  for await (const batch of stream.batches()) {
    for (const person of batch.people) {
      const card = batch.cards.get(person.agentId);
      if (!card) continue;
      const cells = [
        ...[printable(person.agentId), printable(person.name), printable(person.team)],
        ...[card.total ?? '—', gradeText(plan, card, language), card.coefficient ?? '—'],
      ];
      const points = new Map(card.items.map((item) => [item.id, pointsOf(item)]));
      found.push({ total: Number(card.total ?? -1), cells, points });
    }
  }
  const columns = columnsOf(plan, new Set(found.flatMap(({ points }) => [...points.keys()])));
  const rows = found
    .sort((a, b) => b.total - a.total)
    .map(({ cells, points }) => [...cells, ...columns.map(({ id }) => points.get(id) ?? '—')]);
  const header = [...words[language].columns, ...columns.map(({ name }) => name[language])];
  const right = [3, 5, ...columns.map((_, i) => i + 6)];
  return `${titleOf(stream, language)} ${period.text}\n\n${textTable(header, rows, right)}`;
}

const gradeText = (plan: ResolvedPlan, card: Scorecard, language: Language): string =>
  card.total === null
    ? words[language].unrated
    : (plan.bands.find(({ id }) => id === card.grade)?.name[language] ?? '—');

const pointsOf = ({ points }: ItemScore): string => (points === null ? '—' : toFixed(fraction(points), 2));

async function readableCard(stream: CardStream, language: Language): Promise<string> {
  const [person] = stream.people;
  let card: Scorecard | undefined;
  for await (const { cards } of stream.batches()) card ??= person && cards.get(person.agentId);
  if (!person || !card) return '';
  const zh = language === 'zh';
  const { unrated, toBeGiven, items: itemsHead, steps: stepsHead } = words[language];
  const items = itemsById(stream.plan);
  const reasons = card.items.flatMap((score) => {
    const item = items.get(score.id);
    return item ? [`  ${explainItem(score, item)[language]}`] : [];
  });
  const steps = card.steps.map((step, i) => `  ${i + 1}. ${explainStep(step, stream.plan)[language]}`);
  const [name, id] = [printable(person.name), printable(person.agentId)];
  const head = `${zh ? `${name}（${id}）` : `${name} (${id})`} ${stream.period.text} ${titleOf(stream, language)}`;
  const [grade, coefficient] = [gradeText(stream.plan, card, language), card.coefficient ?? toBeGiven];
  const rated = zh
    ? `${card.total} 分  ${grade}  系数 ${coefficient}`
    : `${card.total} points  ${grade}  coefficient ${coefficient}`;
  return [head, card.total === null ? unrated : rated, '', itemsHead, ...reasons, '', stepsHead, ...steps].join('\n');
}
