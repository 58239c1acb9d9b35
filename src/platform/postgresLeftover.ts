import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The main process of the server on this folder, by the server's own note. */
export function serverPid(data: string): number | undefined {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

/**
 * Stops whatever still runs on this folder and outlived its keeper: the directory's lock is ours, so it is nobody else's.
 * Then the server's own lock files go: after a restart of the machine their number may be any living process.
 */
export async function stopLeftover(data: string, sockets: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    for (const pid of serversIn(data)) kill(pid, signal);
    for (let waited = 0; waited < 5_000 && serversIn(data).length > 0; waited += 20) await sleep(20);
  }
  rmSync(join(data, 'postmaster.pid'), { force: true });
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) rmSync(join(sockets, name), { force: true });
}

/** The living processes of a server on this folder: all of them work in it. Zombies are in no folder. */
function serversIn(data: string): number[] {
  if (process.platform === 'linux') {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.filter((pid) => workingFolder(pid) === data).map(Number);
  }
  const pid = serverPid(data);
  if (pid === undefined) return [];
  const listed = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  return listed.stdout?.includes(data) ? [pid] : [];
}

function workingFolder(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // Gone meanwhile, or somebody else's: not ours to stop in either case.
    return undefined;
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
