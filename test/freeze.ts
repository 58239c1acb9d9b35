import type { Period } from '../src/metrics/period.ts';
import type { Deps } from '../src/platform/http.ts';
import { insertFrozenCards } from '../src/scores/frozenCardStore.ts';
import { measured } from '../src/scores/measured.ts';
import { score } from '../src/scores/score.ts';
import { everybodyIn, inputsOf, planHistory } from '../src/scores/scorePeople.ts';

/** The first versions of these people's cards, as closing the period freezes them. */
export async function freeze(deps: Deps, period: Period, planId: string, agents: readonly string[]): Promise<void> {
  const scoring = measured(deps);
  const history = await planHistory(scoring, planId);
  const people = (await everybodyIn(scoring, period)).filter(({ agentId }) => agents.includes(agentId));
  const { plan, version, hash } = history.at(period);
  const inputs = await inputsOf(scoring, history, period, people);
  await insertFrozenCards(
    deps.stores.postgres,
    people.flatMap((person) => {
      const input = inputs.get(person.agentId);
      if (!input) return [];
      const card = score(plan, input);
      return [
        {
          ...{ period: period.text, agentId: person.agentId, version: 1, plan: { id: planId, version, hash } },
          ...{ person, input, card, evidence: {}, grade: card.grade, level: null, gradedBy: 'bands' as const },
          ...{ coefficient: card.coefficient, madeAt: new Date(deps.now()).toISOString() },
          ...{ madeBy: { userId: 'hr', name: 'HR' }, cause: 'closing' as const, reason: '' },
        },
      ];
    }),
  );
}
