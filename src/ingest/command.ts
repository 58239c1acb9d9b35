import { readFile } from 'node:fs/promises';
import { ownerOfTheMachine } from '../people/actor.ts';
import { audit } from '../people/audit.ts';
import type { Command, CommandContext } from '../platform/command.ts';
import { BadFile, BadInput, Invalid } from '../platform/errors.ts';
import { type Language, languageOf } from '../platform/language.ts';
import { type AfterCommit, type ImportReport, type IngestDeps, importFiles, type Progress } from './importFiles.ts';
import { type KindName, kindNames } from './kinds.ts';
import { type Mapping, nearlyColumns } from './mapping.ts';
import { readMapping } from './readMapping.ts';
import { reasons } from './reasons.ts';
import { isTimeZone } from './timeZone.ts';

/** `heng import`. `derive` is what follows a commit: the facts of what was added. */
export function importCommand(derive?: (deps: IngestDeps) => AfterCommit): Command {
  return {
    name: 'import',
    summary: { zh: '导入文件或文件夹', en: 'Import files or folders' },
    usage: 'PATH… [--kind K] [--map FILE] [--tz ZONE]',
    details: {
      zh: [
        'PATH…       文件或文件夹，可写多个；文件夹整个读入。种类取自文件名，如 sessions.csv、messages-2026-10.csv.gz',
        `--kind K    文件名没有说明种类时指明：${kindNames.join('、')}`,
        '--map FILE  列名不同的文件用的列映射（YAML，写法见 docs/open-format.md，例子在 docs/mappings/）',
        '--tz ZONE   不带时区的时间按哪个时区，如 Asia/Shanghai（默认 Asia/Shanghai，或 HENG_TIME_ZONE）；列映射里写了的以它为准',
        '退回的行不影响其余的行：写在数据目录的 rejects/ 里，改好后把那个文件再导入即可；有退回行时退出码为 3。',
      ],
      en: [
        'PATH…       files or folders, any number; folders are read whole. The name tells the kind: sessions.csv, messages-2026-10.csv.gz',
        `--kind K    where the name does not: ${kindNames.join(', ')}`,
        '--map FILE  the mapping of a file with other columns (YAML; docs/open-format.md says how, docs/mappings/ has examples)',
        '--tz ZONE   the zone of times that carry none, such as Asia/Shanghai (default Asia/Shanghai, or HENG_TIME_ZONE); what a mapping says goes first',
        'Rejected rows do not stop the others: they are written into rejects/ of the data directory; correct that file and import it. Exit code 3 says that there are some.',
      ],
    },
    positionals: Number.POSITIVE_INFINITY,
    options: { kind: { type: 'string' }, map: { type: 'string' }, tz: { type: 'string' } },
    async run(context) {
      const { args } = context;
      if (args.length === 0) throw new BadInput('ingest.noPath');
      const kind = kindOption(context.values.kind);
      const mapping = await mappingOption(context.values.map);
      if (mapping) warnOfNames(context, mapping);
      const timeZone = timeZoneOption(context.values.tz);
      const stores = await context.stores();
      const deps: IngestDeps = { stores, now: context.now, timeZone: context.timeZone };
      const afterCommit = derive?.(deps);
      const by = context.env.USER ?? 'cli';
      const report = await importFiles(deps, {
        paths: args,
        source: 'files',
        by,
        // By whoever the machine says it is: nobody signs in there.
        onStart: (id) => audit(deps, { ...ownerOfTheMachine, name: by }, 'import.started', String(id)),
        onProgress: (progress) => context.progress(progressLine(progress, languageOf(context.env))),
        ...(kind ? { kind } : {}),
        ...(mapping ? { mapping } : {}),
        ...(timeZone ? { timeZone } : {}),
        ...(afterCommit ? { afterCommit } : {}),
      });
      answer(context, report);
      return report.files.some((file) => file.rejected > 0) ? 3 : 0;
    },
  };
}

function kindOption(value: unknown): KindName | null {
  if (value === undefined) return null;
  const kind = kindNames.find((name) => name === value);
  if (!kind) throw new BadInput('ingest.unknownKind', { kind: String(value), known: kindNames.join(', ') });
  return kind;
}

async function mappingOption(path: unknown): Promise<Mapping | null> {
  if (typeof path !== 'string') return null;
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new BadInput('ingest.noFile', { path }, { cause });
  });
  try {
    return readMapping(text);
  } catch (cause) {
    throw cause instanceof Invalid ? new BadFile(cause) : cause;
  }
}

function warnOfNames(context: CommandContext, mapping: Mapping): void {
  const zh = languageOf(context.env) === 'zh';
  for (const { target, near } of nearlyColumns(mapping)) {
    context.progress(
      zh
        ? `列映射：${mapping.kind} 没有“${target}”列，将保留为属性；是不是 ${near}？`
        : `Mapping: ${mapping.kind} has no column "${target}", which becomes an attribute. Did you mean ${near}?`,
    );
  }
}

function timeZoneOption(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (!isTimeZone(value)) throw new BadInput('ingest.unknownTimeZone', { timeZone: value });
  return value;
}

function answer(context: CommandContext, report: ImportReport): void {
  const language = languageOf(context.env);
  const zh = language === 'zh';
  if (!report.agentsKnown) {
    context.progress(
      zh ? '尚无客服人员名单，本次导入未核对客服编号' : 'No agent list yet: agent ids were taken unchecked',
    );
  }
  const depends = report.files.reduce((sum, file) => sum + file.orderDependent, 0);
  if (depends > 0) {
    context.progress(
      zh
        ? `${depends} 行没有 updated_at，只因后导入而生效`
        : `${depends} rows won only because they came later (no updated_at)`,
    );
  }
  for (const file of report.files) {
    if (file.endsOpen) {
      context.progress(
        zh
          ? `${file.path}：最后一行没有换行，已照样收入；请确认文件是完整的`
          : `${file.path}: the last line has no line end and was taken as it is; make sure that the file is whole`,
      );
    }
    if (file.read > 0 || file.skipped === 0) continue;
    context.progress(
      zh
        ? `${file.path}：所有行都被列映射的条件（filter）略过，请核对条件里的取值`
        : `${file.path}: the filter of the mapping skipped every row; check its values`,
    );
  }
  for (const path of report.leftOut) {
    context.progress(
      zh
        ? `没有读 ${path}：文件名没有说明数据种类，看来不是数据；是数据的，改名或单独导入`
        : `Not read: ${path}. Its name states no kind of data; if it is data, rename it or import it by itself`,
    );
  }
  const lines = report.files.map((file) => fileLine(file, language));
  if (lines.length === 0) lines.push(zh ? '没有可导入的行' : 'There are no rows to import');
  if (report.files.some(({ refused }) => refused === 'unknownKind')) {
    lines.push(
      zh
        ? `列名不合公开格式的文件：用 --map 给出列映射（docs/open-format.md），或用 --kind 指明种类：${kindNames.join('、')}`
        : `A file with other columns takes a mapping (--map, docs/open-format.md); otherwise name its kind: --kind ${kindNames.join(' | ')}`,
    );
  }
  const where = report.rejects ? [`${zh ? '退回行：' : 'Rejected rows: '}${report.rejects}`] : [];
  context.out(
    { files: report.files, leftOut: report.leftOut, rejects: report.rejects },
    [...lines, ...where].join('\n'),
  );
}

function fileLine(file: ImportReport['files'][number], language: Language): string {
  const zh = language === 'zh';
  const { read, accepted, duplicates, rejected, skipped } = file;
  const counts = zh
    ? `读取 ${read}，接受 ${accepted}，重复 ${duplicates}，退回 ${rejected}`
    : `${read} read, ${accepted} accepted, ${duplicates} duplicates, ${rejected} rejected`;
  const why = file.refused ? reasons[file.refused][language] : null;
  const refused = why === null ? '' : zh ? `（${why}）` : ` (${why})`;
  const left = skipped === 0 ? '' : zh ? `，按条件略过 ${skipped}` : `, ${skipped} skipped by the filter`;
  return `${file.path} [${file.kind ?? '?'}] ${counts}${left}${refused}`;
}

function progressLine({ phase, path, bytesRead, bytesTotal, rowsRead }: Progress, language: Language): string {
  const zh = language === 'zh';
  // A workbook is not read from its beginning to its end: of one only the rows are known.
  const percent = bytesRead > 0 ? `${Math.floor((bytesRead / bytesTotal) * 100)}% ` : '';
  const rows = zh ? `${rowsRead} 行` : `${rowsRead} rows`;
  if (phase === 'deriving') return zh ? '计算事实' : 'deriving facts';
  return phase === 'done' ? `${zh ? '完成：' : 'done: '}${rows}` : `${percent}${rows}  ${path}`;
}
