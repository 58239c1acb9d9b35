import { z } from 'zod';
import type { Queryable } from '../platform/transaction.ts';

const row = z.object({
  period: z.string(),
  copy: z.string(),
  closedAt: z.date(),
  closedName: z.string(),
  metrics: z.string(),
  people: z.number(),
});
/** What a period was closed with. `metrics` is the list of metrics its plans were read with, as canonical JSON. */
export type Closing = z.infer<typeof row>;

export async function readClosing(postgres: Queryable, period: string): Promise<Closing | null> {
  const { rows } = await postgres.query(
    `SELECT period, copy, closed_at AS "closedAt", closed_name AS "closedName", metrics, people FROM closings WHERE period = $1`,
    [period],
  );
  return rows[0] === undefined ? null : row.parse(rows[0]);
}

export interface NewClosing {
  readonly period: string;
  readonly copy: string;
  readonly at: Date;
  readonly by: { readonly userId: string; readonly name: string };
  readonly metrics: string;
  readonly plans: readonly { readonly id: string; readonly version: number; readonly hash: string }[];
  readonly calendar: readonly unknown[];
  readonly exemptions: readonly unknown[];
  readonly people: number;
}

export async function insertClosing(connection: Queryable, closing: NewClosing): Promise<void> {
  const { period, copy, at, by, metrics, plans, calendar, exemptions, people } = closing;
  await connection.query(
    `INSERT INTO closings (period, copy, closed_at, closed_by, closed_name, metrics, plans, calendar, exemptions, people)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[period, copy, at, by.userId, by.name, metrics],
      ...[JSON.stringify(plans), JSON.stringify(calendar), JSON.stringify(exemptions), people],
    ],
  );
}
