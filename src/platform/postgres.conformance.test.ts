import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migratePostgres, whileMigrating } from './migratePostgres.ts';
import { startTestStores } from './testing.ts';
import { transaction } from './transaction.ts';

interface Opened {
  readonly postgres: pg.Pool;
  close(): Promise<void>;
}

/** The same cases, with the same results, on the embedded server and on that of DATABASE_URL. */
const ways: Record<string, () => Promise<Opened>> = {
  'the embedded server': startTestStores,
  ...(process.env.DATABASE_URL
    ? { 'the server of DATABASE_URL': () => openGiven(process.env.DATABASE_URL ?? '') }
    : {}),
};

async function openGiven(url: string): Promise<Opened> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Pool({ connectionString: url, max: 1 });
  await admin.query(`CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = name;
  const postgres = new pg.Pool({ connectionString: own.href, max: 10 });
  await whileMigrating(postgres, (client) => migratePostgres(client));
  return {
    postgres,
    async close() {
      await postgres.end();
      await admin.query(`DROP DATABASE ${name}`);
      await admin.end();
    },
  };
}

describe.each(Object.entries(ways))('PostgreSQL on %s', (_, open) => {
  let opened: Opened;
  let postgres: pg.Pool;
  beforeAll(async () => {
    opened = await open();
    postgres = opened.postgres;
    await postgres.query(
      'CREATE TABLE note (id bigint PRIMARY KEY, text text NOT NULL, at timestamptz, body jsonb, amount numeric)',
    );
  });
  afterAll(() => opened?.close());

  test('every migration is applied, and a second run has nothing to do', async () => {
    expect(await whileMigrating(postgres, (client) => migratePostgres(client))).toBe(0);
  });

  test('text, times, documents, large integers and decimals come back as they went', async () => {
    const row = {
      id: '9223372036854775807',
      text: `衡 it's \\ "quoted"\n`,
      at: new Date('2026-10-01T08:00:00.123Z'),
      body: { names: ['甲', '乙'], n: 1 },
      amount: '1234567890.123456789',
    };
    await postgres.query('INSERT INTO note VALUES ($1, $2, $3, $4, $5)', Object.values(row));
    expect((await postgres.query('SELECT * FROM note WHERE id = $1', [row.id])).rows).toEqual([row]);
  });

  test('text sorts by code point, the same on every server', async () => {
    const { rows } = await postgres.query(
      `SELECT text FROM unnest(ARRAY['b', 'a', 'B', '乙', '甲', 'Z', '_']) AS text ORDER BY text COLLATE "C"`,
    );
    expect(rows.map(({ text }) => text).join('')).toBe('BZ_ab乙甲');
  });

  test('each of many transactions among many plain queries sees its own rows only', async () => {
    await Promise.all(
      Array.from({ length: 200 }, async (_unused, n) => {
        if (n % 2 === 0) {
          const { rows } = await postgres.query('SELECT $1::int AS n, pg_sleep(0.001)', [n]);
          expect(rows[0].n).toBe(n);
          return;
        }
        await transaction(postgres, async (connection) => {
          await connection.query('INSERT INTO note (id, text) VALUES ($1, $2)', [n, `n${n}`]);
          const { rows } = await connection.query('SELECT text FROM note WHERE id = $1', [n]);
          expect(rows).toEqual([{ text: `n${n}` }]);
        });
      }),
    );
    expect((await postgres.query('SELECT count(*) FROM note WHERE id < 200')).rows).toEqual([{ count: '100' }]);
  });

  test('a transaction that throws leaves nothing, and its connection serves on', async () => {
    const failed = transaction(postgres, async (connection) => {
      await connection.query("INSERT INTO note (id, text) VALUES (1000, 'x')");
      await connection.query("INSERT INTO note (id, text) VALUES (1000, 'twice')");
    });
    await expect(failed).rejects.toMatchObject({ code: '23505' });
    expect((await postgres.query('SELECT 1 FROM note WHERE id = 1000')).rowCount).toBe(0);
  });

  test('two processes that migrate at once take turns', async () => {
    const order: string[] = [];
    const turn = (name: string) =>
      whileMigrating(postgres, async (client) => {
        order.push(`${name} begins`);
        await client.query('SELECT pg_sleep(0.05)');
        order.push(`${name} ends`);
      });
    await Promise.all([turn('a'), turn('b')]);
    expect(order.map((entry) => entry.split(' ')[1])).toEqual(['begins', 'ends', 'begins', 'ends']);
  });
});
