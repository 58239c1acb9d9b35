import { type Dimension, figureOf, type MetricRow } from '../metrics/metricValue.ts';
import type { Period } from '../metrics/period.ts';
import type { PersonMix } from './caseMix.ts';
import { type Exemption, exemptDaysOf, isCovered, volumesBy } from './exemptions.ts';
import { grouped } from './grouped.ts';
import { latestAssessments } from './latestAssessments.ts';
import { mergeFigures } from './mergeFigures.ts';
import {
  type Employment,
  employments,
  type Person,
  type PromotionDay,
  peopleIn,
  promotionDays,
  promotionsAt,
} from './organisation.ts';
import type { TierKey } from './planAmounts.ts';
import { namesMetric } from './planMetric.ts';
import { type PlanNeeds, planNeeds } from './planNeeds.ts';
import type { ResolvedPlan } from './resolvePlan.ts';
import type { ScoreInput, ScoreValue } from './scorecard.ts';
import type { ScoreDeps } from './scoreDeps.ts';
import { agentsThemselves, newHiresOf, teamsOfManagers } from './subjects.ts';
import { targetDays } from './targetDays.ts';

type Rows = ReadonlyMap<string, readonly MetricRow[]>;

/**
 * Everything the plan looks at, for each of these people, in as few queries as there are kinds of slices: by agent (or team), by
 * priority, by day only where a target changes by the day or a day does not count, and one per assessed period that still has to
 * be looked at. Who has no card by this plan is left out.
 */
export async function gatherInputs(
  deps: ScoreDeps,
  plan: ResolvedPlan,
  period: Period,
  people: readonly Person[],
  exemptions: readonly Exemption[] = [],
): Promise<ReadonlyMap<string, ScoreInput>> {
  if (people.length === 0) return new Map();
  const facts = await deps.facts(period);
  const needs = planNeeds(plan);
  const ofTeams = plan.plan.appraises === 'team';
  const presence = plan.plan.presence;
  const [employed, everybody, promotions] = await Promise.all([
    ofTeams || presence?.firstPartMonth ? employments(facts, period) : new Map<string, Employment>(),
    ofTeams ? peopleIn(facts, period) : [],
    promotionDays(facts, period),
  ]);
  const subjects = ofTeams
    ? teamsOfManagers(everybody, employed, people, mentorMonths(plan), period)
    : agentsThemselves(people);
  const ask = async (by: Dimension, also: readonly Dimension[], metrics: readonly string[]): Promise<Rows> => {
    if (metrics.length === 0 || subjects.behind.size === 0) return new Map();
    const rows = await deps.figures({ period, by: [by, ...also], metrics });
    return grouped(rows, ({ key }) => key[by] ?? '');
  };
  const { dimension } = subjects;
  const excluded = promotions.length > 0 ? needs.excluded : [];
  const daily = dailyMetrics(plan, needs, { excluded, promotions, exemptions });
  const agents = people.map(({ agentId }) => agentId);
  const [figures, split, days, dayParts, ofTeam, tiers, attended, latest, incidents, mixes] = await Promise.all([
    ask(dimension, [], needs.period),
    ask(dimension, ['priority'], needs.byPriority),
    ask(dimension, ['day'], daily),
    ask(
      dimension,
      ['day', 'priority'],
      daily.filter((metric) => needs.byPriority.includes(metric)),
    ),
    ask('team', [], needs.ofTeam),
    ofTeams ? ask('agent', [], needs.byTier) : new Map<string, MetricRow[]>(),
    presence?.attendanceBelow === undefined ? new Map<string, MetricRow[]>() : ask('agent', [], ['attendance_rate']),
    latestAssessments(deps, period, { facts, metrics: needs.latest, agents }),
    deps.incidents(
      period,
      [...plan.vetoes, ...plan.starVetoes, ...needs.charged],
      people.length > deps.batch ? [] : agents,
    ),
    Promise.all(
      needs.standardised.map(async (metric) => ({
        metric,
        mix: await deps.caseMix({ period, metric, byDay: daily.includes(metric) }),
      })),
    ),
  ]);
  const inputOf = (person: Person): ScoreInput | null => {
    const { agentId } = person;
    const behind = subjects.behind.get(agentId);
    if (!behind) return null;
    const own = promotionsAt(person.shop, promotions);
    const rowsOf = (rows: Rows) => behind.flatMap((key) => rows.get(key) ?? []);
    const merged = (rows: Rows) => mergeRows(plan, rowsOf(rows), behind.length);
    const dayRows = merged(days);
    const partRows = merged(dayParts);
    const byDay = grouped(dayRows, ({ metric }) => metric);
    const byDayPart = grouped(partRows, ({ metric }) => metric);
    const exempt = exemptDaysOf(
      new Map([...byDay].map(([metric, some]) => [metric, { days: some, parts: byDayPart.get(metric) ?? [] }])),
      exemptions.filter((entry) => (ofTeams ? coversTeam(entry, behind) : isCovered(entry, person))),
      { metrics: excluded, promotions: own },
    );
    const found = incidents.get(agentId) ?? [];
    const mentees = ofTeams ? newHiresOf(agentId, everybody, employed, mentorMonths(plan), period) : [];
    return {
      targets: 2,
      values: { ...valuesOf(merged(figures)), ...valuesOf(ofTeam.get(person.team) ?? []), ...latest.get(agentId) },
      byPriority: partsOf(merged(split)),
      ...(mixes.length > 0 ? { caseMix: mixOf(mixes, agentId, exempt) } : {}),
      days: targetDays(plan, needs, dayRows, own),
      tier: person.tier,
      promotion: own.length > 0,
      vetoes: found
        .filter(({ incident }) => plan.vetoes.has(incident) || plan.starVetoes.has(incident))
        .map(({ incident, incidentId, at }) => ({ incident, incidentId, at })),
      incidents: found.filter(({ incident }) => needs.charged.includes(incident)),
      ...(Object.keys(exempt).length > 0 ? { exempt } : {}),
      ...(ofTeams ? { tierVolumes: tierVolumes(needs, tiers, everybody, behind) } : {}),
      ...(presence
        ? {
            presence: {
              attendance: attended.get(agentId)?.[0]?.value ?? null,
              firstPartMonth: isFirstPartMonth(employed.get(agentId), period),
            },
          }
        : {}),
      ...(mentees.length > 0 ? { mentored: mentees } : {}),
    };
  };
  return new Map(
    people.flatMap((person): [string, ScoreInput][] => {
      const input = inputOf(person);
      return input ? [[person.agentId, input]] : [];
    }),
  );
}

/** The person's share of everybody's mix, for each metric that has one. */
function mixOf(
  mixes: readonly { readonly metric: string; readonly mix: ReadonlyMap<string, PersonMix> | null }[],
  agentId: string,
  exempt: NonNullable<ScoreInput['exempt']>,
): Record<string, PersonMix> {
  return Object.fromEntries(
    mixes.flatMap(({ metric, mix }): [string, PersonMix][] => {
      const own = mix?.get(agentId);
      if (!own) return [];
      const { days = {}, ...whole } = own;
      const off = (exempt[metric] ?? []).flatMap(({ day }) => (days[day] ? [[day, days[day]] as const] : []));
      return [[metric, off.length === 0 ? whole : { ...whole, days: Object.fromEntries(off) }]];
    }),
  );
}

const mentorMonths = (plan: ResolvedPlan): number => Number(plan.plan.mentoring?.months ?? '0');

/** By day only what changes by the day in this period, as it is the dearest question. */
function dailyMetrics(
  plan: ResolvedPlan,
  needs: PlanNeeds,
  {
    excluded,
    promotions,
    exemptions,
  }: {
    readonly excluded: readonly string[];
    readonly promotions: readonly PromotionDay[];
    readonly exemptions: readonly Exemption[];
  },
): string[] {
  const relaxed = plan.plan.promotion?.relax && promotions.length > 0 ? needs.relaxable : [];
  const exempt = exemptions.flatMap(({ metrics }) =>
    metrics.length === 0 ? needs.byDay : needs.byDay.filter((metric) => namesMetric(metrics, metric)),
  );
  const all = [...needs.load.keys(), ...needs.load.values(), ...relaxed, ...needs.chargedByDay, ...excluded, ...exempt];
  return [...new Set(all)];
}

const coversTeam = ({ covers, subject }: Exemption, teams: readonly string[]): boolean =>
  covers === 'all' || (covers === 'team' && teams.includes(subject));

/** Rows of several teams as one: sums over sums. */
function mergeRows(plan: ResolvedPlan, rows: readonly MetricRow[], subjects: number): readonly MetricRow[] {
  if (subjects < 2) return rows;
  const same = grouped(rows, ({ metric, key }) => [metric, key.day ?? '', key.priority ?? ''].join('\n'));
  return [...same.values()].flatMap((some) => {
    const [first] = some;
    const metric = first && plan.metrics.get(first.metric);
    return first && metric ? [{ ...mergeFigures(some, metric), metric: first.metric, key: first.key }] : [];
  });
}

const valuesOf = (rows: readonly MetricRow[]): Record<string, ScoreValue> =>
  Object.fromEntries(rows.map((row) => [row.metric, { figure: figureOf(row) }]));

function partsOf(rows: readonly MetricRow[]): NonNullable<ScoreInput['byPriority']> {
  const parts: Record<string, Record<string, ReturnType<typeof figureOf>>> = {};
  for (const row of rows) {
    if (row.key.priority === undefined) continue;
    const own = parts[row.metric] ?? {};
    own[row.key.priority] = figureOf(row);
    parts[row.metric] = own;
  }
  return parts;
}

/** How much of a team's volume people of each tier had, for targets that go by tier. */
function tierVolumes(
  needs: PlanNeeds,
  rows: Rows,
  everybody: readonly Person[],
  teams: readonly string[],
): NonNullable<ScoreInput['tierVolumes']> {
  const members = everybody.filter(({ team }) => teams.includes(team));
  const tierOf = new Map(members.map(({ agentId, tier }): [string, TierKey] => [agentId, tier ?? 'unknown']));
  const own = members.flatMap(({ agentId }) => rows.get(agentId) ?? []);
  return Object.fromEntries(
    needs.byTier.map((metric) => [
      metric,
      volumesBy(
        own.filter((row) => row.metric === metric),
        ({ key }) => tierOf.get(key.agent ?? '') ?? 'unknown',
      ),
    ]),
  );
}

/** Hired after the period's first day: what there is of it is no whole month. */
const isFirstPartMonth = (employment: Employment | undefined, period: Period): boolean =>
  employment?.hiredOn != null && employment.hiredOn > period.firstDay && employment.hiredOn <= period.lastDay;
