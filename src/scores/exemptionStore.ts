import { z } from 'zod';
import type { Period } from '../metrics/period.ts';
import { audit } from '../people/audit.ts';
import type { Deps } from '../platform/http.ts';
import { type Queryable, transaction } from '../platform/transaction.ts';
import { exemptionCovers, exemptionReasons } from './exemptionSchemas.ts';
import type { Exemption } from './exemptions.ts';
import { grouped } from './grouped.ts';
import type { ScoreInput } from './scorecard.ts';

const rowSchema = z.object({
  id: z.string(),
  covers: z.enum(exemptionCovers),
  subject: z.string(),
  metrics: z.array(z.string()),
  firstDay: z.string(),
  lastDay: z.string(),
  reason: z.enum(exemptionReasons),
  note: z.string(),
  enteredAt: z.date(),
  enteredBy: z.string(),
  enteredName: z.string(),
  approvedAt: z.date().nullable(),
  approvedName: z.string().nullable(),
  withdrawnAt: z.date().nullable(),
  withdrawnName: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
  uses: z.number(),
});
/** One entry of the register; `uses` counts the cards on which it took effect. */
export type StoredExemption = z.infer<typeof rowSchema>;

const columns = `id, covers, subject, metrics, first_day::text AS "firstDay", last_day::text AS "lastDay", reason, note,
  entered_at AS "enteredAt", entered_by AS "enteredBy", entered_name AS "enteredName",
  approved_at AS "approvedAt", approved_name AS "approvedName",
  withdrawn_at AS "withdrawnAt", withdrawn_name AS "withdrawnName", withdrawn_reason AS "withdrawnReason",
  (SELECT count(*)::int FROM exemption_uses WHERE exemption_id = exemptions.id) AS uses`;

/** The whole register, latest days first. */
export async function readExemptions(postgres: Queryable): Promise<StoredExemption[]> {
  const { rows } = await postgres.query(`SELECT ${columns} FROM exemptions ORDER BY first_day DESC, entered_at DESC`);
  return rows.map((row) => rowSchema.parse(row));
}

export async function readExemption(postgres: Queryable, id: string): Promise<StoredExemption | null> {
  const { rows } = await postgres.query(`SELECT ${columns} FROM exemptions WHERE id = $1 FOR UPDATE`, [id]);
  return rows[0] === undefined ? null : rowSchema.parse(rows[0]);
}

export interface NewExemption
  extends Pick<
    StoredExemption,
    'id' | 'covers' | 'subject' | 'metrics' | 'firstDay' | 'lastDay' | 'reason' | 'note' | 'enteredBy' | 'enteredName'
  > {
  readonly at: Date;
}

export async function insertExemption(postgres: Queryable, entry: NewExemption): Promise<void> {
  await postgres.query(
    `INSERT INTO exemptions
       (id, covers, subject, metrics, first_day, last_day, reason, note, entered_at, entered_by, entered_name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[
        entry.id,
        entry.covers,
        entry.subject,
        entry.metrics,
        entry.firstDay,
        entry.lastDay,
        entry.reason,
        entry.note,
      ],
      ...[entry.at, entry.enteredBy, entry.enteredName],
    ],
  );
}

interface Decision {
  readonly at: Date;
  readonly by: string;
  readonly name: string;
}

export async function markApproved(postgres: Queryable, id: string, { at, by, name }: Decision): Promise<void> {
  await postgres.query('UPDATE exemptions SET approved_at = $2, approved_by = $3, approved_name = $4 WHERE id = $1', [
    ...[id, at, by, name],
  ]);
}

export async function markWithdrawn(
  postgres: Queryable,
  id: string,
  { at, by, name, reason }: Decision & { readonly reason: string },
): Promise<void> {
  await postgres.query(
    `UPDATE exemptions SET withdrawn_at = $2, withdrawn_by = $3, withdrawn_name = $4, withdrawn_reason = $5 WHERE id = $1`,
    [id, at, by, name, reason],
  );
}

/** The entries that take effect in a period: approved and not withdrawn, with a day in it. */
export async function approvedExemptions(postgres: Queryable, period: Period): Promise<Exemption[]> {
  const { rows } = await postgres.query<Exemption>(
    `SELECT id, covers, subject, metrics, first_day::text AS "firstDay", last_day::text AS "lastDay", reason
     FROM exemptions
     WHERE approved_at IS NOT NULL AND withdrawn_at IS NULL AND first_day <= $2 AND last_day >= $1
     ORDER BY approved_at, id`,
    [period.firstDay, period.lastDay],
  );
  return rows;
}

/**
 * Remembers on whose cards of a period entries took effect. The first time goes into the audit, one line for each entry; asking for
 * the same cards again adds nothing.
 */
export async function recordUses(
  deps: Pick<Deps, 'stores' | 'now'>,
  period: Period,
  inputs: ReadonlyMap<string, ScoreInput>,
): Promise<void> {
  const uses = [...inputs].flatMap(([agentId, { exempt }]) => {
    const days = Object.values(exempt ?? {}).flat();
    return [...new Set(days.flatMap(({ entry }) => entry ?? []))].map((entry) => ({ entry, agentId }));
  });
  if (uses.length === 0) return;
  await transaction(deps.stores.postgres, async (connection) => {
    const { rows } = await connection.query<{ entry: string }>(
      `INSERT INTO exemption_uses (exemption_id, agent_id, period, at)
       SELECT entry, agent_id, $3, $4 FROM unnest($1::text[], $2::text[]) AS used (entry, agent_id)
       ON CONFLICT DO NOTHING RETURNING exemption_id AS entry`,
      [uses.map(({ entry }) => entry), uses.map(({ agentId }) => agentId), period.text, new Date(deps.now())],
    );
    for (const [entry, some] of grouped(rows, (row) => row.entry))
      await audit(deps, heng, 'exemption.used', `${entry} ${period.text} (${some.length})`, connection);
  });
}

/** Who does what nobody asked for in person. */
const heng = { userId: 'heng', name: 'Heng' };
