import { todayIn } from '../../../facts/calendarDays.ts';
import type { Actor } from '../../../people/actor.ts';
import { activeActors } from '../../../people/actors.ts';
import { authorise, may, scopeFilter } from '../../../people/authorise.ts';
import type { Queryable } from '../../../platform/transaction.ts';
import { cardEntry, issuedVersion } from '../../../scores/frozenCardStore.ts';
import { readVersions } from '../../../scores/planStore.ts';
import { readCycle } from '../../cycleStore.ts';
import {
  appealById,
  appealsOfCard,
  countAppeals,
  decidedAppeals,
  decisionsOf,
  listAppeals,
  type StoredAppeal,
  type StoredDecision,
} from '../appealStore.ts';
import { hasSupervisor, permissionOf, refusalOf, stepOf } from '../decider.ts';
import { evidenceOf } from '../evidenceStore.ts';
import { choicesOf, proposedCorrections } from '../proposed.ts';
import { listReviews, reviewsOfAppeal, type StoredReview } from '../reviewStore.ts';
import type { Appeal, AppealLine, AppealList, AppealStatisticsPage, AppealWindow, Review } from '../schemas.ts';
import { ruleOfIncident } from '../shared.ts';
import { type DecidedAppeal, upheldBy } from '../statistics.ts';
import { subjectsOf } from '../subject.ts';
import { type AppealDeps, mayRead, openCard } from './openCard.ts';
import { windowOf } from './windowOf.ts';

/** The appeals that the actor may see: those that wait, the one due first first, or those decided; and how many there are. */
export async function readAppeals(
  deps: AppealDeps,
  actor: Actor,
  input: { readonly view?: AppealList['view'] | undefined },
): Promise<AppealList> {
  authorise(actor, 'appeal.read');
  const { postgres } = deps.stores;
  const view = input.view ?? 'open';
  const reach = scopeFilter(actor);
  const today = todayIn(deps);
  const [members, counts, appeals, reviews] = await Promise.all([
    activeActors(postgres),
    countAppeals(postgres, reach, today),
    view === 'reviews' ? [] : listAppeals(postgres, reach, view),
    view === 'reviews' ? listReviews(postgres, reach) : [],
  ]);
  const lines = await Promise.all(
    appeals.map(async (appeal) => lineOf(appeal, await wordsOn(postgres, appeal), { actor, members, today })),
  );
  return { view, counts, appeals: lines, reviews: reviews.map((review) => reviewOf(review, actor)) };
}

/** What is decided needs no look at who decided. */
const wordsOn = (postgres: Queryable, { id, state }: StoredAppeal): Promise<readonly StoredDecision[]> =>
  state === 'hr' ? decisionsOf(postgres, id) : Promise.resolve([]);

/** One appeal with its evidence, what was decided and what can be. Throws NotFound `appeal.unknown`, Forbidden `scope.outside`. */
export async function showAppeal(deps: AppealDeps, actor: Actor, id: number): Promise<Appeal> {
  authorise(actor, 'appeal.read');
  const { postgres } = deps.stores;
  const appeal = await appealById(postgres, id);
  mayRead(actor, appeal);
  const [members, evidence, decisions, reviews, opened] = await Promise.all([
    activeActors(postgres),
    evidenceOf(postgres, id),
    decisionsOf(postgres, id),
    may(actor, 'appeal.conclude') ? reviewsOfAppeal(postgres, id) : [],
    openCard(deps, postgres, appeal),
  ]);
  const line = lineOf(appeal, decisions, { actor, members, today: todayIn(deps) });
  const task = appeal.kind === 'inspection' ? await deps.findings.inspection(postgres, Number(appeal.subject)) : null;
  const none = { incidents: [], days: [], value: null, evidence: null };
  return {
    ...line,
    ...{ shop: appeal.shop, reason: appeal.reason, submittedBy: appeal.submittedName },
    ...{ rule: appeal.rule, judge: appeal.judgeName },
    evidence: evidence.map(({ at, byName, ...each }) => ({ ...each, at: at.toISOString(), by: byName })),
    decisions: decisions.map(({ at, byName, step, decision, reason, corrections, inPlace }) => ({
      ...{ step, decision, reason, corrections, at: at.toISOString(), by: byName, inPlace },
    })),
    noSupervisor: stepOf(appeal) === 'supervisor' && !hasSupervisor(appeal, members),
    proposed: proposedCorrections(appeal, task),
    choices: line.mayDecide ? choicesOf(opened.plan, opened.card, appeal) : none,
    result: appeal.result && (seesPay(actor, appeal) ? appeal.result : withoutPay(appeal.result)),
    reviews: reviews.map((review) => reviewOf(review, actor)),
    mayAdd: appeal.state !== 'final' && (actor.agentId === appeal.agentId || line.mayDecide),
  };
}

/** One's own pay is no secret to oneself. */
const seesPay = (actor: Actor, { agentId }: StoredAppeal): boolean =>
  may(actor, 'pay.read') || actor.agentId === agentId;

function withoutPay(result: NonNullable<Appeal['result']>): Appeal['result'] {
  return { ...result, before: { ...result.before, payFen: null }, after: { ...result.after, payFen: null } };
}

interface Reader {
  readonly actor: Actor;
  readonly members: readonly Actor[];
  readonly today: string;
}

function lineOf(
  appeal: StoredAppeal,
  decisions: readonly StoredDecision[],
  { actor, members, today }: Reader,
): AppealLine {
  const { id, period, agentId, agentName, team, kind, subject, title, state, outcome, submittedAt, dueOn } = appeal;
  const step = stepOf(appeal);
  return {
    ...{ id, period, agentId, agentName, team, kind, subject, title, state, outcome, dueOn },
    submittedAt: submittedAt.toISOString(),
    overdue: dueOn !== null && dueOn < today,
    mayDecide: step !== null && may(actor, permissionOf[step]) && refusalOf(appeal, decisions, actor, members) === null,
  };
}

export function reviewOf(review: StoredReview, actor: Actor): Review {
  const { id, appeal, period, agentId, agentName, team, incidentId, incident, sessionId, state, reason } = review;
  return {
    ...{ id, appeal, period, agentId, agentName, team, incidentId, incident, sessionId, state, reason },
    decidedBy: review.decidedName,
    mayDecide: state === 'open' && may(actor, 'appeal.conclude') && actor.agentId !== agentId,
  };
}

/** Whether a card can be appealed against, until when, and what was. */
export async function readWindow(
  deps: AppealDeps,
  actor: Actor,
  { period, agent }: { readonly period: string; readonly agent: string },
): Promise<AppealWindow> {
  authorise(actor, 'appeal.read');
  const { postgres } = deps.stores;
  const cycle = await readCycle(postgres, period);
  if (!cycle?.publishedOn) {
    authorise(actor, 'appeal.read', { agentId: agent });
    const none = { lastDay: null, assumed: false, mayAppeal: false, subjects: [], appeals: [], receipt: null };
    return { period, state: 'notPublished', ...none };
  }
  const { card, plan } = await openCard(deps, postgres, { period, agentId: agent });
  mayRead(actor, card.person);
  const published = { plan, period, publishedOn: cycle.publishedOn, agentId: agent };
  const { lastDay, endsMs, assumed } = await windowOf(deps, postgres, published);
  const isOpen = cycle.state === 'published' && deps.now() < endsMs;
  const [appeals, issued] = await Promise.all([
    appealsOfCard(postgres, period, agent),
    issuedVersion(postgres, period, agent),
  ]);
  const own = may(actor, 'appeal.write') && actor.agentId === agent;
  return {
    ...{ period, state: isOpen ? 'open' : 'over', lastDay, assumed },
    mayAppeal: isOpen && own && card.input !== null,
    subjects: subjectsOf(plan, card),
    appeals: appeals.map(({ id, kind, subject, state, outcome, issuedVersion: of }) => ({
      ...{ id, kind, subject, state, outcome, again: state === 'final' && of < issued },
    })),
    receipt: await cardEntry(postgres, period, agent),
  };
}

/** The share of decided appeals that were upheld, by rule, by who judged and by item. */
export async function readStatistics(deps: AppealDeps, actor: Actor): Promise<AppealStatisticsPage> {
  authorise(actor, 'appeal.statistics');
  const { postgres } = deps.stores;
  const decided = await decidedAppeals(postgres, scopeFilter(actor));
  const names = new Map<string, AppealStatisticsPage['items'][number]['name']>();
  for (const planId of new Set(decided.map((each) => each.planId)))
    for (const { plan } of await readVersions(postgres, planId))
      for (const block of plan.blocks) for (const item of block.items) names.set(item.id, item.name);
  const { rules, judges, items } = upheldBy(await Promise.all(decided.map((appeal) => foundBy(deps, appeal))));
  return {
    ...{ decided: decided.length, upheld: decided.filter(({ upheld }) => upheld).length, rules, judges },
    items: items.map((item) => ({ ...item, name: names.get(item.id) ?? { zh: item.id, en: item.id } })),
  };
}

/**
 * The rules and judges of an appeal: its own, and those of the hits it was about. An item stands on every hit charged under it: what was
 * named as wrong was upheld, and the others, or all of them where it was rejected, stood.
 */
async function foundBy(
  deps: AppealDeps,
  { rule, judgeId, judgeName, named, charged, upheld, items }: Awaited<ReturnType<typeof decidedAppeals>>[number],
): Promise<DecidedAppeal> {
  const own = judgeId === null ? [] : [{ userId: judgeId, name: judgeName ?? judgeId, upheld }];
  const hits = [...new Set([...named, ...charged])].flatMap((incident) => {
    const found = ruleOfIncident(incident);
    return found === null ? [] : [{ id: found, incident, upheld: upheld && named.includes(incident) }];
  });
  const judges = await Promise.all(
    hits.map(async ({ incident, upheld: wrong }) =>
      (await deps.findings.hitJudges(deps.stores.postgres, incident))
        .slice(-1)
        .map((judge) => ({ ...judge, upheld: wrong })),
    ),
  );
  const rules = [...(rule === null ? [] : [{ id: rule, upheld }]), ...hits];
  return { upheld, items, rules, judges: [...own, ...judges.flat()] };
}
