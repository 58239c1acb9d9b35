import { resolve } from 'node:path';
import { ownerOfTheMachine } from '../people/actor.ts';
import type { Command, CommandContext } from '../platform/command.ts';
import { BadInput } from '../platform/errors.ts';
import { languageOf } from '../platform/language.ts';
import { versionOf } from '../version.ts';
import { progressIn } from './restoreCommand.ts';
import { moveInstallation, stayHere } from './verbs/moveInstallation.ts';

/** `heng move`: an installation outgrows its embedded engines, or comes back to them. */
export const move: Command = {
  name: 'move',
  summary: {
    zh: '搬家：从嵌入式引擎搬到服务器，或搬回来，逐表核对',
    en: 'move from embedded engines to servers, or back, and compare every table',
  },
  usage: 'NEW_FOLDER --to servers|embedded | --stay',
  details: {
    zh: [
      'NEW_FOLDER     空的文件夹：搬完后的数据目录（密钥在里面）；--data 是现在的数据目录',
      '--to servers   搬到 DATABASE_URL、CLICKHOUSE_URL（和 CLICKHOUSE_CLUSTER）指的空库',
      '--to embedded  从那些服务器搬回 NEW_FOLDER 里的嵌入式引擎',
      '--stay         改变主意：仍用 --data 里的这一份（搬过之后它打不开）',
      '先停掉服务器。断了就再运行一次；旁边的 NEW_FOLDER.moving 是途中的备份，做完自动删除。',
    ],
    en: [
      'NEW_FOLDER     an empty folder: the data directory afterwards (keys are in it); --data is the present one',
      '--to servers   to the empty databases of DATABASE_URL, CLICKHOUSE_URL (and CLICKHOUSE_CLUSTER)',
      '--to embedded  from those servers back to embedded engines in NEW_FOLDER',
      '--stay         after all go on with what is in --data (which does not open once it has moved)',
      'Stop the servers first. If it is cut off, run it again; NEW_FOLDER.moving beside it is the backup on its way and goes in the end.',
    ],
  },
  options: { to: { type: 'string' }, stay: { type: 'boolean' } },
  async run(context) {
    const { args, values } = context;
    const [given, ...rest] = args;
    if (values.stay === true) {
      if (args.length > 0 || values.to !== undefined) throw new BadInput('move.usage');
      return stay(context);
    }
    if (given === undefined || rest.length > 0 || (values.to !== 'servers' && values.to !== 'embedded'))
      throw new BadInput('move.usage');
    return go(context, resolve(given), values.to);
  },
};

async function stay({ env, dataDir, out }: CommandContext): Promise<0> {
  await stayHere({ dataDir, env }, ownerOfTheMachine);
  const zh = languageOf(env) === 'zh';
  out({ dataDir }, zh ? `仍用 ${dataDir} 这一份。` : `${dataDir} goes on.`);
  return 0;
}

async function go(
  { env, dataDir, now, out, progress }: CommandContext,
  newDir: string,
  to: 'servers' | 'embedded',
): Promise<0> {
  const language = languageOf(env);
  const moved = await moveInstallation(
    {
      ...{ dataDir, newDir, env, to, now, version: versionOf() },
      onSaving: (table, done, of) => progress(`${done + 1}/${of} ${table}`),
      onLoading: progressIn(language, progress),
    },
    ownerOfTheMachine,
  );
  out(
    { dataDir: newDir, ...moved },
    language === 'zh'
      ? `已搬好：${moved.tables} 张表、${moved.rows} 行逐表核对一致，账本 ${moved.ledgerSize} 条核对无误。\n打开它：heng start --data ${newDir}\n原来的 ${dataDir} 不再打开；确认无误后可以删除。`
      : `Moved: tables ${moved.tables}, rows ${moved.rows}, each table compared; ledger entries ${moved.ledgerSize}, all of it holds.\nOpen it: heng start --data ${newDir}\nThe old ${dataDir} does not open any more; delete it when you are content.`,
  );
  return 0;
}
