import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoOptions, generateDemo } from '../src/demo/generateDemo.ts';
import { writeDemo } from '../src/demo/writeDemo.ts';
import type { TestStores } from '../src/platform/testing.ts';
import { importFolder } from './checks/importForCheck.ts';

/** Puts months of a made-up company into the stores through the same import as anybody's files. */
export async function putDemoMonths(stores: TestStores, options: DemoOptions, now: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'heng-demo-'));
  try {
    await writeDemo(generateDemo(options), folder);
    await importFolder(stores, folder, now);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
