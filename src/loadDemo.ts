import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { generateDemo } from './demo/generateDemo.ts';
import { writeDemo } from './demo/writeDemo.ts';
import { importFiles, type Progress } from './ingest/importFiles.ts';
import { deriveAfterCommit } from './pipeline.ts';
import type { Deps } from './platform/http.ts';

export interface DemoLoad {
  readonly seed: number;
  /** The last day with data, as 2026-10-31. */
  readonly until: string;
  onProgress(phase: Progress['phase'] | 'generating'): void;
}

/**
 * Puts the made-up company (3 shops, 60 agents, 3 months) through the same import as anybody's files.
 * The same seed and last day give the same rows, so that repeating it after an interruption adds nothing twice.
 */
export async function loadDemo(deps: Deps, { seed, until, onProgress }: DemoLoad): Promise<void> {
  const directory = await mkdtemp(join(deps.stores.dataDir, 'demo-'));
  try {
    onProgress('generating');
    await writeDemo(generateDemo({ seed, agents: 60, months: 3, until }), directory);
    const told = new Set<Progress['phase']>();
    await importFiles(deps, {
      paths: [directory],
      source: 'files',
      by: 'Heng',
      afterCommit: deriveAfterCommit(deps),
      // Reading and committing take turns file by file; a reader wants to hear of each once.
      onProgress: ({ phase }) => {
        if (!told.has(phase)) onProgress(phase);
        told.add(phase);
      },
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
