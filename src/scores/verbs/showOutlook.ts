import { Temporal } from 'temporal-polyfill';
import type { Interval } from '../../metrics/interval.ts';
import type { Dimension } from '../../metrics/metricValue.ts';
import { begunPeriod, type Period, parsePeriod } from '../../metrics/period.ts';
import { seededDraws } from '../../metrics/seededDraws.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import { gradeOf } from '../cardView.ts';
import { approvedExemptions } from '../exemptionStore.ts';
import { exemptionOn, isCovered } from '../exemptions.ts';
import { explainBoundary, explainInterval, explainProjection } from '../explainNoise.ts';
import { daysBetween, gatherHistory } from '../gatherHistory.ts';
import { grouped } from '../grouped.ts';
import { itemsById } from '../itemsById.ts';
import { type FigureIntervals, noiseOf } from '../noise.ts';
import { type Person, promotionDays, promotionsAt } from '../organisation.ts';
import type { Outlook } from '../outlookSchemas.ts';
import { ownPlan } from '../ownPlan.ts';
import { planNeeds } from '../planNeeds.ts';
import { project } from '../projection.ts';
import type { ResolvedPlan } from '../resolvePlan.ts';
import { score } from '../score.ts';
import type { ScoreInput } from '../scorecard.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { everybodyIn, inputsOf, planHistory } from '../scorePeople.ts';
import { relaxOn } from '../targetDays.ts';
import type { CardAsked } from './showScorecard.ts';

const draws = 400;
/** With fewer days of one's own behind, a range would be a guess. */
const daysLeast = 14;

/**
 * How sure a card is (intervals of its figures and of its total) and, while the period runs, where it may end. Nothing is scored by it.
 * Throws Forbidden `scope.outside` for somebody else's card, NotFound `scorecard.agentUnknown`.
 */
export async function showOutlook(deps: ScoreDeps, actor: Actor, asked: CardAsked): Promise<Outlook> {
  authorise(actor, 'scorecard.read');
  const period = begunPeriod(asked.period, deps);
  const everybody = await everybodyIn(deps, period);
  const person = everybody.find(({ agentId }) => agentId === asked.agentId);
  authorise(actor, 'scorecard.read', person ?? { agentId: asked.agentId });
  if (!person) throw new NotFound('scorecard.agentUnknown', { agent: asked.agentId, period: period.text });
  const planId = asked.plan ?? (await ownPlan(deps, period, person.agentId));
  const history = await planHistory(deps, planId, asked.version);
  const { plan } = history.at(period);
  const base = { period: period.text, agentId: person.agentId };
  const input =
    period.kind === 'month' || period.kind === 'days'
      ? (await inputsOf(deps, history, period, [person])).get(person.agentId)
      : undefined;
  if (!input) {
    const none = { items: [], total: null, boundary: null, silent: [], projection: null };
    return { ...base, ...none, withoutProjection: 'blended' };
  }
  const card = score(plan, input);
  const [intervals, ahead] = await Promise.all([
    intervalsOf(deps, input, person.agentId, period),
    projectionOf(deps, plan, input, person, period),
  ]);
  const noise = noiseOf(plan, input, card, intervals);
  const items = itemsById(plan);
  return {
    ...base,
    items: noise.items.map(({ item, interval, points }) => ({
      ...{ item, interval, points: points && [points[0], points[1]] },
      text: explainInterval(interval, items.get(item)?.metric.unit ?? ''),
    })),
    total: noise.total && [noise.total[0], noise.total[1]],
    boundary: explainBoundary(plan, card, noise),
    silent: noise.silent.flatMap((id) => items.get(id)?.name ?? []),
    ...ahead,
  };
}

/** The intervals of every figure the card has, each over the period its figure is of. */
async function intervalsOf(
  deps: ScoreDeps,
  input: ScoreInput,
  agentId: string,
  period: Period,
): Promise<FigureIntervals> {
  const values = Object.entries(input.values).filter(([, { figure }]) => figure.status !== 'noData');
  const byPeriod = grouped(values, ([, { period: of }]) => of ?? period.text);
  const ask = (text: string, by: readonly Dimension[], metrics: readonly string[]) =>
    metrics.length === 0
      ? []
      : deps.intervals({ period: parsePeriod(text, deps.timeZone), by, metrics, filter: { agent: [agentId] } });
  const [wholes, parts] = await Promise.all([
    Promise.all(
      [...byPeriod].map(([text, own]) =>
        ask(
          text,
          ['agent'],
          own.map(([id]) => id),
        ),
      ),
    ),
    ask(period.text, ['agent', 'priority'], Object.keys(input.byPriority ?? {})),
  ]);
  const split: Record<string, Record<string, Interval>> = {};
  for (const { metric, key, interval } of parts) {
    const own = split[metric] ?? {};
    own[key.priority ?? ''] = interval;
    split[metric] = own;
  }
  return { whole: Object.fromEntries(wholes.flat().map(({ metric, interval }) => [metric, interval])), parts: split };
}

type Ahead = Pick<Outlook, 'projection' | 'withoutProjection'>;

async function projectionOf(
  deps: ScoreDeps,
  plan: ResolvedPlan,
  input: ScoreInput,
  person: Person,
  period: Period,
): Promise<Ahead> {
  const { agentId } = person;
  const without = (why: NonNullable<Outlook['withoutProjection']>): Ahead => ({
    projection: null,
    withoutProjection: why,
  });
  if (deps.now() >= period.toMs) return without('over');
  if (deps.now() < period.fromMs) return without('notBegun');
  if (plan.plan.appraises === 'team') return without('team');
  const today = Temporal.Instant.fromEpochMilliseconds(deps.now()).toZonedDateTimeISO(deps.timeZone).toPlainDate();
  // Today is half over: what it adds is still to come, what it has counted is in the figures already.
  const lastDay = today.subtract({ days: 1 }).toString();
  const days = daysBetween(today, period.lastDay);
  const past = await gatherHistory(deps, plan, new Map([[agentId, input]]), { period, lastDay });
  const history = past.histories.get(agentId) ?? [];
  if (history.length < daysLeast) return without('tooShort');
  const needs = planNeeds(plan);
  const promotions = promotionsAt(person.shop, await promotionDays(await deps.facts(period), period));
  const register = await approvedExemptions(deps.stores.postgres, period);
  const entries = register.filter((entry) => isCovered(entry, person));
  const found = project({
    ...{ plan, input, history, ahead: days, changes: past.changes, loads: past.loads },
    relaxOn: (metric, day) => relaxOn(plan, needs, promotions, metric, day),
    isExempt: (metric, day) => exemptionOn(metric, day, entries, { metrics: needs.excluded, promotions }) !== null,
    ...{ draw: seededDraws(`${agentId} ${period.text} ${lastDay}`), times: draws },
  });
  if (!found) return without('unrated');
  const grades = found.grades.flatMap(({ grade, share }) => {
    const named = gradeOf(plan, grade);
    return named ? [{ grade: named, share }] : [];
  });
  const [likely] = grades;
  const shown = { ...found, grades, daysLeft: days.length, historyDays: history.length };
  return { projection: { ...shown, text: explainProjection(shown, likely) }, withoutProjection: null };
}
