import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateDemo } from '../../src/demo/generateDemo.ts';
import { writeDemo } from '../../src/demo/writeDemo.ts';
import { startTestStores } from '../../src/platform/testing.ts';
import { adversarialMonth, together } from './adversarial.ts';
import { disagreements } from './compare.ts';
import { importDatasets, importFolder, inspectAtRandom } from './importForCheck.ts';
import { buildCheckViews } from './runChecks.ts';

const now = Date.parse('2027-03-01T12:00:00+08:00');
/** Months of 24 seeds, twelve at a time side by side in one store. */
const batches = [0, 12].map((first) => Array.from({ length: 12 }, (_, k) => first + k + 1));

describe('the product and the plain SQL over raw rows agree to the last digit', () => {
  it.each(batches)('on twelve adversarial months from %i', async (...seeds) => {
    const stores = await startTestStores();
    try {
      const months = seeds.map((seed) => adversarialMonth(seed));
      await importDatasets(stores, together(months), now);
      // In some of the months Heng has inspected the text, in others only assessments tell.
      if (seeds.includes(1)) await inspectAtRandom(stores);
      await buildCheckViews(stores.clickhouse.all);
      expect(await disagreements(stores, '2026-10', now)).toEqual([]);
      expect(await disagreements(stores, '2026-10-05..2026-10-12', now)).toEqual([]);
    } finally {
      await stores.close();
    }
  });

  it('on a month and a week of the demo company', async () => {
    const stores = await startTestStores();
    const folder = mkdtempSync(join(tmpdir(), 'heng-checks-demo-'));
    try {
      await writeDemo(generateDemo({ seed: 3, agents: 12, months: 2, until: '2026-11-12' }), folder);
      await importFolder(stores, folder, now);
      await buildCheckViews(stores.clickhouse.all);
      for (const period of ['2026-10', '2026-11-01..2026-11-07']) {
        expect(await disagreements(stores, period, now)).toEqual([]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await stores.close();
    }
  });
});
