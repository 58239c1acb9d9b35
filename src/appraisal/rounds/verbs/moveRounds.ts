import type { Ingest } from '../../../ingest/ingest.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { Conflict, Invalid } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { type Queryable, transaction } from '../../../platform/transaction.ts';
import { refuseClosed } from '../../assessments/verbs/openForms.ts';
import { ratersToday } from '../raterStore.ts';
import { sendFeedback } from '../roundFactsStore.ts';
import { forbids, roundIssues } from '../roundIssues.ts';
import {
  type FeedbackRound,
  feedbackRoundById,
  moveRound,
  ratedElsewhere,
  ratingsOf,
  subjectsOf,
} from '../roundStore.ts';
import { everything } from './makeRound.ts';

/**
 * Approves who rates whom: from now on they may. Throws Conflict `round.state`, `round.elsewhere` for people whom another round of the period is about;
 * Invalid `round.notReady` with everybody whom nobody rates and every rater who has left.
 */
export async function openRound(deps: Deps, actor: Actor, id: number): Promise<void> {
  authorise(actor, 'round.approve', everything);
  const { hasLeft } = await ratersToday(deps);
  await move(deps, actor, id, { from: 'draft', to: 'open' }, async (connection, round) => {
    const subjects = await subjectsOf(connection, id);
    const ratings = await ratingsOf(connection, id);
    const twice = await ratedElsewhere(connection, round);
    if (twice.length > 0) throw new Conflict('round.elsewhere', { names: twice.slice(0, 10).join('、') });
    const wrong = roundIssues(
      subjects.map(({ agentId }) => agentId),
      ratings,
      hasLeft,
    ).filter(forbids);
    if (wrong.length > 0)
      throw new Invalid(
        'round.notReady',
        wrong.map(({ code, subject, rater }) => ({
          path: rater === undefined ? subject : `${subject}.${rater}`,
          code,
        })),
      );
  });
}

/** Ends the rating: what is in counts, what is not never will. Throws Conflict `round.state`. */
export async function closeFeedback(deps: Deps, actor: Actor, id: number): Promise<void> {
  authorise(actor, 'round.write', everything);
  await move(deps, actor, id, { from: 'open', to: 'closed' }, async () => undefined);
}

/** Shows everybody their result and sends it into the figures, once. Throws Conflict `round.state`, `assessment.closed`. */
export async function publishFeedback(deps: Deps, ingest: Ingest, actor: Actor, id: number): Promise<void> {
  authorise(actor, 'round.approve', everything);
  await move(deps, actor, id, { from: 'closed', to: 'published' }, async (connection, { period }) =>
    refuseClosed(connection, period),
  );
  await sendFeedback(deps, ingest);
}

async function move(
  deps: Deps,
  actor: Actor,
  id: number,
  { from, to }: { from: FeedbackRound['state']; to: 'open' | 'closed' | 'published' },
  check: (connection: Queryable, round: FeedbackRound) => Promise<void>,
): Promise<void> {
  await transaction(deps.stores.postgres, async (connection) => {
    const round = await feedbackRoundById(connection, id, 'lock');
    if (round.state !== from) throw new Conflict('round.state', { state: round.state });
    await check(connection, round);
    await moveRound(connection, id, to, { at: new Date(deps.now()), by: actor.name });
    await audit(deps, actor, `round.${to}`, String(id), connection);
  });
}
