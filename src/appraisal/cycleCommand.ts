import { writeFileSync } from 'node:fs';
import { ownerOfTheMachine } from '../people/actor.ts';
import type { Command, CommandContext, ExitCode } from '../platform/command.ts';
import { BadInput } from '../platform/errors.ts';
import type { Deps } from '../platform/http.ts';
import { type Language, languageOf } from '../platform/language.ts';
import { silentLog } from '../platform/log.ts';
import { measured } from '../scores/measured.ts';
import { publishTemplates } from '../scores/publishTemplates.ts';
import { textTable } from '../scores/textTable.ts';
import type { CycleDeps } from './cycleDeps.ts';
import type { ExportDeps } from './exports/exportDeps.ts';
import { isSheetName, type SheetName, sheetNames } from './exports/sheetNames.ts';
import { type ExportFormat, exportCycle } from './exports/verbs/exportCycle.ts';
import type { CyclePage } from './schemas.ts';
import { closeCycle } from './verbs/closeCycle.ts';
import { finaliseCycle, openCycle, publishCycle } from './verbs/moveCycle.ts';
import { listCycles, showCycle } from './verbs/showCycle.ts';
import { missingText, stateText } from './wording.ts';

/** What the command line needs of other features to move a cycle. */
export type CycleParts = (
  deps: Deps,
) => Pick<CycleDeps, 'derive' | 'checks' | 'whenPublished'> & Pick<ExportDeps, 'decidedOutcomes'>;

/** `heng cycle`: where each period stands, and moving it on. */
export const cycleCommand = (parts: CycleParts): Command => ({
  name: 'cycle',
  summary: {
    zh: '查看考核周期，开始、结算、公布、定案、导出',
    en: 'Appraisal cycles: open, close, publish, make final, export',
  },
  usage:
    'list | show PERIOD | open PERIOD | close PERIOD | publish PERIOD | finalise PERIOD | export PERIOD [--out FILE]',
  details: {
    zh: [
      'list               全部周期及状态',
      'show PERIOD        一个周期：状态、还缺什么、各等级人数，如 heng cycle show 2026-10',
      'open、close、publish、finalise PERIOD  进入下一步；还缺东西时须用 --reason 写明为什么',
      'export PERIOD      结算后的结果：人员、逐项数值与算法、扣分与联动、结果与激励、口径；--out 指明 .xlsx、.json 或 .csv，CSV 用 --sheet 选一张（people、figures、changes、outcomes、definitions）',
    ],
    en: [
      'list               every period and where it stands',
      'show PERIOD        one of them: its state, what is missing, people by grade, as in heng cycle show 2026-10',
      'open, close, publish, finalise PERIOD  the next step; where something is missing, --reason must say why it is taken',
      'export PERIOD      what a closed period came to: people, figures with their formulas, deductions and couplings, results and pay, definitions; --out names a .xlsx, .json or .csv file, for CSV --sheet names one of people, figures, changes, outcomes, definitions',
    ],
  },
  positionals: { list: 0, show: 1, open: 1, close: 1, publish: 1, finalise: 1, export: 1 },
  options: { reason: { type: 'string' }, out: { type: 'string' }, sheet: { type: 'string' } },
  async run(context) {
    const [action, period] = context.args;
    const { values, out, env } = context;
    const language = languageOf(env);
    const input = () => ({ period: named(period), reason: typeof values.reason === 'string' ? values.reason : '' });
    switch (action) {
      case 'list': {
        const list = await listCycles(await depsOf(context, parts), ownerOfTheMachine);
        const rows = list.cycles.map(({ period: of, state, people }) => [
          of,
          stateText(state)[language],
          people === null ? '' : String(people),
        ]);
        out(list, textTable(words[language].columns, rows));
        return 0;
      }
      case 'show':
        return show(context, parts, named(period));
      case 'open':
        return moved(context, parts, input().period, (deps) => openCycle(deps, ownerOfTheMachine, input()));
      case 'close':
        return moved(
          context,
          parts,
          input().period,
          async (deps) => (await closeCycle(deps, ownerOfTheMachine, input())).done,
        );
      case 'publish':
        return moved(context, parts, input().period, (deps) => publishCycle(deps, ownerOfTheMachine, input()));
      case 'finalise':
        return moved(context, parts, input().period, (deps) => finaliseCycle(deps, ownerOfTheMachine, input()));
      case 'export':
        return exported(context, parts, named(period));
      default:
        throw new BadInput('cycle.actionUnknown', { action: action?.slice(0, 40) ?? '' });
    }
  },
});

const words = {
  zh: {
    columns: ['周期', '状态', '人数'],
    missing: '还缺：',
    grades: ['方案', '等级', '人数'],
    unrated: '未评级',
    exported: (file: string) => `已写入 ${file}`,
  },
  en: {
    columns: ['Period', 'State', 'People'],
    missing: 'Missing:',
    grades: ['Plan', 'Grade', 'People'],
    unrated: 'unrated',
    exported: (file: string) => `Written to ${file}`,
  },
} as const;

function named(period: string | undefined): string {
  if (period === undefined) throw new BadInput('period.missing');
  return period;
}

async function exported(context: CommandContext, parts: CycleParts, period: string): Promise<ExitCode> {
  const { values, env } = context;
  const language = languageOf(env);
  const path = typeof values.out === 'string' ? values.out : `heng-cycle-${period}.xlsx`;
  const format = formatOf(path, values.sheet);
  const deps = await depsOf(context, parts);
  const file = await exportCycle(deps, ownerOfTheMachine, { ...format, period, language });
  try {
    writeFileSync(path, file.body);
  } catch (cause) {
    throw new BadInput('cycle.exportUnwritable', { file: path }, { cause });
  }
  context.out({ file: path, bytes: file.body.length }, words[language].exported(path));
  return 0;
}

function formatOf(path: string, sheet: unknown): ExportFormat {
  const wanted: SheetName | null = sheet === undefined ? 'people' : isSheetName(sheet) ? sheet : null;
  if (path.endsWith('.csv') && wanted !== null) return { format: 'csv', sheet: wanted };
  if (sheet === undefined && path.endsWith('.xlsx')) return { format: 'xlsx' };
  if (sheet === undefined && path.endsWith('.json')) return { format: 'json' };
  throw new BadInput('cycle.exportFormat', { file: path, sheets: sheetNames.join(', ') });
}

async function depsOf(context: CommandContext, parts: CycleParts): Promise<CycleDeps & ExportDeps> {
  const { now, timeZone } = context;
  const scoring = measured({ stores: await context.stores(), now, timeZone });
  await publishTemplates(scoring);
  return { ...scoring, log: silentLog, ...parts({ ...scoring, log: silentLog }) };
}

async function moved(
  context: CommandContext,
  parts: CycleParts,
  period: string,
  move: (deps: CycleDeps) => Promise<void>,
): Promise<ExitCode> {
  await move(await depsOf(context, parts));
  return show(context, parts, period);
}

async function show(context: CommandContext, parts: CycleParts, period: string): Promise<ExitCode> {
  const page = await showCycle(await depsOf(context, parts), ownerOfTheMachine, period);
  context.out(page, readable(page, languageOf(context.env)));
  return 0;
}

function readable({ period, state, missing, grades }: CyclePage, language: Language): string {
  const own = words[language];
  const lacking =
    missing.length === 0 ? [] : [own.missing, ...missing.map((each) => `  ${missingText(each)[language]}`)];
  const rows = grades.map(({ plan, grade, people }) => [
    plan.name[language],
    grade?.[language] ?? own.unrated,
    String(people),
  ]);
  return [
    `${period}  ${stateText(state)[language]}`,
    ...lacking,
    ...(rows.length > 0 ? [textTable(own.grades, rows)] : []),
  ].join('\n');
}
