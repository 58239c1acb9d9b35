import { readFile } from 'node:fs/promises';
import type { Command, CommandContext } from '../platform/command.ts';
import { BadInput } from '../platform/errors.ts';
import { type AfterCommit, type ImportReport, type IngestDeps, importFiles, type Progress } from './importFiles.ts';
import { type KindName, kindNames } from './kinds.ts';
import type { Mapping } from './mapping.ts';
import { readMapping } from './readMapping.ts';
import { isTimeZone } from './timeZone.ts';

/** `heng import`. `derive` is what follows a commit: the facts of what was added. */
export function importCommand(derive?: (deps: IngestDeps) => AfterCommit): Command {
  return {
    name: 'import',
    summary: { zh: '导入文件或文件夹', en: 'Import files or folders' },
    usage: 'PATH… [--kind K] [--map FILE] [--tz ZONE]',
    options: { kind: { type: 'string' }, map: { type: 'string' }, tz: { type: 'string' } },
    async run(context) {
      const { args } = context;
      if (args.length === 0) throw new BadInput('ingest.noPath');
      const kind = kindOption(context.values.kind);
      const mapping = await mappingOption(context.values.map);
      const timeZone = timeZoneOption(context.values.tz);
      const stores = await context.stores();
      const deps: IngestDeps = { stores, now: context.now, timeZone: context.timeZone };
      const afterCommit = derive?.(deps);
      const report = await importFiles(deps, {
        paths: args,
        source: 'files',
        by: context.env.USER ?? 'cli',
        onProgress: (progress) => context.progress(progressLine(progress)),
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
  return readMapping(text);
}

function timeZoneOption(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (!isTimeZone(value)) throw new BadInput('ingest.unknownTimeZone', { timeZone: value });
  return value;
}

function answer(context: CommandContext, report: ImportReport): void {
  if (!report.agentsKnown) {
    context.progress('尚无客服人员名单，本次导入未核对客服编号 No agent list yet: agent ids were taken unchecked');
  }
  const depends = report.files.reduce((sum, file) => sum + file.orderDependent, 0);
  if (depends > 0) {
    context.progress(`${depends} 行取决于导入先后 ${depends} rows won only because they came later (no updated_at)`);
  }
  const lines = report.files.map(
    (file) =>
      `${file.path} [${file.kind ?? '?'}] 读取 ${file.read}，接受 ${file.accepted}，重复 ${file.duplicates}，退回 ${file.rejected}${
        file.refused ? ` (${file.refused})` : ''
      }`,
  );
  const where = report.rejects ? [`退回行 rejects: ${report.rejects}`] : [];
  context.out({ files: report.files, rejects: report.rejects }, [...lines, ...where].join('\n'));
}

function progressLine({ phase, path, bytesRead, bytesTotal, rowsRead }: Progress): string {
  const percent = bytesTotal > 0 ? Math.floor((bytesRead / bytesTotal) * 100) : 100;
  if (phase === 'deriving') return '计算事实 deriving facts';
  return phase === 'done' ? `完成 done: ${rowsRead} 行 rows` : `${percent}% ${rowsRead} 行 rows  ${path}`;
}
