import { parsePeriod } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, isInScope, may, scopeFilter } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import type { Bilingual } from '../../platform/language.ts';
import { noPayBase, type PayBase } from '../../scores/gradePay.ts';
import { payBasesIn } from '../../scores/payBaseStore.ts';
import { readVersions } from '../../scores/planStore.ts';
import { amountOf } from '../amountOf.ts';
import { permissionOf } from '../decisionOf.ts';
import { publishedPeriods } from '../groundStore.ts';
import { isByHand, isMoney } from '../proposal.ts';
import {
  countProposals,
  type ProposalKey,
  readEvents,
  readKeys,
  readPage,
  readProposals,
  type StoredProposal,
  type Which,
} from '../proposalStore.ts';
import type { ApprovedList, OutcomeEvents, OutcomeList, OutcomesQuery, ProposalView } from '../schemas.ts';
import { type Order, sortProposals } from '../sortProposals.ts';

const pageSize = 50;
type BaseOf = (period: string, agentId: string) => PayBase;

/** Proposals of the reader's scope. An agent sees what was approved for them, and nothing that was only proposed. */
export async function listOutcomes(deps: Deps, actor: Actor, query: OutcomesQuery): Promise<OutcomeList> {
  authorise(actor, 'outcome.read');
  const { postgres } = deps.stores;
  const periods = await allPublished(deps);
  const period = query.period ?? periods[0] ?? null;
  const which: Which = {
    ...{ period, kind: query.kind ?? null, agent: query.agent ?? null, text: query.text },
    state: query.state === 'all' ? null : query.state,
    scope: scopeFilter(actor),
  };
  const seen = whatIsSeen(actor, which);
  const [counts, sorted] = await Promise.all([
    countProposals(postgres, { ...seen, kind: null, state: actor.role === 'agent' ? 'approved' : null }),
    period === null ? [] : sortedIds(deps, actor, seen, { by: query.sort, down: query.order === 'down' }),
  ]);
  // What others are paid is seen by few, and not unseen.
  if (may(actor, 'pay.read')) await audit(deps, actor, 'outcome.read', period ?? '');
  const found = await readPage(postgres, sorted.slice(query.after, query.after + pageSize));
  return {
    ...{ periods, period, counts },
    proposals: await viewsOf(deps, actor, found),
    next: sorted.length > query.after + pageSize ? query.after + pageSize : null,
    may: {
      decide: may(actor, 'outcome.decide') || may(actor, 'training.decide'),
      pay: may(actor, 'pay.read'),
      enter: may(actor, 'outcome.propose'),
    },
  };
}

/** Amounts are asked for only where they decide the order, and put nothing in order for those who may not see them. */
async function sortedIds(deps: Deps, actor: Actor, which: Which, order: Order): Promise<number[]> {
  const keys = await readKeys(deps.stores.postgres, which);
  const seesPay = may(actor, 'pay.read');
  const base =
    seesPay && order.by === 'amount'
      ? await payBasesOf(
          deps,
          keys.map(({ period }) => period),
        )
      : () => noPayBase;
  return sortProposals(
    keys.map((key) => ({ ...key, amountFen: seesPay || key.agentId === actor.agentId ? fenOf(key, base) : null })),
    order,
  );
}

function fenOf({ state, period, agentId, suggestion, decision }: ProposalKey, base: BaseOf): bigint | null {
  if (state !== 'proposed') return decision?.amountFen === undefined ? null : BigInt(decision.amountFen);
  const amount = amountOf(suggestion, base(period, agentId));
  return amount?.status === 'known' ? BigInt(amount.amountFen) : null;
}

const whatIsSeen = (actor: Actor, which: Which): Which =>
  actor.role === 'agent' ? { ...which, state: 'approved' } : which;

async function allPublished({ stores: { postgres } }: Deps): Promise<string[]> {
  const kinds = await Promise.all(
    (['month', 'quarter', 'year'] as const).map((kind) => publishedPeriods(postgres, kind)),
  );
  // The year's end beside its last month: 2026-12, 2026-Q4, 2026.
  return kinds.flat().sort((a, b) => (endOf(a) < endOf(b) ? 1 : endOf(a) > endOf(b) ? -1 : a.length - b.length));
}

const endOf = (period: string): string => {
  const [year, part] = period.split('-');
  if (part === undefined) return `${year}-12`;
  return part.startsWith('Q') ? `${year}-${String(Number(part.slice(1)) * 3).padStart(2, '0')}` : period;
};

/** What was approved for one person, the latest first, and their stars. Throws Forbidden out of scope. */
export async function listApproved(deps: Deps, actor: Actor, agentId: string): Promise<ApprovedList> {
  authorise(actor, 'outcome.read');
  const which = { period: null, kind: null, state: 'approved' as const, agent: agentId, text: '' };
  const found = await readProposals(deps.stores.postgres, { ...which, scope: scopeFilter(actor) });
  const counted = lastApproved(found);
  const plans = await readVersions(deps.stores.postgres);
  const starred = counted.flatMap(({ suggestion, planId, planVersion }) => {
    const plan = plans.find((each) => each.planId === planId && each.version === planVersion)?.plan;
    return suggestion.kind === 'star' && plan?.stars ? [{ change: suggestion.change, floor: plan.stars.floor }] : [];
  });
  const stars = starred
    .reverse()
    .reduce<number | null>((sum, { change, floor }) => Math.max(Number(floor), (sum ?? Number(floor)) + change), null);
  return { approved: await viewsOf(deps, actor, counted), stars };
}

/** Of several approved revisions of one rule the last; one that only waits, or was declined, takes nothing from what was approved. */
function lastApproved(approved: readonly StoredProposal[]): StoredProposal[] {
  const keyOf = ({ period, kind, rule }: StoredProposal) => `${period} ${kind} ${rule}`;
  const last = new Map<string, number>();
  for (const each of approved) last.set(keyOf(each), Math.max(each.revision, last.get(keyOf(each)) ?? 0));
  return approved.filter((each) => last.get(keyOf(each)) === each.revision);
}

/** What happened to a proposal. Throws NotFound `outcome.unknown`, also for one out of scope. */
export async function showEvents(deps: Deps, actor: Actor, id: number): Promise<OutcomeEvents> {
  authorise(actor, 'outcome.propose');
  const { rows } = await deps.stores.postgres.query<{ agent_id: string; team: string; shop: string }>(
    'SELECT agent_id, team, shop FROM proposals WHERE id = $1',
    [id],
  );
  const [found] = rows;
  if (!found || !isInScope(actor, { agentId: found.agent_id, team: found.team, shop: found.shop }))
    throw new NotFound('outcome.unknown', { proposal: id });
  const events = await readEvents(deps.stores.postgres, id);
  return { events: events.map(({ at, ...event }) => ({ at: at.toISOString(), ...event })) };
}

/** By period, everybody's pay; read only where somebody may see it. */
export async function payBasesOf(deps: Deps, periods: Iterable<string>): Promise<BaseOf> {
  const found = new Map<string, ReadonlyMap<string, PayBase>>();
  for (const period of new Set(periods))
    found.set(period, await payBasesIn(deps.stores.clickhouse, parsePeriod(period, deps.timeZone)));
  return (period, agentId) => found.get(period)?.get(agentId) ?? noPayBase;
}

async function viewsOf(deps: Deps, actor: Actor, found: readonly StoredProposal[]): Promise<ProposalView[]> {
  const names = new Map<string, Bilingual>();
  for (const id of new Set(found.map(({ planId }) => planId)))
    for (const { version, plan } of await readVersions(deps.stores.postgres, id))
      names.set(`${id} ${version}`, plan.name);
  const seesPay = may(actor, 'pay.read');
  const base = seesPay
    ? await payBasesOf(
        deps,
        found.filter(({ state }) => state === 'proposed').map(({ period }) => period),
      )
    : () => noPayBase;
  return found.map((each) => viewOf(actor, each, { names, base, seesPay }));
}

interface Known {
  readonly names: ReadonlyMap<string, Bilingual>;
  readonly base: BaseOf;
  readonly seesPay: boolean;
}

function viewOf(actor: Actor, each: StoredProposal, { names, base, seesPay }: Known): ProposalView {
  const { id, period, kind, rule, words, basis, suggestion, state, supported, replaced } = each;
  const { agentId, name, team, shop, planId, planVersion, decision, decidedAt } = each;
  const own = actor.agentId === agentId;
  const decidable = state === 'proposed' || (state === 'approved' && !supported);
  const mine = may(actor, permissionOf(kind)) && isInScope(actor, { agentId, team, shop });
  return {
    ...{ id, period, agent: { agentId, name, team, shop }, kind, rule, words, basis, suggestion, state, supported },
    ...{ replaced, mayDecide: decidable && mine && !own && !replaced },
    plan: {
      id: planId,
      version: planVersion,
      name: names.get(`${planId} ${planVersion}`) ?? { zh: planId, en: planId },
    },
    amount: seesPay && state === 'proposed' ? amountOf(suggestion, base(period, agentId)) : null,
    proposed: { at: each.proposedAt.toISOString(), by: each.proposedName, byHand: isByHand(rule) },
    decided: decidedAt && {
      ...{ at: decidedAt.toISOString(), by: each.decidedName ?? '', reason: each.decidedReason ?? '' },
      decision: decision === null || (isMoney(kind) && !seesPay && !own) ? {} : decision,
    },
  };
}
