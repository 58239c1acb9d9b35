import { expect, test } from 'vitest';
import { marked } from './clickhouse.ts';
import { connected } from './externalClickhouse.ts';

const server = (host: string) => () => ({ url: `http://${host}:8123`, username: 'x', password: '' });

test('where tables replicate, one that all shards share is changed on a single server, and each shard knows its other servers', () => {
  const layout = { kind: 'replicated', cluster: 'prod', local: 'heng', all: 'heng_all' } as const;
  const { clickhouse } = connected({
    ...{ layout, local: 'heng', all: 'heng_all', servers: [server('a1')], shards: [server('a1'), server('b1')] },
    replicas: [[server('a2')], [server('b2'), server('b3')]],
  });
  for (const { shards, everywhere } of [
    clickhouse,
    marked(clickhouse, 'writers', async () => undefined),
    clickhouse.copies.open('x'),
  ]) {
    expect(shards.map(({ replicas }) => replicas.length)).toEqual([2, 3]);
    expect(everywhere).toHaveLength(1);
    expect(everywhere[0]).toBe(shards[0]);
  }
});

test('where nothing replicates, a table that is kept everywhere is changed on every shard', () => {
  const layout = { kind: 'shards', cluster: 'c', everywhere: 'e', local: 'heng', all: 'heng_all' } as const;
  const servers = [server('a'), server('b')];
  const { clickhouse } = connected({ layout, local: 'heng', all: 'heng_all', servers, shards: servers });
  for (const { shards, everywhere } of [
    clickhouse,
    marked(clickhouse, 'writers', async () => undefined),
    clickhouse.copies.open('x'),
  ]) {
    expect(everywhere).toEqual(shards);
    expect(shards.flatMap(({ replicas }) => replicas)).toEqual([]);
  }
});
