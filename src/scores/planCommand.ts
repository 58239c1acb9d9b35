import { closeSync, openSync, readSync } from 'node:fs';
import { catalogue } from '../metrics/catalogue.ts';
import { ownerOfTheMachine } from '../people/actor.ts';
import type { Command, CommandContext, ExitCode } from '../platform/command.ts';
import { BadInput, NotFound } from '../platform/errors.ts';
import { readVersion } from './command.ts';
import { toFixed } from './fraction.ts';
import { measured } from './measured.ts';
import type { Issue } from './planIssues.ts';
import { readPlan } from './planText.ts';
import { publishTemplates } from './publishTemplates.ts';
import type { PlanPage } from './schemas.ts';
import { monthSchema } from './schemas.ts';
import { textTable } from './textTable.ts';
import { itemWeights, validatePlan } from './validatePlan.ts';
import { diffPlans } from './verbs/diffPlans.ts';
import { listPlans } from './verbs/listPlans.ts';
import { publishPlan } from './verbs/publishPlan.ts';
import { showPlan } from './verbs/showPlan.ts';
import { amountText } from './wording.ts';

/** `heng plan`: the plans, their versions, and publishing one's own. */
export const command: Command = {
  name: 'plan',
  summary: { zh: '查看、检查、发布方案', en: 'Show, check and publish plans' },
  usage: 'list | show ID | validate FILE | publish FILE | diff ID FROM TO',
  details: {
    zh: [
      'list                    全部方案及当前版本',
      'show ID [--version N]   一个方案，默认当前版本',
      'validate FILE           检查方案文件，列出全部问题',
      'publish FILE            发布为新版本；--from 2026-12 指定生效月份（默认下月），--draft 只存为草稿',
      'diff ID FROM TO         两个版本的差异',
    ],
    en: [
      'list                    every plan and its current version',
      'show ID [--version N]   one plan, the current version unless named',
      'validate FILE           check a plan file and list everything that is wrong',
      'publish FILE            publish as a new version; --from 2026-12 names the first month (next month unless given), --draft only keeps it',
      'diff ID FROM TO         what changed between two versions',
    ],
  },
  options: { version: { type: 'string' }, from: { type: 'string' }, draft: { type: 'boolean' } },
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

async function list(context: CommandContext): Promise<ExitCode> {
  const { plans } = await listPlans(await ready(context), ownerOfTheMachine);
  const rows = plans.map((plan) => [
    plan.id,
    plan.name.zh,
    String(plan.version),
    plan.origin === 'template' ? '模板' : '自定义',
    plan.inForceFrom ?? '一直',
    plan.missingInputs.map(({ name }) => name.zh).join('、'),
  ]);
  context.out({ plans }, textTable(['编号', '名称', '版本', '来源', '生效月份', '待填写'], rows));
  return 0;
}

async function show(context: CommandContext, id: string): Promise<ExitCode> {
  const page = await showPlan(await ready(context), ownerOfTheMachine, {
    id,
    version: readVersion(context.values.version),
  });
  context.out(page, readablePlan(page));
  return 0;
}

function readablePlan({ plan, version, explained, issues }: PlanPage): string {
  const blocks = plan.blocks.flatMap((block) => {
    const weights = itemWeights(block);
    const rows = block.items.map((item, i) => [
      `  ${item.name.zh}`,
      item.weight === undefined ? toFixed(weights[i] ?? { n: 0n, d: 1n }, 4) : amountText(item.weight),
      explained[item.id]?.zh ?? '',
    ]);
    return [textTable([`${block.name.zh} ${amountText(block.weight)}`, '权重', '怎样计分'], rows, [1]), ''];
  });
  const bands = plan.bands.map((band) => [
    `  ${band.name.zh}`,
    band.to === undefined ? `≥ ${band.from}` : `[${band.from}, ${band.to})`,
    typeof band.coefficient === 'string'
      ? band.coefficient
      : (plan.inputs.find(({ id }) => typeof band.coefficient !== 'string' && id === band.coefficient.input)?.value ??
        '待填写'),
  ]);
  return [
    `${plan.name.zh}（${plan.id}，版本 ${version}）`,
    plan.summary.zh,
    '',
    ...blocks,
    textTable(['等级', '得分', '系数'], bands),
    ...(issues.length > 0 ? ['', ...issues.map(issueLine)] : []),
  ].join('\n');
}

/** Exit 0 when the plan could be published once its inputs are given; 1 when anything is wrong with it. */
async function validate({ out }: CommandContext, file: string): Promise<ExitCode> {
  const read = readPlan(readText(file));
  const issues: readonly Issue[] = read.plan ? validatePlan(read.plan, catalogue) : read.issues;
  const valid = issues.every(({ level }) => level !== 'error');
  const verdict = valid ? '没有错误' : `有 ${issues.filter(({ level }) => level === 'error').length} 处错误`;
  out(
    { file, plan: read.plan?.id ?? null, valid, issues },
    [`${file}：${verdict}`, ...issues.map(issueLine)].join('\n'),
  );
  return valid ? 0 : 1;
}

function issueLine({ path, level, message }: Issue): string {
  const marks = { error: '✗', needed: '?', note: '·' } as const;
  return `  ${marks[level]} ${path === '' ? '' : `${path}：`}${message.zh}`;
}

async function publish(context: CommandContext, file: string): Promise<ExitCode> {
  const { from, draft } = context.values;
  const inForceFrom = monthSchema.optional().safeParse(from);
  if (!inForceFrom.success) throw new BadInput('plan.monthUnreadable', { month: String(from).slice(0, 40) });
  const text = readText(file);
  const published = await publishPlan(await ready(context), ownerOfTheMachine, {
    text,
    inForceFrom: inForceFrom.data,
    draft: draft === true,
  });
  const { id, version, status, inForceFrom: month } = published;
  const since = month === null ? '' : `，自 ${month} 起生效`;
  context.out(
    published,
    status === 'draft' ? `${id} 已存为草稿（版本 ${version}）` : `${id} 已发布为版本 ${version}${since}`,
  );
  return 0;
}

async function diff(
  context: CommandContext,
  id: string,
  from: number | undefined,
  to: number | undefined,
): Promise<ExitCode> {
  if (from === undefined || to === undefined) throw new BadInput('plan.argumentMissing', { what: 'FROM TO' });
  const found = await diffPlans(await ready(context), ownerOfTheMachine, { id, from, to });
  const lines = found.changes.length === 0 ? ['没有差异'] : found.changes.map(({ text }) => text.zh);
  context.out(found, [`${id}：版本 ${from} → ${to}`, ...lines.map((line) => `  ${line}`)].join('\n'));
  return 0;
}

const fileBytesMax = 1024 * 1024;

/** Never reads more than a plan can have, whatever the file is. */
function readText(file: string): string {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'EACCES'))
      throw new NotFound('plan.fileUnreadable', { file }, { cause });
    throw cause;
  }
  try {
    const buffer = Buffer.alloc(fileBytesMax);
    return buffer.subarray(0, readSync(handle, buffer)).toString('utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EISDIR')
      throw new NotFound('plan.fileUnreadable', { file }, { cause });
    throw cause;
  } finally {
    closeSync(handle);
  }
}
