import { Invalid, NotSignedIn } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import type { Actor } from '../actor.ts';
import { audit } from '../audit.ts';
import { guessedAgain } from '../guesses.ts';
import { problemsOfPassword } from '../passwordRules.ts';
import { memberById } from '../store.ts';

/** Throws Invalid with everything that speaks against a new password, the first in the error's own words. */
export function refuseWeak(password: string, who: { email: string; name: string }, path: string): void {
  const [first, ...more] = problemsOfPassword(password, who);
  if (first === undefined) return;
  throw new Invalid(
    `password.${first}`,
    [first, ...more].map((problem) => ({ path, code: `password.${problem}` })),
  );
}

/** A new password for oneself. `change` hands it to whoever keeps passwords, and throws where the old one is wrong. */
export async function changePassword<Answer>(
  deps: Deps,
  actor: Actor,
  fresh: string,
  change: () => Promise<Answer>,
): Promise<Answer> {
  const member = await memberById(deps.stores.postgres, actor.userId);
  if (!member) throw new NotSignedIn('signIn.needed');
  refuseWeak(fresh, member, 'json.newPassword');
  const answer = await guessedAgain(deps, member.email, change);
  await audit(deps, actor, 'person.passwordSet', actor.userId);
  return answer;
}
