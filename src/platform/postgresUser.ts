import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { userInfo } from 'node:os';
import { Conflict } from './errors.ts';

const nobody = 65_534;

export interface RunAs {
  readonly prefix: readonly string[];
  /** Hands paths to the user the server runs as, where that is another. */
  own(...paths: string[]): void;
}

/**
 * PostgreSQL refuses to run as root and as a user without a name, so these become somebody else: `nobody` in a namespace
 * of its own, where the files stay ours; or `nobody` itself where namespaces are forbidden.
 */
export function runAs(dir: string): RunAs {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && hasName()) return { prefix: [], own: () => undefined };
  const mapped = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`, '--'];
  if (succeeds(mapped)) return { prefix: mapped, own: () => undefined };
  const reads = '-all,+dac_read_search';
  const other = [
    'setpriv',
    `--reuid=${nobody}`,
    `--regid=${nobody}`,
    '--clear-groups',
    `--inh-caps=${reads}`,
    `--ambient-caps=${reads}`,
  ];
  if (!isRoot || !succeeds(other)) throw new Conflict('postgres.user');
  const own = (...paths: string[]): void => {
    for (const path of paths) chownSync(path, nobody, nobody);
  };
  own(dir);
  return { prefix: other, own };
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    // A container's user that no passwd file lists.
    return false;
  }
}

function succeeds(prefix: readonly string[]): boolean {
  const [command, ...args] = prefix;
  return command !== undefined && spawnSync(command, [...args, 'true'], { stdio: 'ignore' }).status === 0;
}
