import type { Deps } from '../platform/http.ts';
import type { Actor } from './actor.ts';
import { audit } from './audit.ts';
import { authorise, type Resource } from './authorise.ts';
import { maskPersonalData } from './mask.ts';

/**
 * How this reader gets to see customers' text about `subject` (`session:S1`): masked, or as written when they ask for it,
 * may, and it lies within their scope. Each such look is in the audit log before the text is out.
 */
export async function textFor(
  deps: Pick<Deps, 'stores' | 'now'>,
  actor: Actor,
  look: { readonly reveal: boolean; readonly subject: string; readonly resource: Resource },
): Promise<(text: string) => string> {
  if (!look.reveal) return maskPersonalData;
  authorise(actor, 'personalData.reveal', look.resource);
  await audit(deps, actor, 'personalData.revealed', look.subject);
  return (text) => text;
}
