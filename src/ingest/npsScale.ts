import { type Mapping, vouchesForNps } from './mapping.ts';
import { Refused } from './source.ts';
import type { Stage } from './stage.ts';

/** So many answers on a scale of 0 to 10 have a 0 or a 10 among them: in practice about every fourth is one. */
const answersToTell = 100;

/**
 * A file of ratings asked on a scale of 1 to 9 would pass row by row and make a net promoter score that means nothing. The file as a
 * whole shows it. Rows that come by HTTP are no file: a batch may be small or one-sided. @throws Refused
 */
export async function refuseOtherNpsScale({ connection, rows }: Stage, mapping: Mapping | null): Promise<void> {
  if (vouchesForNps(mapping)) return;
  const [row] = await connection.query<{ answers: string; least: number | null; most: number | null }>(
    `SELECT toString(count(nps)) AS answers, min(nps) AS least, max(nps) AS most FROM ${rows}`,
  );
  if (!row || Number(row.answers) < answersToTell || row.least === null || row.most === null) return;
  if (Number(row.least) >= 1 && Number(row.most) <= 9) throw new Refused('npsScale', 'nps');
}
