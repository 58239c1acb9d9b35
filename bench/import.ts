import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { importFiles } from '../src/ingest/importFiles.ts';
import { openStores, type Stores } from '../src/platform/stores.ts';
import type { Result } from './figure.ts';

const rows = 5_000_000;
const rounds = 3;

/** Twelve messages to a session, sixty agents, times with zone and milliseconds, Chinese text: some 650 MB of CSV. */
const generate = `SELECT
    concat('S', toString(1000000 + intDiv(number, 12))) AS session_id,
    concat('M', toString(number)) AS message_id,
    concat(formatDateTime(toDateTime64('2026-10-01 08:00:00', 3, 'UTC') + intDiv(number, 12) * 0.4 + number % 12 * 17.321, '%FT%T.%f', 'UTC'), '+08:00') AS at,
    if(number % 2 = 0, 'customer', 'agent') AS sender,
    if(number % 2 = 0, concat('c', toString(intDiv(number, 12) % 400000)), concat('agent', toString(intDiv(number, 12) % 60))) AS sender_id,
    concat(['您好，请问有什么可以帮您？', '空调不制冷了，怎么办', '好的，我这边帮您登记一下，师傅会在24小时内与您联系', '谢谢', '这个订单什么时候能发货呢？已经三天了还没有动静', '您好，您的工单已经转给安装部门，请保持电话畅通'][1 + cityHash64(number) % 6], toString(number)) AS text,
    'false' AS auto, 'text' AS kind
  FROM numbers(${rows}) FORMAT CustomSeparatedWithNames
  SETTINGS format_custom_escaping_rule = 'Raw', format_custom_field_delimiter = ','`;

/** A messages CSV through every check, against the engine loading the same bytes into the same table without any. */
export async function run(): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'heng-bench-'));
  const stores = await openStores({ dataDir: join(folder, 'data') });
  try {
    const path = join(folder, 'messages.csv');
    await pipeline(await firstOf(stores).stream(generate), createWriteStream(path));
    await firstOf(stores).command(
      `INSERT INTO agents (agent_id, name) SELECT concat('agent', toString(number)), 'x' FROM numbers(60)`,
    );
    const bare: number[] = [];
    const checked: number[] = [];
    const resident: number[] = [];
    for (let round = 0; round < rounds; round++) {
      bare.push(await bareLoad(stores, path));
      const { seconds, megabytes } = await checkedImport(stores, path);
      checked.push(seconds);
      resident.push(megabytes);
    }
    const ratio = median(bare) / median(checked);
    const megabytes = Math.max(...resident);
    return {
      name: 'importing a 5-million-row messages CSV',
      figures: [
        { what: 'bare load', value: round2(median(bare)), unit: 's', reach: '', ok: true },
        { what: 'import with every check', value: round2(median(checked)), unit: 's', reach: '', ok: true },
        { what: 'bare load / import', value: round2(ratio), unit: '', reach: '≥ 0.5', ok: ratio >= 0.5 },
        { what: 'memory of Node', value: megabytes, unit: 'MB', reach: '≤ 400', ok: megabytes <= 400 },
      ],
    };
  } finally {
    await stores.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bareLoad(stores: Stores, path: string): Promise<number> {
  const shard = firstOf(stores);
  await shard.command('DROP TABLE IF EXISTS bare SYNC');
  await shard.command('CREATE TABLE bare AS messages');
  const begun = performance.now();
  await shard.insert('INSERT INTO bare FORMAT CSVWithNames', createReadStream(path, { highWaterMark: 1 << 20 }), {
    settings: { date_time_input_format: 'best_effort' },
  });
  const seconds = (performance.now() - begun) / 1000;
  const [count] = await shard.query<{ n: string }>('SELECT count() AS n FROM bare');
  if (Number(count?.n) !== rows) throw new Error(`bare load: ${count?.n} rows`);
  await shard.command('DROP TABLE bare SYNC');
  return seconds;
}

async function checkedImport(stores: Stores, path: string): Promise<{ seconds: number; megabytes: number }> {
  await firstOf(stores).command('TRUNCATE TABLE messages');
  let resident = 0;
  const watch = setInterval(() => {
    resident = Math.max(resident, process.memoryUsage().rss);
  }, 20);
  const begun = performance.now();
  const deps = { stores, now: () => Date.UTC(2026, 10, 22), timeZone: 'Asia/Shanghai' };
  const report = await importFiles(deps, { paths: [path], source: 'files', by: 'bench' });
  const seconds = (performance.now() - begun) / 1000;
  clearInterval(watch);
  if (report.files[0]?.accepted !== rows) throw new Error(`import: ${JSON.stringify(report.files)}`);
  return { seconds, megabytes: Math.round(resident / 1e6) };
}

function firstOf(stores: Stores) {
  const [shard] = stores.clickhouse.shards;
  if (!shard) throw new Error('ClickHouse without a shard');
  return shard;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

const round2 = (value: number): number => Math.round(value * 100) / 100;
