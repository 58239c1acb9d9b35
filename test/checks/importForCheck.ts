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

/**
 * Made-up results of the inspection of text for every session and marked words for some: what the models would say is no part of what
 * the checks compare, what becomes of it is.
 */
export async function inspectAtRandom({ clickhouse: { all } }: TestStores): Promise<void> {
  await all.command(
    `INSERT INTO inspected_sessions (session_id, shop, channel, queue, issue, started_at, closed_at, owner_agent_id, counted,
       slice_agent_id, slice_replies, slice_personal, slice_tokens, slice_negative_tokens, slice_feeling, version)
     SELECT session_id, shop, channel, queue, issue, started_at, closed_at, owner_agent_id, NOT (bot_only OR test OR no_customer_message OR outage),
       slice_agent_id, slice_replies,
       arrayMap((a, n) -> toUInt32(cityHash64(session_id, a) % (n + 1)), slice_agent_id, slice_replies),
       arrayMap(a -> toUInt32(cityHash64('t', session_id, a) % 60), slice_agent_id),
       arrayMap(a -> toUInt32(cityHash64('n', session_id, a) % 3), slice_agent_id),
       arrayMap(a -> if(cityHash64('f', session_id, a) % 5 = 0, NULL, toUInt16(cityHash64('g', session_id, a) % 10001)), slice_agent_id), 2
     FROM session_facts FINAL`,
  );
  // A session that was inspected twice counts by its last inspection, one that is gone not at all.
  await all.command(
    `INSERT INTO inspected_sessions (session_id, started_at, counted, slice_agent_id, slice_replies, slice_personal, slice_tokens, slice_negative_tokens, slice_feeling, version, gone)
     SELECT session_id, started_at, true, slice_agent_id, slice_replies, slice_replies, slice_replies, slice_replies, arrayMap(a -> toNullable(toUInt16(1)), slice_agent_id), if(cityHash64(session_id) % 7 = 0, 4, 1), cityHash64(session_id) % 14 = 0
     FROM session_facts FINAL`,
  );
  await all.command(
    `INSERT INTO hit_labels (session_id, rule, message_key, agent_id, label, by_words, labelled_at, version)
     SELECT session_id, 'rule', number, owner_agent_id, ['confirmed', 'overturned', 'missed'][1 + cityHash64(session_id, number) % 3],
       cityHash64('w', session_id) % 4 != 0, closed_at, 1 + number
     FROM (SELECT * FROM session_facts FINAL) AS facts CROSS JOIN numbers(2) AS twice`,
  );
}
