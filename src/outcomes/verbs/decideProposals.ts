import { appendEntries } from '../../ledger/appendEntries.ts';
import { sha256Hex } from '../../ledger/ledgerContent.ts';
import type { NewRecord } from '../../ledger/records.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, isInScope, may, scopeFilter } from '../../people/authorise.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { type Queryable, transaction } from '../../platform/transaction.ts';
import { cardEntry } from '../../scores/frozenCardStore.ts';
import type { PayBase } from '../../scores/gradePay.ts';
import { amountOf } from '../amountOf.ts';
import { approvedRecord } from '../approvedRecord.ts';
import { type Completed, decisionOf, type Given, permissionOf } from '../decisionOf.ts';
import { openDevelopment } from '../developmentStore.ts';
import { isByHand, isPay } from '../proposal.ts';
import {
  cardEntries,
  type Decided,
  keepDecisions,
  lockProposals,
  readProposals,
  type StoredProposal,
} from '../proposalStore.ts';
import type { DecideAllInput, Decided as DecidedCount, DecideInput } from '../schemas.ts';
import { payBasesOf } from './listOutcomes.ts';

/**
 * Approves or declines proposals, all of them or none. Nobody decides about themselves, nor approves what they entered. Throws NotFound
 * `outcome.unknown`, Forbidden `outcome.own` or `outcome.ownEntry`, Conflict `outcome.decided`, `outcome.replaced`, `outcome.fell` or
 * `outcome.lacking`, Invalid `outcome.incomplete`.
 */
export async function decideProposals(deps: Deps, actor: Actor, input: DecideInput): Promise<DecidedCount> {
  authorise(actor, may(actor, 'outcome.decide') ? 'outcome.decide' : 'training.decide');
  const ids = [...new Set(input.ids)];
  const base = await payBasesOf(deps, await periodsOf(deps.stores.postgres, ids));
  return transaction(deps.stores.postgres, async (connection) => {
    const found = await lockProposals(connection, ids);
    for (const id of ids) {
      const proposal = found.find((each) => each.id === id);
      if (!proposal || !isInScope(actor, proposal)) throw new NotFound('outcome.unknown', { proposal: id });
      refuse(actor, proposal, input.decision);
    }
    const completed = found.map((proposal) => ({ proposal, done: completedOf(proposal, base, input) }));
    const incomplete = completed.flatMap(({ proposal: { id }, done }) =>
      done.status === 'enter' ? [{ path: `${id}.${done.field}`, code: 'outcome.enter' }] : [],
    );
    if (incomplete.length > 0) throw new Invalid('outcome.incomplete', incomplete);
    const decided = completed.map(({ proposal: { id, name }, done }): Decided => {
      if (done.status === 'lacking') throw new Conflict(lacking[done.lack], { name });
      return { id, decision: done.status === 'complete' ? done.decision : {} };
    });
    await keep(deps, actor, connection, { decision: input.decision, reason: input.reason, found, decided });
    return { decided: decided.length, left: 0 };
  });
}

/** Approves everything of a kind in a period that waits, is supported and complete; `left` is how many are not. */
export async function approveAll(deps: Deps, actor: Actor, input: DecideAllInput): Promise<DecidedCount> {
  authorise(actor, permissionOf(input.kind));
  const base = await payBasesOf(deps, isPay(input.kind) ? [input.period] : []);
  return transaction(deps.stores.postgres, async (connection) => {
    const which = { period: input.period, kind: input.kind, state: 'proposed' as const, agent: null, text: '' };
    const waiting = await readProposals(connection, { ...which, scope: scopeFilter(actor) });
    const found = await lockProposals(
      connection,
      waiting.map(({ id }) => id),
    );
    const decided = found.flatMap((proposal): Decided[] => {
      const { id, rule, state, supported, replaced, agentId, proposedBy } = proposal;
      const open = state === 'proposed' && supported && !replaced;
      if (!open || actor.agentId === agentId || (isByHand(rule) && actor.userId === proposedBy)) return [];
      const done = completedOf(proposal, base, { ...input, decision: 'approved' });
      return done.status === 'complete' ? [{ id, decision: done.decision }] : [];
    });
    if (decided.length > 0)
      await keep(deps, actor, connection, { decision: 'approved', reason: input.reason, found, decided });
    return { decided: decided.length, left: found.length - decided.length };
  });
}

async function periodsOf(postgres: Queryable, ids: readonly number[]): Promise<string[]> {
  const { rows } = await postgres.query<{ period: string; kind: StoredProposal['kind'] }>(
    'SELECT DISTINCT period, kind FROM proposals WHERE id = ANY($1)',
    [ids],
  );
  return rows.flatMap(({ period, kind }) => (isPay(kind) ? [period] : []));
}

const lacking = {
  salary: 'outcome.noSalary',
  performancePay: 'outcome.noPerformancePay',
  coefficient: 'outcome.noCoefficient',
  rate: 'outcome.noRate',
  factor: 'outcome.noFactor',
  base: 'outcome.noBase',
} as const;

function refuse(actor: Actor, proposal: StoredProposal, decision: 'approved' | 'declined'): void {
  const { id, kind, rule, agentId, team, shop, state, supported, replaced, proposedBy } = proposal;
  authorise(actor, permissionOf(kind), { agentId, team, shop });
  if (actor.agentId === agentId) throw new Forbidden('outcome.own');
  if (replaced) throw new Conflict('outcome.replaced', { proposal: id });
  // What was approved on a card that gives it no more may be taken back, and only that.
  const takesBack = state === 'approved' && !supported && decision === 'declined';
  if (state !== 'proposed' && !takesBack) throw new Conflict('outcome.decided', { proposal: id });
  if (decision === 'declined') return;
  if (!supported) throw new Conflict('outcome.fell', { proposal: id });
  if (isByHand(rule) && proposedBy === actor.userId) throw new Forbidden('outcome.ownEntry');
}

function completedOf(
  { suggestion, period, agentId }: StoredProposal,
  base: (period: string, agentId: string) => PayBase,
  given: Given & { readonly decision: 'approved' | 'declined' },
): Completed {
  if (given.decision === 'declined') return { status: 'complete', decision: {} };
  return decisionOf(suggestion, amountOf(suggestion, base(period, agentId)), given);
}

interface Kept {
  readonly decision: 'approved' | 'declined';
  readonly reason: string;
  readonly found: readonly StoredProposal[];
  readonly decided: readonly Decided[];
}

/** The decisions and all that follows from them, in the one transaction. */
async function keep(deps: Deps, actor: Actor, connection: Queryable, kept: Kept): Promise<void> {
  const by = { at: new Date(deps.now()), userId: actor.userId, name: actor.name, reason: kept.reason };
  await keepDecisions(connection, kept.decision, kept.decided, by);
  const ids = new Set(kept.decided.map(({ id }) => id));
  const proposals = kept.found.filter(({ id }) => ids.has(id));
  // Every one has an event of its own; the audit names those of one decision together.
  if (kept.decision === 'approved') {
    await sayInLedger(deps, actor, connection, proposals, kept.decided);
    const decisions = new Map(kept.decided.map(({ id, decision }) => [id, decision]));
    for (const proposal of proposals) {
      const endsOn = decisions.get(proposal.id)?.endsOn;
      if (endsOn !== undefined) await openDevelopment(connection, proposal, endsOn, by);
    }
  }
  // A proposal declined while it waited was in no ledger; what was approved is.
  const withdrawn = kept.decision === 'declined' ? proposals.filter(({ state }) => state === 'approved') : [];
  if (withdrawn.length > 0) await sayTakenBack(deps, actor, connection, withdrawn, kept.reason);
  const [first] = proposals;
  const what =
    proposals.length === 1 && first ? `${first.id} ${first.kind} ${first.period} ${first.agentId}` : many(proposals);
  await audit(deps, actor, `outcome.${kept.decision}`, what, connection);
}

async function sayInLedger(
  deps: Deps,
  actor: Actor,
  connection: Queryable,
  proposals: readonly StoredProposal[],
  decided: readonly Decided[],
): Promise<void> {
  const decisions = new Map(decided.map(({ id, decision }) => [id, decision]));
  const entries = await cardEntries(connection, [...decisions.keys()]);
  const records = proposals.map(({ id, period, agentId, kind, rule }) => ({
    record: approvedRecord({
      ...{ id, period, agentId, kind, rule, decision: decisions.get(id) ?? {}, decidedBy: actor.name },
      scorecard: entries.get(id) ?? null,
    }),
  }));
  await appendEntries(connection, records, deps);
}

async function sayTakenBack(
  deps: Deps,
  actor: Actor,
  connection: Queryable,
  withdrawn: readonly StoredProposal[],
  reason: string,
): Promise<void> {
  const records: { record: NewRecord }[] = [];
  for (const { id, period, agentId, kind, rule } of withdrawn)
    records.push({
      record: {
        ...{ kind: 'outcomeWithdrawn', outcome: kind, period, agentId, decidedBy: actor.name },
        ...{ reasonHash: sha256Hex(reason), detail: { proposal: id, rule } },
        scorecard: await cardEntry(connection, period, agentId),
      },
    });
  await appendEntries(connection, records, deps);
}

const many = (proposals: readonly StoredProposal[]): string => {
  const kinds = [...new Set(proposals.map(({ kind, period }) => `${kind} ${period}`))].join(', ');
  return `${kinds} (${proposals.length}): ${proposals.map(({ id }) => id).join(' ')}`;
};
