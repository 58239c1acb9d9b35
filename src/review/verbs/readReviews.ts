import { Temporal } from 'temporal-polyfill';
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
import type { Interview, Occasion, ReviewPage } from '../schemas.ts';

export const todayOf = ({ now, timeZone }: Pick<Deps, 'now' | 'timeZone'>): string =>
  Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** Everything of reviews; of interviews with people those in the reader's scope. */
export async function readReviews(deps: Deps, actor: Actor): Promise<ReviewPage> {
  authorise(actor, 'review.read');
  const { postgres } = deps.stores;
  const today = todayOf(deps);
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
  const known: Known = { today, names, drafts: new Set(drafts.map(({ id }) => id)) };
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
      versions: mayWrite ? versions.filter(({ planId }) => planId === id).map(versionOf) : [],
      drafts: mayWrite ? drafts.filter(({ planId }) => planId === id).map(draftOf) : [],
    })),
    definitions: mayWrite
      ? [...definitions].flatMap(([metric, decided]) =>
          decided.map(({ version, createdAt }) => ({ metric, version, at: createdAt })),
        )
      : [],
    may: { write: mayWrite },
  };
}

const versionOf = ({ version, publishedAt }: { version: number; publishedAt: string }) => ({ version, publishedAt });
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
}

function occasionView(each: StoredOccasion, { today, names, drafts }: Known): Occasion {
  const { id, kind, title, day, note, madeAt, madeName, droppedAt, droppedName, droppedReason } = each;
  const isDropped = droppedAt !== null;
  return {
    ...{ id, kind, title, day, note, made: { at: madeAt.toISOString(), by: madeName } },
    dropped: droppedAt && { at: droppedAt.toISOString(), by: droppedName ?? '', reason: droppedReason ?? '' },
    plans: each.plans.map(({ plan, outcome, reason, draft, version, at, by }) => ({
      ...{ plan, name: nameIn(names, plan) },
      due: isDue({ day, isDropped, isDecided: outcome !== null }, today),
      decided: outcome && {
        ...{ outcome, reason: reason ?? '', by: by ?? '', at: at === null ? '' : new Date(at).toISOString() },
        ...{ draft: draft !== null && drafts.has(draft) ? draft : null, version },
      },
    })),
  };
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
