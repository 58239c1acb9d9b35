import type { Actor } from '../../../people/actor.ts';
import { authorise, scopeFilter } from '../../../people/authorise.ts';
import type { Deps } from '../../../platform/http.ts';
import { knownRules } from '../../rules/verbs/rulesKnown.ts';
import { confusionOf } from '../confusion.ts';
import type { Confusion } from '../confusionSchemas.ts';
import { judgedTalks, rulesThatHold } from '../confusionStore.ts';

/** How the rules that can become incidents, as they are now, and people's inspections within the reader's scope agree. */
export async function readConfusion(deps: Deps, actor: Actor): Promise<Confusion> {
  authorise(actor, 'calibration.read');
  const { postgres, clickhouse } = deps.stores;
  const [judged, known] = await Promise.all([judgedTalks(postgres, scopeFilter(actor)), knownRules(deps)]);
  const hits = await rulesThatHold(
    clickhouse,
    judged.map(({ sessionId }) => sessionId),
  );
  const seen = judged.filter(({ sessionId }) => hits.has(sessionId));
  const rules = known.rules.flatMap(({ rule: { id, name, incident, state } }) =>
    incident && state !== 'off' ? [{ id, name, incident }] : [],
  );
  const nameOf = new Map(rules.map(({ id, name }) => [id, name]));
  return {
    talks: seen.length,
    rows: confusionOf(seen, hits, rules).map(({ rule, ...row }) => ({
      ...row,
      rule: rule === null ? null : { id: rule, name: nameOf.get(rule) ?? { zh: rule, en: rule } },
    })),
  };
}
