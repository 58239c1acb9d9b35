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
  usage: '[NEW_FOLDER] --to DATABASE_URL CLICKHOUSE_URL | --to servers | --to embedded | --stay',
  details: {
    zh: [
      'NEW_FOLDER     空的文件夹：搬完后的数据目录（密钥在里面），默认是现在的名字加 -moved；--data 是现在的数据目录',
      '--to DATABASE_URL CLICKHOUSE_URL',
      '               搬到这两个地址的空库。地址里不写密码（别人看得见命令行）：密码用环境变量 PGPASSWORD、CLICKHOUSE_PASSWORD',
      '--to servers   搬到环境变量 DATABASE_URL、CLICKHOUSE_URL（和 CLICKHOUSE_CLUSTER）指的空库，密码也可以写在里面',
      '--to embedded  从那些服务器搬回 NEW_FOLDER 里的嵌入式引擎',
      '--stay         改变主意：仍用 --data 里的这一份（搬过之后它打不开）',
      '先停掉服务器。断了就再运行一次；旁边的 NEW_FOLDER.moving 是途中的备份，做完自动删除。',
    ],
    en: [
      'NEW_FOLDER     an empty folder: the data directory afterwards (keys are in it), the present name with -moved if none is given; --data is the present one',
      '--to DATABASE_URL CLICKHOUSE_URL',
      '               to the empty databases of these addresses, without passwords (others see command lines): those are in PGPASSWORD, CLICKHOUSE_PASSWORD',
      '--to servers   to the empty databases of the environment’s DATABASE_URL, CLICKHOUSE_URL (and CLICKHOUSE_CLUSTER), which may have passwords in them',
      '--to embedded  from those servers back to embedded engines in NEW_FOLDER',
      '--stay         after all go on with what is in --data (which does not open once it has moved)',
      'Stop the servers first. If it is cut off, run it again; NEW_FOLDER.moving beside it is the backup on its way and goes in the end.',
    ],
  },
  positionals: 2,
  options: { to: { type: 'string' }, stay: { type: 'boolean' } },
  async run(context) {
    const { args, values } = context;
    if (values.stay === true) {
      if (args.length > 0 || values.to !== undefined) throw new BadInput('move.usage');
      return stay(context);
    }
    const folders = args.filter((arg) => !isAddress(arg));
    const addresses = [String(values.to), ...args].filter(isAddress);
    const [to, env] =
      addresses.length > 0
        ? (['servers', serversOf(addresses, context.env)] as const)
        : ([values.to, context.env] as const);
    if (folders.length > 1 || (to !== 'servers' && to !== 'embedded')) throw new BadInput('move.usage');
    return go({ ...context, env }, resolve(folders[0] ?? `${context.dataDir}-moved`), to);
  },
};

const isAddress = (text: string): boolean => text.includes('://');

/** The environment with these addresses in it. Throws BadInput `move.usage`, `move.password`. */
function serversOf(addresses: readonly string[], env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const urls = addresses.map((text) => (URL.canParse(text) ? new URL(text) : null));
  const postgres = urls.filter((url) => url && /^postgres(ql)?:$/.test(url.protocol));
  const clickhouse = urls.filter((url) => url && /^https?:$/.test(url.protocol));
  const [database] = postgres;
  if (!database || postgres.length !== 1 || clickhouse.length !== 1 || urls.length !== 2)
    throw new BadInput('move.usage');
  if (urls.some((url) => url?.password)) throw new BadInput('move.password');
  if (env.PGPASSWORD) database.password = encodeURIComponent(env.PGPASSWORD);
  return { ...env, DATABASE_URL: database.href, CLICKHOUSE_URL: String(clickhouse[0]) };
}

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
