import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { TooMany } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { type Queryable, transaction } from '../../platform/transaction.ts';
import { monthOf } from '../inspections/factsStore.ts';
import type { KeptAssistant } from './assistantStore.ts';
import type { Outcome } from './schemas.ts';

const minuteMs = 60_000;

/**
 * Writes a request down before it leaves, and into the audit log; only one at a time, so that many at once stay within the limits too. Throws
 * TooMany `assistant.budget` where the month has no room for it, `assistant.rate` where the last minute was full.
 */
export async function reserveRequest(
  deps: Deps,
  actor: Actor,
  limits: Pick<KeptAssistant, 'budgetKind' | 'budget' | 'perMinute'>,
  request: { readonly task: number; readonly model: string; readonly tokensMost: number },
): Promise<number> {
  const at = new Date(deps.now());
  const month = monthOf(at.toISOString(), deps.timeZone);
  return transaction(deps.stores.postgres, async (connection) => {
    await connection.query(`SELECT pg_advisory_xact_lock(hashtext('assistant requests'))`);
    const used = await usedIn(connection, month);
    const after = limits.budgetKind === 'calls' ? used.calls + 1 : used.tokens + request.tokensMost;
    if (after > limits.budget) throw new TooMany('assistant.budget', { month });
    const { rows } = await connection.query<{ count: number; first: Date | null }>(
      'SELECT count(*)::int AS count, min(at) AS first FROM assistant_requests WHERE at > $1',
      [new Date(at.getTime() - minuteMs)],
    );
    const [recent] = rows;
    if (recent?.first && recent.count >= limits.perMinute) {
      const wait = Math.ceil((recent.first.getTime() + minuteMs - at.getTime()) / 1000);
      throw new TooMany('assistant.rate', { retryAfterSeconds: Math.max(1, wait) });
    }
    const inserted = await connection.query<{ id: string }>(
      `INSERT INTO assistant_requests (at, month, task_id, by_id, by_name, model, outcome, tokens)
       VALUES ($1, $2, $3, $4, $5, $6, 'sent', $7) RETURNING id`,
      [at, month, request.task, actor.userId, actor.name, request.model, request.tokensMost],
    );
    await audit(deps, actor, 'assistant.sent', `${request.task} ${request.model}`, connection);
    return Number(inserted.rows[0]?.id);
  });
}

/** How it ended. `tokens`: as the endpoint counted them; null keeps what was reserved. */
export async function endRequest(
  postgres: Queryable,
  id: number,
  end: { outcome: Outcome; status: number | null; tokens: number | null; durationMs: number },
): Promise<void> {
  await postgres.query(
    'UPDATE assistant_requests SET outcome = $2, status = $3, tokens = coalesce($4, tokens), duration_ms = $5 WHERE id = $1',
    [id, end.outcome, end.status, end.tokens, end.durationMs],
  );
}

/** What a month has used: every request that left, whatever came back. */
export async function usedIn(postgres: Queryable, month: string): Promise<{ calls: number; tokens: number }> {
  const { rows } = await postgres.query<{ calls: string; tokens: string }>(
    'SELECT count(*) AS calls, coalesce(sum(tokens), 0) AS tokens FROM assistant_requests WHERE month = $1',
    [month],
  );
  return { calls: Number(rows[0]?.calls), tokens: Number(rows[0]?.tokens) };
}

export interface RequestRow {
  readonly id: number;
  readonly at: Date;
  readonly task: number;
  readonly by: string;
  readonly outcome: Outcome;
  readonly status: number | null;
  readonly tokens: number;
  readonly durationMs: number | null;
}

/** The last ones, newest first. */
export async function lastRequests(postgres: Queryable, limit: number): Promise<RequestRow[]> {
  const { rows } = await postgres.query<RequestRow>(
    `SELECT id::int AS id, at, task_id::int AS task, by_name AS by, outcome, status, tokens::int AS tokens, duration_ms AS "durationMs"
     FROM assistant_requests ORDER BY id DESC LIMIT $1`,
    [limit],
  );
  return rows;
}
