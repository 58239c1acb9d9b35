import { parsePeriod, refuseFuture } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import { gradeOf } from '../cardView.ts';
import type { TriedCard, TriedDraft } from '../draftSchemas.ts';
import { explainCard } from '../explain.ts';
import { issuesOfText } from '../issuesOfText.ts';
import { readVersions, versionInForce } from '../planStore.ts';
import { type ResolvedPlan, resolvePlan } from '../resolvePlan.ts';
import type { Scorecard } from '../scorecard.ts';
import type { ScoreDeps } from '../scoreDeps.ts';
import { scoreOne } from '../scoreOne.ts';
import { everybodyIn } from '../scorePeople.ts';

/** While weights are being shifted their sum is off for a moment; the card is worth seeing all the same. */
export const tolerated = ['weights.planSum', 'weights.itemsSum'] as const;

/**
 * What a text would make of one person's past month, beside the version in force then. Errors are answered, not thrown: only
 * what cannot be scored at all has no card. Throws Forbidden `scope.outside`, NotFound `scorecard.agentUnknown`, and BadInput
 * `period.unreadable` or `period.future`.
 */
export async function tryDraft(
  deps: ScoreDeps,
  actor: Actor,
  input: { readonly text: string; readonly agent: string; readonly period: string },
): Promise<TriedDraft> {
  authorise(actor, 'plan.try');
  const period = parsePeriod(input.period, deps.timeZone);
  refuseFuture(period, deps.now());
  const person = (await everybodyIn(deps, period)).find(({ agentId }) => agentId === input.agent);
  authorise(actor, 'plan.try', person ?? { agentId: input.agent });
  if (!person) throw new NotFound('scorecard.agentUnknown', { agent: input.agent, period: period.text });
  const catalogue = await deps.catalogue();
  const { plan, issues } = issuesOfText(input.text, catalogue);
  const grave = issues.some(({ level, code }) => level === 'error' && !tolerated.some((each) => each === code));
  const ruling = plan && versionInForce(await readVersions(deps.stores.postgres, plan.id), period.firstDay.slice(0, 7));
  const cardBy = async (resolved: ResolvedPlan) => triedCard(resolved, await scoreOne(deps, resolved, period, person));
  const [draft, inForce] = await Promise.all([
    plan && !grave ? cardBy(resolvePlan(plan, catalogue, tolerated)) : null,
    ruling ? cardBy(resolvePlan(ruling.plan, catalogue)) : null,
  ]);
  return { issues: [...issues], draft, inForce: ruling && inForce && { ...inForce, version: ruling.version } };
}

function triedCard(plan: ResolvedPlan, card: Scorecard): TriedCard {
  const items = [...plan.blocks.flatMap((block) => block.items), ...plan.promotionItems.map(({ item }) => item)];
  return {
    total: card.total,
    grade: gradeOf(plan, card.grade),
    coefficient: card.coefficient,
    sentence: explainCard(card, plan),
    items: card.items.flatMap((score) => {
      const item = items.find(({ id }) => id === score.id);
      const { id, status, value, target, weight, attainment, points } = score;
      return item
        ? [{ id, name: item.name, status, value, unit: item.metric.unit, target, weight, attainment, points }]
        : [];
    }),
  };
}
