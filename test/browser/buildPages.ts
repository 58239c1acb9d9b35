import { spawnSync } from 'node:child_process';
import { packageRoot } from '../../src/platform/root.ts';

/** Builds what is stale, so that the tests look at the pages as they are in the source. */
export function buildPages(): void {
  const build = spawnSync(process.execPath, ['tools/run.mjs', 'build', '--tolerant'], { cwd: packageRoot });
  if (build.status !== 0) throw new Error(`${build.stdout}${build.stderr}`);
}
