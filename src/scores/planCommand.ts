import { catalogue } from '../metrics/catalogue.ts';
import { ownerOfTheMachine } from '../people/actor.ts';
import type { Command, CommandContext, ExitCode } from '../platform/command.ts';
import { BadInput } from '../platform/errors.ts';
import { type Language, languageOf } from '../platform/language.ts';
import { readSmallFile } from '../platform/readSmallFile.ts';
import { backTestText } from './backTestText.ts';
import { readVersion } from './command.ts';
import { toFixed } from './fraction.ts';
import { itemWeights } from './itemWeights.ts';
import { measured } from './measured.ts';
import { planInHand } from './planInHand.ts';
import type { Issue } from './planIssues.ts';
import { readPlan } from './planText.ts';
import { publishTemplates } from './publishTemplates.ts';
import type { PlanPage, PublishedPlan } from './schemas.ts';
import { monthSchema } from './schemas.ts';
import { textTable } from './textTable.ts';
import { validatePlan } from './validatePlan.ts';
import { createDraft } from './verbs/createDraft.ts';
import { diffPlans } from './verbs/diffPlans.ts';
import { listPlans } from './verbs/listPlans.ts';
import { publishPlan } from './verbs/publishPlan.ts';
import { showPlan } from './verbs/showPlan.ts';
import { tryPlan } from './verbs/tryPlan.ts';
import { amountText } from './wording.ts';

/** `heng plan`: the plans, their versions, and publishing one's own. */
export const command: Command = {
  name: 'plan',
  summary: { zh: '查看、检查、发布方案', en: 'Show, check and publish plans' },
  usage: 'list | show ID | validate FILE | publish FILE | diff ID FROM TO | try ID|FILE',
  details: {
    zh: [
      'list                    全部方案及当前版本',
      'show ID [--version N]   一个方案，默认当前版本',
      'validate FILE           检查方案文件，列出全部问题',
      'publish FILE            发布为新版本；--from 2026-12 指定生效月份（默认下月），--draft 只存为草稿',
      'diff ID FROM TO         两个版本的差异',
      'try ID|FILE --periods 2026-08,2026-09  在过去的周期上试算，与当时执行的方案并列；--version N 试某个版本，--against ID 与另一个方案比',
    ],
    en: [
      'list                    every plan and its current version',
      'show ID [--version N]   one plan, the current version unless named',
      'validate FILE           check a plan file and list everything that is wrong',
      'publish FILE            publish as a new version; --from 2026-12 names the first month (next month unless given), --draft only keeps it',
      'diff ID FROM TO         what changed between two versions',
      'try ID|FILE --periods 2026-08,2026-09  try it on past periods beside the plan in force then; --version N names a version, --against ID another plan to compare with',
    ],
  },
  positionals: { list: 0, show: 1, validate: 1, publish: 1, diff: 3, try: 1 },
  options: {
    version: { type: 'string' },
    from: { type: 'string' },
    draft: { type: 'boolean' },
    periods: { type: 'string' },
    against: { type: 'string' },
  },
  async run(context) {
    const [action, ...args] = context.args;
    switch (action) {
      case 'list':
        return list(context);
      case 'show':
        return show(context, named(args[0], 'ID'));
      case 'validate':
        return validate(context, named(args[0], 'FILE'));
      case 'publish':
        return publish(context, named(args[0], 'FILE'));
      case 'diff':
        return diff(
          context,
          named(args[0], 'ID'),
          readVersion(named(args[1], 'FROM')),
          readVersion(named(args[2], 'TO')),
        );
      case 'try':
        return tryIt(context, named(args[0], 'ID'));
      default:
        throw new BadInput('plan.actionUnknown', { action: action?.slice(0, 40) ?? '' });
    }
  },
};

function named(value: string | undefined, what: string): string {
  if (value === undefined) throw new BadInput('plan.argumentMissing', { what });
  return value;
}

async function ready({ stores, now, timeZone }: CommandContext) {
  const deps = measured({ stores: await stores(), now, timeZone });
  await publishTemplates(deps);
  return deps;
}

const words = {
  zh: {
    listColumns: ['编号', '名称', '版本', '来源', '生效月份', '待填写'],
    template: '模板',
    own: '自定义',
    always: '一直',
    comma: '、',
    weight: '权重',
    scoring: '怎样计分',
    bandColumns: ['等级', '总分', '系数'],
    toBeGiven: '待填写',
    sound: '没有错误',
    same: '没有差异',
  },
  en: {
    listColumns: ['Id', 'Name', 'Version', 'Origin', 'In force from', 'To be given'],
    template: 'template',
    own: 'own',
    always: 'always',
    comma: ', ',
    weight: 'Weight',
    scoring: 'How it is scored',
    bandColumns: ['Grade', 'Total', 'Coefficient'],
    toBeGiven: 'to be given',
    sound: 'no errors',
    same: 'no differences',
  },
} as const satisfies Record<Language, unknown>;

async function list(context: CommandContext): Promise<ExitCode> {
  const { plans } = await listPlans(await ready(context), ownerOfTheMachine);
  const language = languageOf(context.env);
  const { template, own, always, comma, listColumns } = words[language];
  const rows = plans.map((plan) => [
    plan.id,
    plan.name[language],
    String(plan.version),
    plan.origin === 'template' ? template : own,
    plan.inForceFrom ?? always,
    plan.missingInputs.map(({ name }) => name[language]).join(comma),
  ]);
  context.out({ plans }, textTable(listColumns, rows));
  return 0;
}

async function show(context: CommandContext, id: string): Promise<ExitCode> {
  const page = await showPlan(await ready(context), ownerOfTheMachine, {
    id,
    version: readVersion(context.values.version),
  });
  context.out(page, readablePlan(page, languageOf(context.env)));
  return 0;
}

function readablePlan({ plan, version, explained, issues }: PlanPage, language: Language): string {
  const { weight, scoring, bandColumns, toBeGiven } = words[language];
  const blocks = plan.blocks.flatMap((block) => {
    const weights = itemWeights(block);
    const rows = block.items.map((item, i) => [
      `  ${item.name[language]}`,
      typeof item.weight === 'string' ? amountText(item.weight) : toFixed(weights[i] ?? { n: 0n, d: 1n }, 4),
      explained[item.id]?.[language] ?? '',
    ]);
    return [textTable([`${block.name[language]} ${amountText(block.weight)}`, weight, scoring], rows, [1]), ''];
  });
  const bands = plan.bands.map((band) => [
    `  ${band.name[language]}`,
    band.to === undefined ? `≥ ${band.from}` : `[${band.from}, ${band.to})`,
    typeof band.coefficient === 'string'
      ? band.coefficient
      : (plan.inputs.find(({ id }) => typeof band.coefficient !== 'string' && id === band.coefficient.input)?.value ??
        toBeGiven),
  ]);
  return [
    language === 'zh'
      ? `${plan.name.zh}（${plan.id}，版本 ${version}）`
      : `${plan.name.en} (${plan.id}, version ${version})`,
    plan.summary[language],
    '',
    ...blocks,
    textTable(bandColumns, bands),
    ...(issues.length > 0 ? ['', ...issues.map((issue) => issueLine(issue, language))] : []),
  ].join('\n');
}

/** Exit 0 when the plan could be published once its inputs are given; 1 when anything is wrong with it. */
async function validate(context: CommandContext, file: string): Promise<ExitCode> {
  const { out, env } = context;
  const text = readSmallFile(file);
  const read = readPlan(text);
  // Only a plan with metrics of the organisation's own needs to look into its stores.
  const metrics = /\bown_/.test(text) ? await (await ready(context)).catalogue() : catalogue;
  const issues: readonly Issue[] = read.plan ? validatePlan(read.plan, metrics) : read.issues;
  const valid = issues.every(({ level }) => level !== 'error');
  const language = languageOf(env);
  const zh = language === 'zh';
  const count = issues.filter(({ level }) => level === 'error').length;
  const wrong = zh ? `有 ${count} 处错误` : count === 1 ? '1 error' : `${count} errors`;
  const verdict = `${file}${zh ? '：' : ': '}${valid ? words[language].sound : wrong}`;
  out(
    { file, plan: read.plan?.id ?? null, valid, issues },
    [verdict, ...issues.map((issue) => issueLine(issue, language))].join('\n'),
  );
  return valid ? 0 : 1;
}

function issueLine({ path, level, message }: Issue, language: Language): string {
  const marks = { error: '✗', needed: '?', note: '·' } as const;
  const place = path === '' ? '' : `${path}${language === 'zh' ? '：' : ': '}`;
  return `  ${marks[level]} ${place}${message[language]}`;
}

async function publish(context: CommandContext, file: string): Promise<ExitCode> {
  const { from, draft } = context.values;
  const inForceFrom = monthSchema.optional().safeParse(from);
  if (!inForceFrom.success) throw new BadInput('plan.monthUnreadable', { month: String(from).slice(0, 40) });
  const text = readSmallFile(file);
  const deps = await ready(context);
  const language = languageOf(context.env);
  if (draft === true) {
    const made = await createDraft(deps, ownerOfTheMachine, { text });
    context.out(made, language === 'zh' ? `${made.plan} 已存为草稿` : `${made.plan} is kept as a draft`);
    return 0;
  }
  const published = await publishPlan(deps, ownerOfTheMachine, { text, inForceFrom: inForceFrom.data });
  context.out(published, publishedText(published, language));
  return 0;
}

function publishedText({ id, version, inForceFrom }: PublishedPlan, language: Language): string {
  const zh = language === 'zh';
  const since = inForceFrom === null ? '' : zh ? `，自 ${inForceFrom} 起生效` : `, in force from ${inForceFrom}`;
  return zh ? `${id} 已发布为版本 ${version}${since}` : `${id} is published as version ${version}${since}`;
}

async function diff(
  context: CommandContext,
  id: string,
  from: number | undefined,
  to: number | undefined,
): Promise<ExitCode> {
  if (from === undefined || to === undefined) throw new BadInput('plan.argumentMissing', { what: 'FROM TO' });
  const found = await diffPlans(await ready(context), ownerOfTheMachine, { id, from, to });
  const language = languageOf(context.env);
  const head = language === 'zh' ? `${id}：版本 ${from} → ${to}` : `${id}: version ${from} → ${to}`;
  const lines = found.changes.length === 0 ? [words[language].same] : found.changes.map(({ text }) => text[language]);
  context.out(found, [head, ...lines.map((line) => `  ${line}`)].join('\n'));
  return 0;
}

/** A name that looks like a file is one: plan ids hold no dot and no slash. */
async function tryIt(context: CommandContext, plan: string): Promise<ExitCode> {
  const periods = named(typeof context.values.periods === 'string' ? context.values.periods : undefined, '--periods');
  const { against } = context.values;
  const deps = await ready(context);
  const tried = /[./\\]/.test(plan) ? await planInHand(deps, readSmallFile(plan)) : plan;
  const result = await tryPlan(deps, ownerOfTheMachine, {
    plan: tried,
    periods,
    version: readVersion(context.values.version),
    against: typeof against === 'string' ? against : undefined,
  });
  context.out(result, backTestText(result, languageOf(context.env)));
  return 0;
}
