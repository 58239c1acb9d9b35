import { z } from 'zod';
import { monthsOf } from '../../metrics/months.ts';
import type { Period } from '../../metrics/period.ts';
import { excludedX, incidentKey, lastOf } from '../../metrics/relationParts.sql.ts';
import type { ScopeFilter } from '../../people/authorise.ts';
import { BadInput } from '../../platform/errors.ts';
import type { Stores } from '../../platform/stores.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { weightyRules } from '../rules/weightyStore.ts';
import type { Candidate } from './drawSample.ts';
import { riskKinds, type SamplePlan } from './samplePlan.ts';

/** A draw that would have to hold more than this in memory is refused. */
const populationMax = 500_000;
const lowRating = 2;
const voiceChannels = ['phone', 'voice', 'call', 'tel', '电话', '语音', '热线'];

const row = z.object({
  sessionId: z.string(),
  agentId: z.string(),
  agentName: z.string(),
  team: z.string(),
  shop: z.string(),
  tier: z.string(),
  daysEmployed: z.number().nullable(),
  channel: z.string(),
  hour: z.number(),
  reason: z.string(),
  voice: z.boolean(),
  risks: z.array(z.enum(riskKinds)),
  at: z.string(),
});

export interface Asked {
  /** null: of single conversations nothing is looked up that is kept by period, which is the signals of gaming. */
  readonly period: Period | null;
  readonly timeZone: string;
  readonly plan: Pick<SamplePlan, 'teams' | 'shops' | 'longMinutes'>;
  readonly within: ScopeFilter;
  /** These only, whatever their period: what is known of single conversations. */
  readonly sessions?: readonly string[];
}

/**
 * The conversations that can be drawn: replied to, not excluded, owned by somebody, of the plan's teams and shops and within the scope of
 * whoever draws. Throws BadInput `sample.populationTooLarge`.
 */
export async function populationOf({ clickhouse, postgres }: Stores, asked: Asked): Promise<Candidate[]> {
  const { period, plan, within, timeZone, sessions } = asked;
  const [weighty, gamed] = await Promise.all([weightyRules(postgres), gamedSessions(postgres, period)]);
  const rows = await clickhouse.all.query(
    `SELECT session_id AS sessionId, owner AS agentId, if(member_name = '', owner, member_name) AS agentName, toString(member_team) AS team,
       if(of_shop = '', toString(member_shop), of_shop) AS shop, toString(member_tier) AS tier,
       if(member_hired IS NULL, NULL, toInt32(dateDiff('day', assumeNotNull(member_hired), toDate32(started_at, {tz:String})))) AS daysEmployed,
       of_channel AS channel, toHour(toTimeZone(started_at, {tz:String})) AS hour, of_issue AS reason,
       toBool(has({voice:Array(String)}, lower(of_channel))) AS voice,
       arrayFilter(risk -> risk != '', [
         if(session_id GLOBAL IN (SELECT session_id FROM ${lastOf('incidents', incidentKey)} WHERE status = 'pending' AND session_id != '')
           OR session_id GLOBAL IN (${standingHits}), 'hit', ''),
         if(rating_score <= ${lowRating}, 'lowRating', ''),
         if(dateDiff('minute', started_at, closed_at) >= {long:UInt32}, 'long', ''),
         if(session_id GLOBAL IN (SELECT session_id FROM ticket_facts FINAL WHERE kind = 'complaint' AND session_id != ''), 'complaint', '')
       ]) AS risks,
       formatDateTime(started_at, '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS at
     FROM (
       SELECT session_id, toString(owner_agent_id) AS owner, toString(shop) AS of_shop, toString(channel) AS of_channel,
         toString(issue) AS of_issue, started_at, closed_at, ifNull(rating_score, 5) AS rating_score
       FROM session_facts FINAL
       WHERE owner_agent_id != '' AND if({these:UInt8}, has({sessions:Array(String)}, session_id),
         replied AND NOT ${excludedX} AND started_at >= fromUnixTimestamp64Milli({from:Int64}) AND started_at < fromUnixTimestamp64Milli({to:Int64}))
     ) AS talks
     GLOBAL ASOF LEFT JOIN (
       SELECT agent_id AS member, valid_from, name AS member_name, team AS member_team, shop AS member_shop, tier AS member_tier, hired_on AS member_hired
       FROM agent_history
     ) AS history ON talks.owner = history.member AND talks.started_at >= history.valid_from
     WHERE (empty({teams:Array(String)}) OR has({teams:Array(String)}, team)) AND (empty({shops:Array(String)}) OR has({shops:Array(String)}, shop))
       AND ({allAgents:UInt8} OR has({myAgents:Array(String)}, owner)) AND ({allTeams:UInt8} OR has({myTeams:Array(String)}, team))
       AND ({allShops:UInt8} OR has({myShops:Array(String)}, shop))
     ORDER BY session_id
     LIMIT ${populationMax + 1}`,
    {
      params: {
        ...{ tz: timeZone, voice: voiceChannels, from: String(period?.fromMs ?? 0), to: String(period?.toMs ?? 0) },
        ...{ weighty, long: plan.longMinutes },
        ...{ teams: plan.teams, shops: plan.shops, these: sessions ? 1 : 0, sessions: sessions ?? [] },
        ...{ allAgents: within.agents ? 0 : 1, myAgents: within.agents ?? [] },
        ...{ allTeams: within.teams ? 0 : 1, myTeams: within.teams ?? [] },
        ...{ allShops: within.shops ? 0 : 1, myShops: within.shops ?? [] },
      },
      rows: row,
    },
  );
  if (rows.length > populationMax) throw new BadInput('sample.populationTooLarge', { most: populationMax });
  return rows.map((each) => (gamed.has(each.sessionId) ? { ...each, risks: ['gaming', ...each.risks] } : each));
}

/** The same of single conversations, whatever their period and however they were excluded. */
export function candidatesById(
  { stores, timeZone }: { stores: Stores; timeZone: string },
  sessions: readonly string[],
  within: ScopeFilter,
): Promise<Candidate[]> {
  return populationOf(stores, {
    period: null,
    timeZone,
    within,
    sessions,
    plan: { teams: [], shops: [], longMinutes: 30 },
  });
}

/** Conversations in which a weighty rule found something that nobody has overturned. */
const standingHits = `
           SELECT session_id FROM rule_hits FINAL
           WHERE live = 1 AND has({weighty:Array(String)}, toString(rule)) AND (session_id, toString(rule), message_key) GLOBAL NOT IN (
             SELECT session_id, toString(rule), message_key FROM hit_labels FINAL WHERE label = 'overturned')`;

/** Conversations that the last run of the signals named as evidence; they are kept month by month, and a period may touch several. */
async function gamedSessions(postgres: Queryable, period: Period | null): Promise<ReadonlySet<string>> {
  if (period === null) return new Set();
  const { rows } = await postgres.query<{ id: string }>(
    `SELECT DISTINCT evidence->>'id' AS id
     FROM signal_findings f JOIN (SELECT period, max(version) AS version FROM signal_runs WHERE period = ANY($1) GROUP BY period) AS last
         USING (period, version), jsonb_array_elements(f.finding->'evidence') AS evidence
     WHERE evidence->>'kind' = 'session'`,
    [monthsOf(period)],
  );
  return new Set(rows.map(({ id }) => id));
}
