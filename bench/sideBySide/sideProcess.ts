// One side in a process of its own: `sideProcess.js NAME FILES DATA`. Each message names a method; the answer says how long it took.
import type { Side, SideName } from './side.ts';

const [name, files = '', data = ''] = process.argv.slice(2);
const modules = {
  postgresql: () => import('./postgresql.ts'),
  heng: () => import('./heng.ts'),
  duckdb: () => import('./duckdb.ts'),
} as const;

const { openSide } = await modules[name as SideName]();
const side = await openSide({ files, data });

process.on('message', async ({ method, args }: { method: keyof Side | 'version'; args: readonly unknown[] }) => {
  const begun = performance.now();
  try {
    const value =
      method === 'version' ? side.version : await (side[method] as (...given: unknown[]) => Promise<unknown>)(...args);
    const ms = Math.round((performance.now() - begun) * 100) / 100;
    process.send?.({ value, ms });
  } catch (error) {
    process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
process.on('disconnect', () => process.exit());
process.send?.({ value: 'ready', ms: 0 });
