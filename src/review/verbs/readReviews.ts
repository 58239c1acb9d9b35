import { dayIn, todayIn } from '../../facts/calendarDays.ts';
import { readDefinitions } from '../../metrics/definitionStore.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise, isInScope, may } from '../../people/authorise.ts';
import type { Deps } from '../../platform/http.ts';
import type { Bilingual } from '../../platform/language.ts';
import { readDrafts } from '../../scores/draftStore.ts';
import { readVersions } from '../../scores/planStore.ts';
import { isDue, isOverdue } from '../actionState.ts';
import {
  readActions,
  readInterviews,
  readMeetings,
  readOccasions,
  type StoredInterview,
  type StoredOccasion,
} from '../reviewStore.ts';
import type { Interview, Occasion, ReviewLink, ReviewPage } from '../schemas.ts';

/** Everything of reviews; of interviews with people those in the reader's scope. */
export async function readReviews(deps: Deps, actor: Actor): Promise<ReviewPage> {
  authorise(actor, 'review.read');
  const { postgres } = deps.stores;
  const today = todayIn(deps);
  const mayWrite = may(actor, 'review.write');
  const [occasions, interviews, meetings, actions, versions, drafts, definitions] = await Promise.all([
    readOccasions(postgres),
    readInterviews(postgres),
    readMeetings(postgres),
    readActions(postgres),
    readVersions(postgres),
    readDrafts(postgres),
    readDefinitions(postgres),
  ]);
  const names = new Map(versions.map(({ planId, plan }) => [planId, plan.name]));
  const published = versions.flatMap(({ planId, version, draft }) =>
    draft === null ? [] : [[`${planId} ${draft}`, version] as const],
  );
  const known: Known = { today, names, drafts: new Set(drafts.map(({ id }) => id)), published: new Map(published) };
  const dayOf = (instant: string) => dayIn(Date.parse(instant), deps.timeZone);
  return {
    today,
    occasions: occasions.map((each) => occasionView(each, known)),
    interviews: interviews.filter(isFor(actor)).map((each) => interviewView(each, names)),
    meetings: meetings.map(({ at, by, ...meeting }) => ({ ...meeting, taken: { at: at.toISOString(), by } })),
    actions: actions.map((action) => ({
      ...action,
      overdue: isOverdue(action.state, action.dueOn, today),
      events: action.events.map((event) => ({ ...event, at: new Date(event.at).toISOString() })),
    })),
    plans: [...names].map(([id, name]) => ({
      ...{ id, name },
      versions: mayWrite
        ? versions.flatMap(({ planId, version, publishedAt }) =>
            planId === id ? [{ version, publishedOn: dayOf(publishedAt) }] : [],
          )
        : [],
      drafts: mayWrite ? drafts.filter(({ planId }) => planId === id).map(draftOf) : [],
    })),
    definitions: mayWrite
      ? [...definitions].flatMap(([metric, decided]) =>
          decided.map(({ version, createdAt }) => ({ metric, version, publishedOn: dayOf(createdAt) })),
        )
      : [],
    may: { write: mayWrite },
  };
}

const draftOf = ({ id, savedAt, savedBy }: { id: string; savedAt: Date; savedBy: string }) => ({
  ...{ id, savedAt: savedAt.toISOString(), savedBy },
});

const isFor =
  (actor: Actor) =>
  ({ whom, agentId, team, shop }: StoredInterview): boolean =>
    whom === 'customer' || isInScope(actor, { agentId, team, shop });

interface Known {
  readonly today: string;
  readonly names: ReadonlyMap<string, Bilingual>;
  readonly drafts: ReadonlySet<string>;
  /** By plan and draft the version it became. */
  readonly published: ReadonlyMap<string, number>;
}

function occasionView(each: StoredOccasion, known: Known): Occasion {
  const { id, kind, title, day, note, madeAt, madeName, dropped } = each;
  return {
    ...{ id, kind, title, day, note, made: { at: madeAt.toISOString(), by: madeName } },
    dropped: dropped && { ...dropped, at: new Date(dropped.at).toISOString() },
    plans: each.plans.map(({ plan, decided }) => ({
      ...{ plan, name: nameIn(known.names, plan) },
      due: isDue({ day, isDropped: dropped !== null, isDecided: decided !== null }, known.today),
      decided: decided && {
        ...{ outcome: decided.outcome, reason: decided.reason, by: decided.by },
        ...{ at: new Date(decided.at).toISOString(), link: linkOf(plan, decided, known) },
      },
    })),
  };
}

type Decided = NonNullable<StoredOccasion['plans'][number]['decided']>;

/** A draft that was linked is followed to the version it became; one that is neither was deleted. */
function linkOf(plan: string, { draft, version }: Decided, { drafts, published }: Known): ReviewLink | null {
  if (version !== null) return { kind: 'version', version };
  if (draft === null) return null;
  const became = published.get(`${plan} ${draft}`);
  if (became !== undefined) return { kind: 'version', version: became };
  return drafts.has(draft) ? { kind: 'draft', draft } : { kind: 'draftDeleted' };
}

const nameIn = (names: ReadonlyMap<string, Bilingual>, plan: string): Bilingual =>
  names.get(plan) ?? { zh: plan, en: plan };

function interviewView(each: StoredInterview, names: ReadonlyMap<string, Bilingual>): Interview {
  const { id, occasion, whom, agentId, name, day, summary, at, by, changes } = each;
  return {
    ...{ id, occasion, whom, agentId, name, day, summary, taken: { at: at.toISOString(), by } },
    changes: changes.map((change) => ({
      ...change,
      name: change.what === 'plan' ? nameIn(names, change.subject) : null,
    })),
  };
}
