import { begunPeriod, type Period } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import { gradeOf } from '../cardView.ts';
import { curvePoints } from '../curvePoints.ts';
import type { TriedCard, TriedDraft } from '../draftSchemas.ts';
import { explainCard } from '../explain.ts';
import { issuesOfText } from '../issuesOfText.ts';
import type { Person } from '../organisation.ts';
import { planDifferences } from '../planDifferences.ts';
import { readVersions, versionInForce } from '../planStore.ts';
import { thisMonth } from '../publishTemplates.ts';
import { type ResolvedPlan, resolvePlan } from '../resolvePlan.ts';
import type { Scorecard } from '../scorecard.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { scoreOne } from '../scoreOne.ts';
import { everybodyIn } from '../scorePeople.ts';

/** While weights are being shifted their sum is off for a moment; the card is worth seeing all the same. */
const tolerated = [
  'weights.planSum',
  'weights.itemsSum',
  'weights.tierSum',
  'weights.trackSum',
  'weights.tracksSum',
] as const;

/**
 * What is wrong with a text, what it changes, and what it would make of one person's past month beside the version in force then.
 * Errors are answered, not thrown: only what cannot be scored at all has no card. Throws Forbidden `scope.outside`, NotFound
 * `scorecard.agentUnknown`, and BadInput `period.unreadable` or `period.future`.
 */
export async function tryDraft(
  deps: ScoreDeps,
  actor: Actor,
  input: { readonly text: string; readonly on?: { readonly agent: string; readonly period: string } | undefined },
): Promise<TriedDraft> {
  authorise(actor, 'plan.try');
  const on = input.on && (await personAndMonth(deps, actor, input.on));
  const catalogue = await deps.catalogue();
  const { plan, issues } = issuesOfText(input.text, catalogue);
  const grave = issues.some(({ level, code }) => level === 'error' && !tolerated.some((each) => each === code));
  const resolved = plan && !grave ? resolvePlan(plan, catalogue, tolerated) : null;
  const versions = plan ? await readVersions(deps.stores.postgres, plan.id) : [];
  const today = versionInForce(versions, thisMonth(deps.now(), deps.timeZone));
  const then = on && versionInForce(versions, on.period.firstDay.slice(0, 7));
  const cardBy = async (by: ResolvedPlan | null) =>
    by && on ? triedCard(by, await scoreOne(deps, by, on.period, on.person)) : null;
  const [draft, inForce] = await Promise.all([
    cardBy(resolved),
    cardBy(then ? resolvePlan(then.plan, catalogue) : null),
  ]);
  return {
    issues: [...issues],
    changes: plan && (today ? planDifferences(today.plan, plan, catalogue) : []),
    curves: resolved ? curvesOf(resolved) : {},
    draft,
    inForce: then && inForce ? { ...inForce, version: then.version } : null,
  };
}

async function personAndMonth(
  deps: ScoreDeps,
  actor: Actor,
  { agent, period: text }: { readonly agent: string; readonly period: string },
): Promise<{ person: Person; period: Period }> {
  const period = begunPeriod(text, deps);
  const person = (await everybodyIn(deps, period)).find(({ agentId }) => agentId === agent);
  authorise(actor, 'plan.try', person ?? { agentId: agent });
  if (!person) throw new NotFound('scorecard.agentUnknown', { agent, period: period.text });
  return { person, period };
}

function curvesOf(plan: ResolvedPlan): TriedDraft['curves'] {
  const items = [...plan.blocks.flatMap((block) => block.items), ...plan.promotionItems.map(({ item }) => item)];
  return Object.fromEntries(
    items.flatMap((item) => {
      const points = curvePoints(item);
      return points ? [[item.id, points]] : [];
    }),
  );
}

function triedCard(plan: ResolvedPlan, card: Scorecard | null): TriedCard | null {
  if (!card) return null;
  const items = [...plan.blocks.flatMap((block) => block.items), ...plan.promotionItems.map(({ item }) => item)];
  return {
    total: card.total,
    grade: gradeOf(plan, card.grade),
    coefficient: card.coefficient,
    sentence: explainCard(card, plan),
    items: card.items.flatMap((score) => {
      const item = items.find(({ id }) => id === score.id);
      const { id, metric, status, value, target, weight, effectiveWeight, attainment, points } = score;
      return item
        ? [
            {
              id,
              name: item.name,
              metric,
              status,
              value,
              unit: item.metric.unit,
              target,
              weight,
              effectiveWeight,
              attainment,
              points,
            },
          ]
        : [];
    }),
  };
}
