import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Conflict } from './errors.ts';

const kind = z.enum(['embedded', 'server']);
/** Whether an installation keeps its data in engines of its own or on servers that the environment names. */
const kinds = z.object({ DATABASE_URL: kind, CLICKHOUSE_URL: kind });
export type StoreKinds = z.infer<typeof kinds>;

const fileIn = (dataDir: string): string => join(dataDir, 'stores.json');

export const storeKinds = (env: NodeJS.ProcessEnv): StoreKinds => ({
  DATABASE_URL: env.DATABASE_URL ? 'server' : 'embedded',
  CLICKHOUSE_URL: env.CLICKHOUSE_URL ? 'server' : 'embedded',
});

/**
 * Throws Conflict `dataDir.usesServers` or `dataDir.usesEmbedded` where the environment says otherwise than when the directory was opened
 * last: what would be opened is another, empty installation, and a backup of it worth nothing. Directories of earlier versions have no note.
 */
export function demandSameStores(dataDir: string, env: NodeJS.ProcessEnv): void {
  const [before, now] = [readKinds(dataDir), storeKinds(env)];
  if (before === null) return;
  const differing = (was: 'embedded' | 'server') =>
    (['DATABASE_URL', 'CLICKHOUSE_URL'] as const).filter((name) => before[name] === was && now[name] !== was);
  const [missing, given] = [differing('server'), differing('embedded')];
  if (missing.length > 0) throw new Conflict('dataDir.usesServers', { dir: dataDir, names: missing.join(', ') });
  if (given.length > 0) throw new Conflict('dataDir.usesEmbedded', { dir: dataDir, names: given.join(', ') });
}

export function noteStores(dataDir: string, env: NodeJS.ProcessEnv): void {
  writeFileSync(fileIn(dataDir), `${JSON.stringify(storeKinds(env))}\n`, { mode: 0o600 });
}

function readKinds(dataDir: string): StoreKinds | null {
  try {
    return kinds.safeParse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8'))).data ?? null;
  } catch {
    // Not there, or torn: nothing is known, as of directories before this note.
    return null;
  }
}
