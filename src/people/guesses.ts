import { HengError, TooMany } from '../platform/errors.ts';
import type { Deps } from '../platform/http.ts';
import { audit } from './audit.ts';
import { forgetGuesses, giveBackGuess, takeGuess, waitingGuesses } from './guessStore.ts';
import { memberByEmail } from './store.ts';

const minute = 60 * 1000;

type Guarded = Pick<Deps, 'stores' | 'now'>;

/** How long one waits after so many wrong passwords in a row; the last holds for more. */
const waitsMs: readonly number[] = [0, 0, 0, 0, 0, ...[1, 2, 4, 8, 15, 30, 60].map((each) => each * minute)];

/** What is a wrong guess; any other failure is none. */
const wrong: readonly string[] = ['signIn.refused', 'password.wrong', 'code.wrong'];

/** What the log says when it is nobody's doing that is known. */
const signInItself = { userId: 'sign-in', name: 'sign-in' };

/**
 * Slows guessing at one person's password or code from however many addresses and over however many servers. After five wrong
 * ones nobody gets a try for this e-mail for a minute, after each further one longer, up to an hour; also not with the right
 * password, which would tell that it is. Signing in, a right code, an administrator or a day without a try ends it.
 * @throws TooMany `signIn.waiting` before trying, otherwise whatever `attempt` does.
 */
export function guessed<Result>(deps: Guarded, email: string, attempt: () => Promise<Result>): Promise<Result> {
  return tried(deps, email, attempt, 'forgets');
}

/**
 * The same where somebody signed in shows the password once more. The right one is no guess, but what was guessed wrongly before
 * stays: otherwise whoever has the password alone could try codes without end, five at a time.
 */
export function guessedAgain<Result>(deps: Guarded, email: string, attempt: () => Promise<Result>): Promise<Result> {
  return tried(deps, email, attempt, 'givesBack');
}

async function tried<Result>(
  deps: Guarded,
  email: string,
  attempt: () => Promise<Result>,
  right: 'forgets' | 'givesBack',
): Promise<Result> {
  const { postgres } = deps.stores;
  const taken = await takeGuess(postgres, email, new Date(deps.now()), waitsMs);
  if (!taken) throw await waiting(deps, email);
  try {
    const result = await attempt();
    await (right === 'forgets' ? forgetGuesses : giveBackGuess)(postgres, email);
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

async function waiting(deps: Guarded, email: string): Promise<TooMany> {
  const until = (await waitingGuesses(deps.stores.postgres, [email], new Date(deps.now()))).get(email);
  // Somebody else's try may have ended the wait in between.
  const leftMs = until ? until.getTime() - deps.now() : 1000;
  return new TooMany('signIn.waiting', {
    minutes: Math.ceil(leftMs / minute),
    retryAfterSeconds: Math.ceil(leftMs / 1000),
  });
}
