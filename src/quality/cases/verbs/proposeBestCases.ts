import { parsePeriod } from '../../../metrics/period.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { BadInput } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { weightyRules } from '../../rules/weightyStore.ts';
import { populationOf } from '../../sampling/populationStore.ts';
import { everything } from '../../sampling/verbs/readSamples.ts';
import { candidatesOf } from '../candidateStore.ts';
import { clearUnvoted, insertCase, noteWeek } from '../caseStore.ts';
import { type CaseCandidate, proposeCases } from '../proposeCases.ts';
import type { Proposed } from '../schemas.ts';
import { settledWeeks, type Week, weekOf } from '../weeks.ts';

/**
 * Proposes the best conversations of a week that is over and settled. Again it takes back what nobody voted for and fills up what is left
 * of the handful. Throws BadInput `case.week`.
 */
export async function proposeBestCases(deps: Deps, actor: Actor, monday: string): Promise<Proposed> {
  authorise(actor, 'case.write', everything);
  const week = weekOf(monday, deps.timeZone);
  const [latest] = settledWeeks(deps.now(), deps.timeZone, 1);
  if (!week || !latest || week.fromMs > latest.fromMs) throw new BadInput('case.week', { week: monday });
  const { known, candidates } = await candidatesIn(deps, week);
  const by = { at: new Date(deps.now()), who: actor.name };
  const proposed = await transaction(deps.stores.postgres, async (connection) => {
    await connection.query('SELECT pg_advisory_xact_lock(hashtext($1))', ['best cases']);
    const kept = await clearUnvoted(connection, week.monday);
    const chosen = proposeCases(candidates, kept);
    const first = 1 + Math.max(0, ...kept.map(({ place }) => place));
    for (const [i, each] of chosen.entries()) {
      const { agentName, shop, reason } = known(each.candidate.sessionId);
      const named = { ...each, agentName, shop, issue: reason, place: first + i };
      await insertCase(connection, week.monday, named, by);
    }
    await noteWeek(connection, week.monday, candidates.length, by);
    await audit(deps, actor, 'case.proposed', `${week.monday} ${chosen.length}`, connection);
    return chosen.length;
  });
  return { candidates: candidates.length, proposed };
}

/** Nothing that a weighty rule, a signal of gaming or a complaint speaks against. */
async function candidatesIn({ stores, timeZone }: Deps, week: Week) {
  const found = await candidatesOf(stores.clickhouse, week, await weightyRules(stores.postgres));
  const places = await populationOf(stores, {
    period: parsePeriod(week.days, timeZone),
    ...{
      timeZone,
      within: { agents: null, teams: null, shops: null },
      plan: { teams: [], shops: [], longMinutes: 1440 },
    },
    sessions: found.map(({ sessionId }) => sessionId),
  });
  const placeOf = new Map(places.map((place) => [place.sessionId, place]));
  const candidates = found.flatMap(({ startedMs, ...row }): CaseCandidate[] => {
    const place = placeOf.get(row.sessionId);
    if (!place || place.risks.some((risk) => risk !== 'long')) return [];
    return [{ ...row, startedMs: Number(startedMs), agentId: place.agentId, team: place.team }];
  });
  const known = (sessionId: string) => {
    const place = placeOf.get(sessionId);
    if (!place) throw new Error('a case without its place');
    return place;
  };
  return { candidates, known };
}
