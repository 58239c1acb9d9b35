import { z } from 'zod';
import { incidentKey, lastOf } from '../../metrics/relationParts.sql.ts';
import type { ClickHouse } from '../../platform/clickhouse.ts';
import type { Queryable } from '../../platform/transaction.ts';

const rowSchema = z.object({
  agent_id: z.string(),
  at: z.string(),
  item: z.string(),
  severity: z.string(),
  incident_id: z.string(),
  session_id: z.string(),
});
type IncidentRow = z.infer<typeof rowSchema>;

/** The last version of an incident as the import takes it, by the id that cards know it by; null where there is none. */
export async function incidentRowOf(
  clickhouse: ClickHouse,
  agentId: string,
  incidentId: string,
): Promise<IncidentRow | null> {
  const [row] = await clickhouse.all.query(
    `SELECT toString(agent_id) AS agent_id, concat(replaceOne(toString(incidents.at), ' ', 'T'), 'Z') AS at, toString(item) AS item,
       toString(severity) AS severity, incident_id, session_id
     FROM ${lastOf('incidents', incidentKey)} AS incidents
     WHERE agent_id = {agentId:String}
       AND if(incident_id = '', concat(item, ' ', toString(incidents.at)), incident_id) = {incidentId:String}`,
    { params: { agentId, incidentId }, rows: rowSchema },
  );
  return row ?? null;
}

/** Keeps a row that still has to go through the import. */
export async function queueIncident(
  connection: Queryable,
  row: IncidentRow & { readonly status: 'overturned'; readonly note: string },
): Promise<void> {
  await connection.query('INSERT INTO appeal_incidents (row) VALUES ($1)', [JSON.stringify(row)]);
}

export async function unsentIncidents(postgres: Queryable): Promise<{ readonly id: string; readonly row: object }[]> {
  const { rows } = await postgres.query<{ id: string; row: object }>(
    'SELECT id, row FROM appeal_incidents WHERE NOT sent ORDER BY id LIMIT 1000',
  );
  return rows;
}

export async function noteSent(postgres: Queryable, id: string): Promise<void> {
  await postgres.query('UPDATE appeal_incidents SET sent = true WHERE id = $1', [id]);
}
