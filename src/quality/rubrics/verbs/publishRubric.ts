import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { Invalid } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { transaction } from '../../../platform/transaction.ts';
import { readRubric } from '../readRubric.ts';
import { insertRubric } from '../rubricStore.ts';
import type { RubricCheck } from '../schemas.ts';

/** What is wrong with a text; nothing is kept. */
export function checkRubric(actor: Actor, text: string): RubricCheck {
  authorise(actor, 'rubric.write');
  const { rubric, issues } = readRubric(text);
  return { rubric, issues: [...issues] };
}

/**
 * Publishes the text as the rubric's next version; tasks drawn before keep theirs. Throws Invalid `rubric.invalid` with every issue
 * and its place.
 */
export async function publishRubric(deps: Deps, actor: Actor, text: string) {
  authorise(actor, 'rubric.write');
  const { rubric, issues } = readRubric(text);
  if (!rubric) throw new Invalid('rubric.invalid', issues);
  return transaction(deps.stores.postgres, async (connection) => {
    const signed = { at: new Date(deps.now()), by: actor.name };
    const { version, same } = await insertRubric(connection, { rubric, origin: 'own', written: text, ...signed });
    if (!same) await audit(deps, actor, 'rubric.published', `${rubric.id} ${version}`, connection);
    return { id: rubric.id, version, same };
  });
}
