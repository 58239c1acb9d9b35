// Runs libchdb as a ClickHouse server until its parent goes. Plain JavaScript: it is started by path, from src/ and dist/ alike.
import { createRequire } from 'node:module';
import { DataType, load, open } from 'ffi-rs';

process.umask(0o077);
// process.exit() would wait for the engine's threads for ever, and leave an orphan.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
if (!process.connected) process.kill(process.pid, 'SIGKILL');

// ffi-rs, not koffi: the engine refuses a stack that is not the thread's own.
open({ library: 'chdb', path: createRequire(import.meta.url)('chdb/libchdb').libchdbPath() });
const [listeners, ...options] = process.argv.slice(2);
const listen = listeners.split(',').map((protocol) => `SYSTEM START LISTEN ${protocol};`);
const argv = [
  'clickhouse',
  ...options,
  '--multiquery',
  `--query=${listen.join(' ')} SELECT sleepEachRow(3) FROM numbers(1000000000) SETTINGS function_sleep_max_microseconds_per_block=0, max_block_size=1 FORMAT Null`,
];
const result = await load({
  library: 'chdb',
  funcName: 'query_stable_v2',
  runInNewThread: true,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [argv.length, argv],
  retType: {
    buf: DataType.External,
    len: DataType.BigInt,
    vec: DataType.External,
    elapsed: DataType.Double,
    rows: DataType.BigInt,
    bytes: DataType.BigInt,
    err: DataType.String,
  },
});
console.error(result?.err || 'the engine returned');
process.kill(process.pid, 'SIGKILL');
