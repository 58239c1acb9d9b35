import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise, isInScope, may } from '../../../people/authorise.ts';
import { maskPersonalData } from '../../../people/mask.ts';
import { Conflict, NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { grouped } from '../../../scores/grouped.ts';
import { workingPeriods } from '../../assessments/formPeriods.ts';
import { runsIn } from '../../assessments/runStore.ts';
import { ratersToday } from '../raterStore.ts';
import { raterStyles } from '../raterStyle.ts';
import { resultOf } from '../resultOf.ts';
import { seedOf } from '../roundFactsStore.ts';
import { forbids, roundIssues } from '../roundIssues.ts';
import { allFeedbackRounds, feedbackRoundById, ratingsOf, subjectsOf } from '../roundStore.ts';
import type { FeedbackRoundList, FeedbackRoundPage, RoundReport, RoundResultPage } from '../schemas.ts';
import { everything } from './makeRound.ts';

/** All rounds, and by which forms of plans one can make another. */
export async function listFeedbackRounds(deps: Deps, actor: Actor): Promise<FeedbackRoundList> {
  authorise(actor, 'round.read', everything);
  const { postgres } = deps.stores;
  const mayMake = may(actor, 'round.write');
  const [rounds, runs] = await Promise.all([
    allFeedbackRounds(postgres),
    mayMake ? runsIn(deps, workingPeriods(deps.now(), deps.timeZone), 'colleagues') : [],
  ]);
  const lines = rounds.map(async ({ id, name, period, state, dueOn, madeAt, madeName, publishedAt }) => {
    const [subjects, ratings] = await Promise.all([subjectsOf(postgres, id), ratingsOf(postgres, id)]);
    return {
      ...{ id, name, period, state, dueOn, subjects: subjects.length, ratings: ratings.length },
      submitted: ratings.filter(({ isSubmitted }) => isSubmitted).length,
      ...{ madeAt: madeAt.toISOString(), madeName, publishedAt: publishedAt?.toISOString() ?? null },
    };
  });
  return {
    rounds: await Promise.all(lines),
    mayMake,
    forms: runs
      .filter(({ people }) => people.length > 0)
      .map(({ period, planId, planName, form, dueOn, people }) => ({
        ...{ period: period.text, plan: planId, planName, form: form.id, name: form.name, dueOn },
        people: people.length,
        teams: [...new Set(people.map(({ team }) => team))].filter((team) => team !== '').sort(),
      })),
  };
}

/** Who rates whom and who has; never what. Throws NotFound `round.unknown`. */
export async function showFeedbackRound(deps: Deps, actor: Actor, id: number): Promise<FeedbackRoundPage> {
  authorise(actor, 'round.read', everything);
  const { postgres } = deps.stores;
  const round = await feedbackRoundById(postgres, id);
  const [subjects, ratings, raters] = await Promise.all([
    subjectsOf(postgres, id),
    ratingsOf(postgres, id),
    ratersToday(deps),
  ]);
  const ofSubject = grouped(ratings, ({ subject }) => subject);
  const { name, period, state, dueOn, form, madeName, openedName, publishedName } = round;
  const isLive = state === 'draft' || state === 'open';
  const issues = roundIssues(
    subjects.map(({ agentId }) => agentId),
    ratings,
    raters.hasLeft,
  );
  return {
    ...{ id, name, period, state, dueOn, form, madeName, openedName, publishedName },
    subjects: subjects.map(({ agentId, name: subject, team }) => ({
      ...{ agentId, name: subject, team },
      raters: (ofSubject.get(agentId) ?? []).map(({ rater, raterName, perspective, isSubmitted }) => ({
        ...{ rater, name: raterName, perspective, isSubmitted },
        ...{ hasLeft: raters.hasLeft(rater), hasAccount: raters.hasAccount(rater) },
      })),
    })),
    issues: isLive ? issues.map((issue) => ({ ...issue, forbids: forbids(issue) })) : [],
    people: isLive && may(actor, 'round.write') ? [...raters.all] : [],
    may: {
      change: isLive && may(actor, 'round.write'),
      approve: state === 'draft' && may(actor, 'round.approve'),
      close: state === 'open' && may(actor, 'round.write'),
      publish: state === 'closed' && may(actor, 'round.approve'),
    },
  };
}

/**
 * What somebody is told of a round: for themselves, and for those who may read all. Throws Conflict `round.notPublished` for everybody until then,
 * NotFound `round.unknown` for those it is not for.
 */
export async function readResult(
  deps: Deps,
  actor: Actor,
  { id, agentId }: { readonly id: number; readonly agentId: string },
): Promise<RoundResultPage> {
  authorise(actor, 'round.rate');
  const { postgres } = deps.stores;
  const isOwn = actor.agentId === agentId;
  if (!isOwn && !(may(actor, 'round.read') && isInScope(actor, everything)))
    throw new NotFound('round.unknown', { round: id });
  const round = await feedbackRoundById(postgres, id);
  const subject = (await subjectsOf(postgres, id)).find((each) => each.agentId === agentId);
  if (!subject) throw new NotFound('round.unknown', { round: id });
  if (round.state !== 'published' || round.publishedAt === null) throw new Conflict('round.notPublished');
  const given = (await ratingsOf(postgres, id, agentId)).filter(({ isSubmitted }) => isSubmitted);
  const result = resultOf(round.form, given, seedOf(round, agentId));
  if (!isOwn) await audit(deps, actor, 'round.read', `${id} ${agentId}`);
  return {
    ...{ round: id, name: round.name, period: round.period, publishedAt: round.publishedAt.toISOString() },
    ...{ form: round.form, agentId, agentName: subject.name, total: result.total, raters: result.raters },
    ...{ groups: [...result.groups], hidden: [...result.hidden], self: result.self },
    comments: result.comments.map((comment) => maskPersonalData(comment)),
  };
}

/** How people rate, once rating has ended, and the totals once they are published. Throws Conflict `round.notClosed`. */
export async function readReport(deps: Deps, actor: Actor, id: number): Promise<RoundReport> {
  authorise(actor, 'round.read', everything);
  const { postgres } = deps.stores;
  const round = await feedbackRoundById(postgres, id);
  if (round.state !== 'closed' && round.state !== 'published') throw new Conflict('round.notClosed');
  const [subjects, ratings] = await Promise.all([subjectsOf(postgres, id), ratingsOf(postgres, id)]);
  const given = ratings.filter(({ isSubmitted }) => isSubmitted);
  const ofSubject = grouped(given, ({ subject }) => subject);
  const nameOf = new Map(ratings.map(({ rater, raterName }) => [rater, raterName]));
  const styles = raterStyles(
    round.form,
    subjects.map(({ agentId }) => ({ subject: agentId, ratings: ofSubject.get(agentId) ?? [] })),
  );
  return {
    raters: styles.map((style) => ({ ...style, name: nameOf.get(style.rater) ?? style.rater })),
    results:
      round.state !== 'published'
        ? []
        : subjects.map(({ agentId, name, team }) => {
            const { total, raters } = resultOf(round.form, ofSubject.get(agentId) ?? [], seedOf(round, agentId));
            return { agentId, name, team, total, raters };
          }),
  };
}
