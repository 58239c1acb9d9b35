import type { Queryable } from '../../platform/transaction.ts';

/** Who is still to be inspected about something that happened in this time (open tasks and disputes), each as `name (how many)`. */
export async function unfinishedIn(
  postgres: Queryable,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<string[]> {
  const { rows } = await postgres.query<{ name: string; count: number }>(
    `SELECT agent_name AS name, count(*)::int AS count FROM inspection_tasks
     WHERE happened_at >= $1 AND happened_at < $2 AND state IN ('open', 'disputed')
     GROUP BY agent_id, agent_name ORDER BY count DESC, name`,
    [new Date(fromMs), new Date(toMs)],
  );
  return rows.map(({ name, count }) => `${name} (${count})`);
}
