import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { silentLog } from '../platform/log.ts';
import type { TestStores } from '../platform/testing.ts';
import { transaction } from '../platform/transaction.ts';
import { appendEntries, type LedgerEntry } from './appendEntries.ts';
import type { LedgerDeps } from './keepLedger.ts';
import { sha256Hex } from './ledgerContent.ts';

/** 2026-11-30 16:00 in Shanghai. */
export const testNow = Date.parse('2026-11-30T08:00:00Z');

/** A ledger over test stores, with a data directory of its own for the key. */
export function testLedger(stores: TestStores, options: Partial<LedgerDeps['ledger']> = {}): LedgerDeps {
  const dataDir = mkdtempSync(join(tmpdir(), 'heng-test-ledger-'));
  return {
    stores: { ...stores, dataDir },
    now: () => testNow,
    log: silentLog,
    ledger: { key: null, publicUrl: 'https://heng.example', anchors: [], ...options },
  };
}

export const appealEntry = (n: number, agentId = 'k1'): LedgerEntry => ({
  record: {
    kind: 'appealDecided',
    ...{ appealId: `a${n}`, period: '2026-10', agentId, item: null, decision: 'upheld' },
    ...{ decidedBy: '王主管', reasonHash: sha256Hex('看了录音'), scorecard: null },
  },
});

export const append = ({ stores, now }: LedgerDeps, entries: readonly LedgerEntry[]): Promise<string[]> =>
  transaction(stores.postgres, (connection) => appendEntries(connection, entries, { now }));

/** The pool of a process that is killed after so many statements: nothing after that reaches the database, not even a rollback. */
export function killedAfter(pool: pg.Pool, statements: number): pg.Pool {
  let left = statements;
  const counting = <Asked extends object>(asked: Asked, connected: (client: object) => object): Asked =>
    new Proxy(asked, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          if (name === 'query' && left-- <= 0) throw new Error('killed');
          const result: unknown = await value.apply(target, args);
          return name === 'connect' ? connected(result as object) : result;
        };
      },
    });
  return counting(pool, (client) => counting(client, (other) => other));
}
