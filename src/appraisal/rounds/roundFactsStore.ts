import type { Ingest } from '../../ingest/ingest.ts';
import { submitRows } from '../../ingest/submitRows.ts';
import { holding } from '../../platform/advisoryLock.ts';
import type { Deps } from '../../platform/http.ts';
import { anonymousRatings } from './resultOf.ts';
import { type FeedbackRound, markRoundSent, ratingsOf, subjectsOf, unsentRounds } from './roundStore.ts';

/** What decides the order of a person's comments and the numbers of their raters. */
export const seedOf = ({ seed }: Pick<FeedbackRound, 'seed'>, subject: string): string => `${seed} ${subject}`;

/**
 * Sends what published rounds say into the stores of facts, rater by rater under numbers by lot; groups that are not shown are not sent at all. What a
 * crash left behind goes out with the next call; sending twice changes nothing.
 */
export async function sendFeedback(deps: Deps, ingest: Ingest): Promise<void> {
  const { postgres } = deps.stores;
  await holding(postgres, 'assessmentFacts', 'wait', async () => {
    for (const round of await unsentRounds(postgres)) {
      const [subjects, ratings] = await Promise.all([subjectsOf(postgres, round.id), ratingsOf(postgres, round.id)]);
      const given = ratings.filter(({ isSubmitted }) => isSubmitted);
      const rows = subjects.flatMap(({ agentId }) =>
        anonymousRatings(
          round.form,
          given.filter(({ subject }) => subject === agentId),
          seedOf(round, agentId),
        ).map(({ group, number, value }) => ({
          ...{ agent_id: agentId, period: round.period, item: `${round.form.item}:${group}`, value },
          ...{ by: `rater-${number}`, note: '', form: round.form.id, round: String(round.id) },
        })),
      );
      await submitRows(deps, ingest, 'assessments', rows);
      await markRoundSent(postgres, round);
    }
  });
}
