import type { Actor } from '../../../people/actor.ts';
import { authorise, isInScope, may, scopeFilter } from '../../../people/authorise.ts';
import { maskPersonalData } from '../../../people/mask.ts';
import type { Deps } from '../../../platform/http.ts';
import { everything } from '../../sampling/verbs/readSamples.ts';
import { countCases, listOf, type StoredCase, weeksLookedAt } from '../caseStore.ts';
import type { CaseReason } from '../proposeCases.ts';
import { type BestCase, type CaseList, votesNeeded } from '../schemas.ts';
import type { Strategy } from '../strategies.ts';
import { weeksToLookIn } from './nightlyCases.ts';

const pageSize = 30;

interface Asked {
  readonly view: 'proposed' | 'templates';
  readonly text: string;
  readonly strategy?: Strategy | undefined;
  readonly reason?: CaseReason | undefined;
  readonly id?: number | undefined;
  readonly after: number;
}

/** The library of service templates, open to everybody; or the proposals of the reader's scope. */
export async function listCases(deps: Deps, actor: Actor, asked: Asked): Promise<CaseList> {
  authorise(actor, 'case.read');
  const { postgres } = deps.stores;
  const own = scopeFilter(actor);
  const mayPropose = may(actor, 'case.write') && isInScope(actor, everything);
  const [found, counts, weeks] = await Promise.all([
    listOf(postgres, {
      ...{ member: actor.userId, view: asked.view, text: asked.text, after: asked.after, limit: pageSize + 1 },
      ...{ strategy: asked.strategy ?? null, reason: asked.reason ?? null, id: asked.id ?? null },
      scope: asked.view === 'proposed' ? own : { agents: null, teams: null, shops: null },
    }),
    countCases(postgres, own),
    mayPropose ? weeksToLookIn(deps) : [],
  ]);
  const looked = await weeksLookedAt(postgres, weeks.at(-1)?.monday ?? '2000-01-03');
  return {
    view: asked.view,
    counts,
    cases: found.slice(0, pageSize).map((each) => caseView(actor, each)),
    next: found.length > pageSize ? asked.after + pageSize : null,
    weeks: weeks.map(({ monday }) => ({ monday, looked: looked.has(monday) })),
    votesNeeded,
    may: { vote: may(actor, 'case.vote'), write: may(actor, 'case.write'), propose: mayPropose },
  };
}

const points = (hundredths: number | null) => (hundredths === null ? null : hundredths / 100);

function caseView(actor: Actor, each: StoredCase): BestCase {
  const { template, sessionId, agentId, team, shop } = each;
  const opens = may(actor, 'transcript.read') && isInScope(actor, { agentId, team, shop });
  return {
    ...{
      id: each.id,
      week: each.week,
      agentName: each.agentName,
      team,
      issue: maskPersonalData(each.issue),
      reasons: each.reasons,
    },
    ...{ sessionId: opens ? sessionId : null, happenedAt: each.happenedAt.toISOString() },
    why: { rating: each.rating, feelingStart: points(each.feelingStart), feelingEnd: points(each.feelingEnd) },
    ...{ votes: each.votes, voted: each.voted, own: actor.agentId !== null && actor.agentId === agentId },
    template,
  };
}
