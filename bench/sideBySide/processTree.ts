import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  /** Processor time of it and of children that have ended. */
  readonly seconds: number;
}

/** A process and everything below it, as Linux tells; a process that ended meanwhile is left out. */
function treeOf(root: number): readonly ProcessStat[] {
  const all = readdirSync('/proc').flatMap((name): ProcessStat[] => {
    const text = /^\d+$/.test(name) ? contentsOf(`/proc/${name}/stat`) : null;
    if (text === null) return [];
    // The command stands in brackets and may hold blanks and brackets itself.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return [{ pid: Number(name), parent: Number(fields[1]), seconds: ticks / ticksPerSecond }];
  });
  const tree = all.filter(({ pid }) => pid === root);
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree;
}

export const processorSeconds = (root: number): number => treeOf(root).reduce((sum, { seconds }) => sum + seconds, 0);

/** Resident bytes of a process and everything below it; what several share counts once. */
export function residentBytes(root: number): number {
  const kilobytes = treeOf(root).map(({ pid }) => {
    const found = contentsOf(`/proc/${pid}/smaps_rollup`);
    // It ended meanwhile, and holds nothing any more.
    if (found === null || found === '') return 0;
    const share = /^Pss:\s+(\d+) kB/m.exec(found)?.[1];
    if (share === undefined) throw new Error(`no proportional share in the memory of process ${pid}`);
    return Number(share);
  });
  return kilobytes.reduce((sum, kilobyte) => sum + kilobyte * 1024, 0);
}

function contentsOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ESRCH')) return null;
    throw cause;
  }
}
