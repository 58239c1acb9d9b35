import { randomBytes } from 'node:crypto';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { BadInput } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { outgoingUrl } from '../../../platform/outgoing.ts';
import { seal } from '../../../platform/seal.ts';
import { transaction } from '../../../platform/transaction.ts';
import { everything } from '../../sampling/verbs/readSamples.ts';
import { type AssistantGiven, type KeptAssistant, keepAssistant, keptAssistant, sealOf } from '../assistantStore.ts';
import type { ChangeAssistant } from '../schemas.ts';

/**
 * Sets endpoint and limits. The key is sealed for the endpoint it was given for: with another origin it is forgotten unless a new one comes along.
 * Where the environment names the endpoint only the limits change. Throws BadInput `assistant.url`, `assistant.key`, `assistant.incomplete`.
 */
export async function changeAssistant(
  deps: Deps,
  given: AssistantGiven,
  actor: Actor,
  input: ChangeAssistant,
): Promise<void> {
  authorise(actor, 'assistant.write', everything);
  const url = input.baseUrl === '' ? null : outgoingUrl(input.baseUrl);
  if (input.baseUrl !== '' && !url) throw new BadInput('assistant.url');
  if (input.key && !/^[\x21-\x7e]+$/.test(input.key)) throw new BadInput('assistant.key');
  if (input.on && !given.endpoint && (!url || input.model === '')) throw new BadInput('assistant.incomplete');
  await transaction(deps.stores.postgres, async (postgres) => {
    await postgres.query('LOCK TABLE settings IN SHARE ROW EXCLUSIVE MODE');
    const before = await keptAssistant(postgres);
    const after: KeptAssistant = given.endpoint
      ? { ...input, baseUrl: before.baseUrl, model: before.model, key: before.key }
      : { ...input, key: keyAfter(before, input, url, given.secret) };
    await keepAssistant(postgres, after);
    const { key: typed, ...told } = input;
    const key = typed ? 'new' : after.key ? 'kept' : 'none';
    await audit(deps, actor, 'assistant.changed', JSON.stringify({ ...told, key }), postgres);
  });
}

function keyAfter(before: KeptAssistant, { key }: ChangeAssistant, url: URL | null, secret: string) {
  if (!url || key === '') return null;
  if (key !== null) return seal(key, { ...sealOf(secret, url), iv: randomBytes(12) });
  return outgoingUrl(before.baseUrl)?.origin === url.origin ? before.key : null;
}
