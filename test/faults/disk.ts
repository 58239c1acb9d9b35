import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statfsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { demandFacts, demandKept } from './checks.ts';
import { companyIn, Installation } from './installation.ts';
import type { Phase } from './plan.ts';
import type { Survived } from './survived.ts';
import { Promised, Work } from './work.ts';

const diskBytes = 900 * 2 ** 20;
/** Left free where the disk is filled: nothing, and room for some more writes. */
const leftBytes = [0, 300_000, 3_000_000];

/** A disk of our own of limited size. Answers why there is none where it may not be mounted. */
function mountDisk(folder: string): string | null {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes},mode=0755`, 'none', folder], { stdio: 'pipe' });
    return null;
  } catch {
    return 'a disk may not be mounted here (it takes root)';
  }
}

/** Fills the disk but for so many bytes. */
async function fill(folder: string, left: number): Promise<void> {
  const file = await open(join(folder, 'ballast'), 'w');
  try {
    for (let size = 2 ** 22; size >= 4096; size /= 2) {
      for (const block = Buffer.alloc(size, 1); ; ) {
        const { bavail, bsize } = statfsSync(folder);
        if (bavail * bsize - size < left) break;
        await file.write(block);
      }
    }
  } finally {
    await file.close();
  }
}

/** The disk is full amid the work and has room again later: what was acknowledged is there, and it goes on by itself. */
export async function diskFull(folder: string, survived: Survived): Promise<void> {
  const refused = mountDisk(folder);
  if (refused) return survived.skip('disk full', refused);
  try {
    const dataDir = join(folder, 'data');
    const heng = await Installation.open({ dataDir });
    try {
      await companyIn(heng);
      const promised = new Promised();
      const work = new Work(heng, promised);
      for (const left of leftBytes) {
        for (const phase of ['ingest', 'import', 'close', 'ledger'] as const satisfies readonly Phase[]) {
          await work.prepare(phase);
          await fill(folder, left);
          const begun = work.begin(phase);
          await sleep(1500);
          await survived.fault({ kind: 'disk full', phase, inFlight: 'open' }, async () => {
            await begun.end();
            rmSync(join(folder, 'ballast'));
            await heng.answers();
            await sleep(500);
            await work.look();
            await work.sendOwed();
            await work.importOwed();
            await demandKept(await heng.stores(), promised);
          });
          rmSync(join(folder, 'ballast'), { force: true });
          await heng.ensure();
        }
      }
      await demandFacts(await heng.stores());
    } finally {
      await heng.stop();
    }
    await readOnly(folder, dataDir, survived);
  } finally {
    execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
  }
}

/** A directory that cannot be written: the start says so and leaves everything as it was. */
async function readOnly(folder: string, dataDir: string, survived: Survived): Promise<void> {
  const remount = (how: 'ro' | 'rw') => execFileSync('mount', ['-o', `remount,${how}`, folder], { stdio: 'pipe' });
  await survived.fault({ kind: 'read-only directory', phase: 'start', inFlight: 'nothing' }, async () => {
    const heng = await Installation.at({ dataDir });
    remount('ro');
    const { exited, output } = heng.launch();
    const code = await exited;
    remount('rw');
    if (code !== 1) throw new Error(`ended with ${code}`);
    if (!output.err.includes(dataDir) || /\n\s+at /.test(output.err)) throw new Error(`is told: ${output.err}`);
    await heng.start();
    await heng.stop();
    if (!existsSync(join(dataDir, 'secret'))) throw new Error('the directory is another');
  });
}
