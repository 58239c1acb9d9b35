import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFiles } from '../../src/ingest/importFiles.ts';
import { deriveAfterCommit } from '../../src/pipeline.ts';
import type { TestStores } from '../../src/platform/testing.ts';
import { type Dataset, writeDataset } from './adversarial.ts';

const timeZone = 'Asia/Shanghai';

/** Imports a folder of open-format files and derives its facts; fails if a row is rejected, unless some may be. */
export async function importFolder(stores: TestStores, folder: string, now: number): Promise<void> {
  const report = await importFiles(
    { stores, now: () => now, timeZone },
    {
      paths: [folder],
      source: 'files',
      by: 'checks',
      afterCommit: deriveAfterCommit({ stores, timeZone }),
    },
  );
  const rejected = report.files.filter((file) => file.rejected > 0);
  if (rejected.length > 0) throw new Error(`rejected rows: ${JSON.stringify(rejected)}, see ${report.rejects}`);
}

export async function importDatasets(stores: TestStores, datasets: readonly Dataset[], now: number): Promise<void> {
  for (const dataset of datasets) {
    const folder = mkdtempSync(join(tmpdir(), 'heng-checks-'));
    try {
      writeDataset(dataset, folder);
      await importFolder(stores, folder, now);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
