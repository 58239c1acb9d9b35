import type { z } from 'zod';
import { todayIn } from '../../../facts/calendarDays.ts';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { Conflict, Invalid } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { type Queryable, transaction } from '../../../platform/transaction.ts';
import { openPlaces, placesOf, strangeAnswers } from '../../assessments/answers.ts';
import { raterIdsOf } from '../raterStore.ts';
import {
  allFeedbackRounds,
  type FeedbackRound,
  feedbackRoundById,
  markRating,
  publishedRoundsOf,
  type Rating,
  ratingOfRater,
  ratingsOfRater,
  subjectsOf,
  writeRating,
} from '../roundStore.ts';
import type { MyRounds, RatingPage, saveRatingSchema } from '../schemas.ts';

/** What the caller rates in open rounds, and the published results about them. */
export async function listMine(deps: Deps, actor: Actor): Promise<MyRounds> {
  authorise(actor, 'round.rate');
  const { postgres } = deps.stores;
  const [ratings, rounds, published] = await Promise.all([
    ratingsOfRater(postgres, raterIdsOf(actor)),
    allFeedbackRounds(postgres),
    actor.agentId === null ? [] : publishedRoundsOf(postgres, actor.agentId),
  ]);
  const today = todayIn(deps);
  const ofRound = new Map(rounds.map((round) => [round.id, round]));
  const subjects = new Map(
    await Promise.all(
      [...new Set(ratings.map(({ roundId }) => roundId))].map(
        async (id) => [id, await subjectsOf(postgres, id)] as const,
      ),
    ),
  );
  const toRate = ratings.flatMap((rating): MyRounds['toRate'] => {
    const round = ofRound.get(rating.roundId);
    const subject = subjects.get(rating.roundId)?.find(({ agentId }) => agentId === rating.subject);
    if (!round || !subject) return [];
    const { id, perspective, revision, isSubmitted } = rating;
    return [
      {
        ...{ id, round: round.name, period: round.period, dueOn: round.dueOn },
        isOverdue: !isSubmitted && today > round.dueOn,
        ...{ name: subject.name, team: subject.team, perspective, isBegun: revision > 0, isSubmitted },
      },
    ];
  });
  return {
    toRate,
    open: toRate.filter(({ isSubmitted }) => !isSubmitted).length,
    overdue: toRate.filter(({ isOverdue }) => isOverdue).length,
    results: published.flatMap(({ id, name, period, publishedAt }) =>
      publishedAt === null || actor.agentId === null
        ? []
        : [{ round: id, name, period, publishedAt: publishedAt.toISOString(), agentId: actor.agentId }],
    ),
  };
}

/** One rating of the caller's own. Throws NotFound `rating.unknown`, also while its round is being prepared. */
export async function showRating(deps: Deps, actor: Actor, id: number): Promise<RatingPage> {
  authorise(actor, 'round.rate');
  const { postgres } = deps.stores;
  const mine = raterIdsOf(actor);
  const rating = await ratingOfRater(postgres, id, mine);
  const round = await askedRound(postgres, rating);
  const [subjects, all] = await Promise.all([subjectsOf(postgres, round.id), ratingsOfRater(postgres, mine)]);
  const subject = subjects.find(({ agentId }) => agentId === rating.subject);
  const left = all.filter((each) => !each.isSubmitted && each.id !== id);
  const after = left.find((each) => all.indexOf(each) > all.findIndex((one) => one.id === id));
  const { perspective, answers, comment, revision, isSubmitted } = rating;
  return {
    ...{ id, round: round.name, period: round.period, dueOn: round.dueOn, form: round.form },
    ...{ name: subject?.name ?? rating.subject, team: subject?.team ?? '', perspective, answers, comment },
    ...{ revision, isSubmitted, isOpen: round.state === 'open' },
    next: (after ?? left[0])?.id ?? null,
    left: left.length,
  };
}

/** Nobody is asked before a round was approved. */
async function askedRound(from: Queryable, { id, roundId }: Rating): Promise<FeedbackRound> {
  const round = await feedbackRoundById(from, roundId);
  if (round.state === 'draft') throw new Conflict('rating.notYet', { rating: id });
  return round;
}

/**
 * Keeps what a rater has typed, over the revision they read. Throws NotFound `rating.unknown`, Conflict `rating.changed`, `rating.closed` where the round
 * has ended or it was handed in, Invalid `assessment.invalid`.
 */
export async function saveRating(
  deps: Deps,
  actor: Actor,
  id: number,
  input: z.output<typeof saveRatingSchema>,
): Promise<{ revision: number }> {
  authorise(actor, 'round.rate');
  return transaction(deps.stores.postgres, async (connection) => {
    const { rating, round } = await held(connection, actor, id, input.revision);
    if (rating.isSubmitted) throw new Conflict('rating.closed');
    const strange = strangeAnswers(placesOf(round.form, []), input.answers);
    if (strange.length > 0) throw new Invalid('assessment.invalid', strange);
    await writeRating(connection, id, input);
    await audit(deps, actor, 'rating.saved', String(round.id), connection);
    return { revision: rating.revision + 1 };
  });
}

/** Hands a rating in. Throws as `saveRating`, and Invalid `rating.incomplete` with every question left open. */
export async function submitRating(
  deps: Deps,
  actor: Actor,
  id: number,
  { revision }: { readonly revision: number },
): Promise<void> {
  authorise(actor, 'round.rate');
  await transaction(deps.stores.postgres, async (connection) => {
    const { rating, round } = await held(connection, actor, id, revision);
    if (rating.isSubmitted) throw new Conflict('rating.closed');
    const open = openPlaces(placesOf(round.form, []), rating.answers);
    if (open.length > 0)
      throw new Invalid(
        'rating.incomplete',
        open.map(({ key }) => ({ path: `answers.${key}`, code: 'answer.missing' })),
      );
    await markRating(connection, id, new Date(deps.now()));
    await audit(deps, actor, 'rating.submitted', String(round.id), connection);
  });
}

/** Takes a rating back to write on, while its round is open. Throws as `saveRating`. */
export async function reopenRating(
  deps: Deps,
  actor: Actor,
  id: number,
  { revision }: { readonly revision: number },
): Promise<void> {
  authorise(actor, 'round.rate');
  await transaction(deps.stores.postgres, async (connection) => {
    const { rating, round } = await held(connection, actor, id, revision);
    if (!rating.isSubmitted) throw new Conflict('rating.changed');
    await markRating(connection, id, null);
    await audit(deps, actor, 'rating.reopened', String(round.id), connection);
  });
}

/** The rating, held until the transaction ends, while its round is open. Lines of the audit log name the round alone: none tells who rated whom. */
async function held(connection: Queryable, actor: Actor, id: number, revision: number) {
  const rating = await ratingOfRater(connection, id, raterIdsOf(actor), 'lock');
  const round = await askedRound(connection, rating);
  if (round.state !== 'open') throw new Conflict('rating.closed');
  if (rating.revision !== revision) throw new Conflict('rating.changed');
  return { rating, round };
}
