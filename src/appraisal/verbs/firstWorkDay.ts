import { z } from 'zod';
import type { CycleDeps } from '../cycleDeps.ts';

/** The local day of the first session or ticket; null where there is none. */
export async function firstWorkDay({ stores, timeZone }: CycleDeps): Promise<string | null> {
  const [row] = await stores.clickhouse.all.query(
    `SELECT ifNull(toString(toDate32(min(at), {tz:String})), '') AS day FROM (
       SELECT minOrNull(started_at) AS at FROM session_facts UNION ALL SELECT minOrNull(created_at) AS at FROM ticket_facts
     )`,
    { params: { tz: timeZone }, rows: z.object({ day: z.string() }) },
  );
  return row?.day ? row.day : null;
}
