import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateDemo } from '../../src/demo/generateDemo.ts';
import { writeDemo } from '../../src/demo/writeDemo.ts';
import { startTestStores } from '../../src/platform/testing.ts';
import { adversarialMonth } from './adversarial.ts';
import { disagreements } from './compare.ts';
import { importDatasets, importFolder } from './importForCheck.ts';
import { buildCheckViews } from './runChecks.ts';

const now = Date.parse('2026-11-20T12:00:00+08:00');
const seeds = Array.from({ length: 24 }, (_, k) => k + 1);

describe('the product and the plain SQL over raw rows agree to the last digit', () => {
  it.each(seeds)('on adversarial month %i', async (seed) => {
    const stores = await startTestStores();
    try {
      await importDatasets(stores, adversarialMonth(seed), now);
      await buildCheckViews(stores.clickhouse.all);
      expect(await disagreements(stores, '2026-10', now)).toEqual([]);
    } finally {
      await stores.close();
    }
  });

  it('on a month of the demo company', async () => {
    const stores = await startTestStores();
    const folder = mkdtempSync(join(tmpdir(), 'heng-checks-demo-'));
    try {
      await writeDemo(generateDemo({ seed: 3, agents: 12, months: 2, until: '2026-11-12' }), folder);
      await importFolder(stores, folder, now);
      await buildCheckViews(stores.clickhouse.all);
      expect(await disagreements(stores, '2026-10', now)).toEqual([]);
      expect(await disagreements(stores, '2026-11-01..2026-11-07', now)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await stores.close();
    }
  });
});
