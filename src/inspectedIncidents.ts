import { rowsBatch } from './ingest/httpBatch.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { IncidentWriter } from './quality/rules/incidentStore.ts';

/** Incidents of confirmed hits go in like anybody's rows: checked, counted in the journal, their facts derived after them. */
export const incidentsOver =
  ({ groups }: Pick<Ingest, 'groups'>): IncidentWriter =>
  async (row) => {
    const { rejected } = await groups.submit('incidents', rowsBatch([row], 'incidents'));
    return rejected.length === 0;
  };
