import type { Actor } from '../../../people/actor.ts';
import { authorise, may } from '../../../people/authorise.ts';
import type { Deps } from '../../../platform/http.ts';
import { monthOf } from '../../inspections/factsStore.ts';
import { rubricVersions } from '../../rubrics/rubricStore.ts';
import { everything } from '../../sampling/verbs/readSamples.ts';
import { type AssistantGiven, currentAssistant } from '../assistantStore.ts';
import { lastRequests, usedIn } from '../requestStore.ts';
import type { AssistantPage } from '../schemas.ts';
import { agreementWith, countUnasked } from '../suggestionStore.ts';

/** Settings without the key, what the month has used, how far the model agrees with people by rubric, and its last requests. */
export async function readAssistant(deps: Deps, given: AssistantGiven, actor: Actor): Promise<AssistantPage> {
  authorise(actor, 'assistant.read', everything);
  const { postgres } = deps.stores;
  const { kept, baseUrl, model, key, endpoint } = await currentAssistant(postgres, given);
  const month = monthOf(new Date(deps.now()).toISOString(), deps.timeZone);
  const mayChange = may(actor, 'assistant.write');
  const latest = new Map((await rubricVersions(postgres)).map(({ rubric }) => [rubric.id, rubric]));
  const identity = endpoint?.identity ?? '';
  const rubrics = await Promise.all(
    [...latest.values()].map(async ({ id, name }) => ({
      ...{ id, name, agreement: await agreementWith(postgres, id, identity, kept) },
      unasked: await countUnasked(postgres, id, identity),
    })),
  );
  const requests = await lastRequests(postgres, mayChange ? 10 : 0);
  const { on, budgetKind, budget, perMinute, timeoutSeconds, threshold, sharedMin } = kept;
  return {
    mayChange,
    settings: {
      ...{ on, budgetKind, budget, perMinute, timeoutSeconds, threshold, sharedMin },
      ...{ baseUrl: mayChange ? baseUrl : null, model, key, fromEnvironment: given.endpoint !== null },
    },
    used: { month, ...(await usedIn(postgres, month)) },
    rubrics,
    requests: requests.map(({ at, ...request }) => ({ at: at.toISOString(), ...request })),
  };
}
