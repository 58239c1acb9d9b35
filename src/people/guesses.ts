import { HengError, TooMany } from '../platform/errors.ts';
import type { Deps } from '../platform/http.ts';
import { audit } from './audit.ts';
import { forgetGuesses, giveBackGuess, takeGuess, waitingGuesses } from './guessStore.ts';
import { memberByEmail } from './store.ts';

const minute = 60 * 1000;

/** How long one waits after so many wrong passwords in a row; the last holds for more. */
const waitsMs: readonly number[] = [0, 0, 0, 0, 0, ...[1, 2, 4, 8, 15, 30, 60].map((each) => each * minute)];

/** What is a wrong guess; any other failure is none. */
const wrong: readonly string[] = ['signIn.refused', 'password.wrong', 'code.wrong'];

/** What the log says when it is nobody's doing that is known. */
const signInItself = { userId: 'sign-in', name: 'sign-in' };

/**
 * Slows guessing at one person's password or code from however many addresses and over however many servers. After five wrong
 * ones nobody gets a try for this e-mail for a minute, after each further one longer, up to an hour; also not with the right
 * password, which would tell that it is. Succeeding, an administrator or a day without a try ends it.
 * @throws TooMany `signIn.waiting` before trying, otherwise whatever `attempt` does.
 */
export async function guessed<Result>(
  deps: Pick<Deps, 'stores' | 'now'>,
  email: string,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const { postgres } = deps.stores;
  const taken = await takeGuess(postgres, email, new Date(deps.now()), waitsMs);
  if (!taken) throw await waiting(deps, email);
  try {
    const result = await attempt();
    await forgetGuesses(postgres, email);
    return result;
  } catch (cause) {
    if (!(cause instanceof HengError && wrong.includes(cause.code))) await giveBackGuess(postgres, email);
    else if (taken.failures === waitsMs.findIndex((wait) => wait > 0)) {
      const member = await memberByEmail(postgres, email);
      if (member) await audit(deps, signInItself, 'person.signInWaits', member.id);
    }
    throw cause;
  }
}

async function waiting(deps: Pick<Deps, 'stores' | 'now'>, email: string): Promise<TooMany> {
  const until = (await waitingGuesses(deps.stores.postgres, [email], new Date(deps.now()))).get(email);
  // Somebody else's try may have ended the wait in between.
  const leftMs = until ? until.getTime() - deps.now() : 1000;
  return new TooMany('signIn.waiting', {
    minutes: Math.ceil(leftMs / minute),
    retryAfterSeconds: Math.ceil(leftMs / 1000),
  });
}
