import { spawnSync } from 'node:child_process';
import { linkSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { makeDataDir } from './dataDir.ts';
import { Conflict } from './errors.ts';

const holderSchema = z.object({
  pid: z.number().int(),
  command: z.string(),
  since: z.string(),
  /** Tells this process from a later one with the same number. */
  started: z.string(),
  /** Where process numbers mean the same: one running system, and in it one container. Absent in locks of earlier versions: here. */
  place: z.string().optional(),
});
export type Holder = z.infer<typeof holderSchema>;

export interface Lock {
  release(): void;
}

/** Whoever holds a directory says so again as often; of a holder in another place nothing else can be seen. */
const beatMs = 2_000;
/** So long without a word, and a holder in another place is dead. */
const silentMs = 20_000;

/**
 * Takes the data directory for this process, or says who has it. The lock of a process that died is taken over. Throws Conflict
 * `dataDir.heldElsewhere` while a process of another container or machine has it: neither could use the other's engines.
 */
export function takeLock(dataDir: string, command: string): Lock | { readonly heldBy: Holder } {
  makeDataDir(dataDir);
  const path = join(dataDir, 'lock.json');
  const text = `${JSON.stringify(ownHolder(command))}\n`;
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (linked(draft, path)) return held(path, text);
      const seen = read(path);
      if (seen === undefined) continue;
      if (seen.holder && isElsewhere(seen.holder)) {
        // By the clock of the disk, which both write on.
        if (wroteAt(draft) - wroteAt(path) < silentMs)
          throw new Conflict('dataDir.heldElsewhere', { dir: dataDir, command: seen.holder.command });
      } else if (seen.holder && isAlive(seen.holder)) return { heldBy: seen.holder };
      setAside(path, seen.text);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new Conflict('dataDir.contended', { dir: dataDir });
}

function held(path: string, text: string): Lock {
  const beat = setInterval(() => {
    const now = read(path);
    if (now === undefined) return;
    if (now.text === text) utimesSync(path, new Date(), new Date());
    // Halted for so long that another place took over: two servers on one directory would ruin it.
    else process.kill(process.pid, 'SIGTERM');
  }, beatMs);
  beat.unref();
  return {
    release: () => {
      clearInterval(beat);
      release(path, text);
    },
  };
}

/** 0 where it has just been given back: that is nobody's any more. */
const wroteAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** This running system and, in it, this container; without /proc the machine's name. */
function ownPlace(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

const isElsewhere = ({ place }: Holder): boolean => place !== undefined && place !== ownPlace();

/** How this process is told from every other. */
export const ownHolder = (command: string): Holder => ({
  pid: process.pid,
  command,
  since: new Date().toISOString(),
  started: startOf(process.pid) ?? '',
  place: ownPlace(),
});

/** The living process that has the directory, if any. */
export const heldBy = (dataDir: string): Holder | undefined => holderIn(join(dataDir, 'lock.json'));

/** The process that a file names, if it lives here. */
export function holderIn(file: string): Holder | undefined {
  const holder = read(file)?.holder;
  return holder && !isElsewhere(holder) && isAlive(holder) ? holder : undefined;
}

export function isLock(result: Lock | { readonly heldBy: Holder }): result is Lock {
  return 'release' in result;
}

// A hard link appears whole or not at all, so nobody ever reads half a lock.
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function read(path: string): { text: string; holder: Holder | undefined } | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, holder: parse(text) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text: string): Holder | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not ours and nobody's: a torn disk, or a hand. It names no living process.
    return undefined;
  }
}

/** TRICKY: between reading a dead holder's lock and moving it away, another process may have taken it; then it goes back. */
function setAside(path: string, dead: string): void {
  const aside = `${path}.dead.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== dead) linked(aside, path);
  rmSync(aside, { force: true });
}

function release(path: string, text: string): void {
  if (read(path)?.text === text) rmSync(path, { force: true });
}

function isAlive(holder: Holder): boolean {
  const started = startOf(holder.pid);
  return started !== undefined && (holder.started === '' || started === holder.started);
}

/** When a process started, in a form only good for comparing; undefined when there is none of that number. */
export function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything; the 22nd field counts from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || process.platform === 'linux') return undefined;
    const listed = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return listed.stdout?.trim() || undefined;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
