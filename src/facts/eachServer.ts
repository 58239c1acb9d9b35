import type { ClickHouseConnection } from '../platform/clickhouse.ts';

/** Does something on every server at once: shards do not wait for one another, each works on what is its own. */
export async function eachServer(
  servers: readonly ClickHouseConnection[],
  work: (server: ClickHouseConnection) => Promise<unknown>,
): Promise<void> {
  await allEnded(servers.map(work));
}

/**
 * Waits until all of it has ended, then throws the first failure there was. Promise.all throws at once: whatever still ran would go on
 * after the lock of the derivation is given back, amid the next one.
 */
export async function allEnded<Works extends readonly Promise<unknown>[] | []>(
  works: Works,
): Promise<{ -readonly [Each in keyof Works]: Awaited<Works[Each]> }> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
