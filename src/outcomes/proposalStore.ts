import { z } from 'zod';
import type { ScopeFilter } from '../people/authorise.ts';
import type { Queryable } from '../platform/transaction.ts';
import type { FrozenCard } from '../scores/frozenCardStore.ts';
import {
  type BasisCard,
  type ProposalKind,
  type ProposalState,
  proposalKinds,
  proposalStates,
  type Suggestion,
} from './proposal.ts';
import type { Change } from './reconcile.ts';
import { type Decision, decisionSchema } from './schemas.ts';

const textRow = z.object({ zh: z.string(), en: z.string() });

// Written by us as JSON, so the inside is taken as it is: ten thousand of them are read at once.
const rowSchema = z.object({
  id: z.coerce.number(),
  period: z.string(),
  agentId: z.string(),
  name: z.string(),
  team: z.string(),
  shop: z.string(),
  kind: z.enum(proposalKinds),
  rule: z.string(),
  revision: z.number(),
  planId: z.string(),
  planVersion: z.number(),
  words: textRow.nullable(),
  basis: z.custom<readonly BasisCard[]>(),
  suggestion: z.custom<Suggestion>(),
  state: z.enum(proposalStates),
  supported: z.boolean(),
  replaced: z.boolean(),
  proposedAt: z.date(),
  proposedBy: z.string(),
  proposedName: z.string(),
  decidedAt: z.date().nullable(),
  decidedName: z.string().nullable(),
  decidedReason: z.string().nullable(),
  decision: decisionSchema.nullable(),
});
export type StoredProposal = z.infer<typeof rowSchema>;

const columns = `id, period, agent_id AS "agentId", name, team, shop, kind, rule, revision, plan_id AS "planId",
  plan_version AS "planVersion", words, basis, suggestion, state, supported,
  EXISTS (
    SELECT 1 FROM proposals AS later
    WHERE later.period = proposals.period AND later.agent_id = proposals.agent_id AND later.kind = proposals.kind
      AND later.rule = proposals.rule AND later.revision > proposals.revision
  ) AS replaced,
  proposed_at AS "proposedAt", proposed_by AS "proposedBy",
  proposed_name AS "proposedName", decided_at AS "decidedAt", decided_name AS "decidedName", decided_reason AS "decidedReason", decision`;

/** The last revision of each rule's proposal, for these people in a period. */
export async function standingIn(
  connection: Queryable,
  period: string,
  agents: readonly string[],
): Promise<StoredProposal[]> {
  const { rows } = await connection.query(
    `SELECT DISTINCT ON (agent_id, kind, rule) ${columns} FROM proposals
     WHERE period = $1 AND agent_id = ANY($2) ORDER BY agent_id, kind, rule, revision DESC`,
    [period, agents],
  );
  return rows.map((row) => rowSchema.parse(row));
}

/** The last proposal to rotate these people into each job, of whatever period; nobody decides about any of them until the transaction ends. */
export async function standingRotations(connection: Queryable, agents: readonly string[]): Promise<StoredProposal[]> {
  await connection.query(
    `SELECT 1 FROM proposals WHERE kind = 'rotation' AND agent_id = ANY($1) ORDER BY id FOR UPDATE`,
    [agents],
  );
  const { rows } = await connection.query(
    `SELECT DISTINCT ON (agent_id, rule) ${columns} FROM proposals
     WHERE kind = 'rotation' AND agent_id = ANY($1) ORDER BY agent_id, rule, period DESC, revision DESC`,
    [agents],
  );
  return rows.map((row) => rowSchema.parse(row));
}

/** Who proposes, decides, or sees to it that proposals say what the cards say. */
export interface By {
  readonly at: Date;
  readonly userId: string;
  readonly name: string;
  readonly reason: string;
}

export interface CardChange {
  readonly card: Pick<FrozenCard, 'period' | 'agentId' | 'person' | 'plan'>;
  readonly change: Change;
}

/** Carries the changes out, with an event for each. Returns the ids of what was newly proposed. */
export async function keepChanges(connection: Queryable, changes: readonly CardChange[], by: By): Promise<number[]> {
  if (changes.length === 0) return [];
  const made = await insertProposals(connection, changes, by);
  const events: { proposal_id: number; what: string; before: Suggestion | null }[] = made.map((id) => ({
    ...{ proposal_id: id, what: 'proposed', before: null },
  }));
  for (const { change } of changes) {
    switch (change.change) {
      case 'propose':
        break;
      case 'alter':
        await connection.query('UPDATE proposals SET suggestion = $2, basis = $3, words = $4 WHERE id = $1', [
          ...[change.id, JSON.stringify(change.proposed.suggestion), JSON.stringify(change.proposed.basis)],
          change.proposed.words && JSON.stringify(change.proposed.words),
        ]);
        events.push({ proposal_id: change.id, what: 'changed', before: change.before });
        break;
      case 'fall':
      case 'stand':
        await connection.query('UPDATE proposals SET supported = $2 WHERE id = $1', [
          change.id,
          change.change === 'stand',
        ]);
        events.push({ proposal_id: change.id, what: change.change === 'fall' ? 'fell' : 'stands', before: null });
        break;
    }
  }
  await insertEvents(connection, events, by);
  return made;
}

async function insertProposals(connection: Queryable, changes: readonly CardChange[], by: By): Promise<number[]> {
  const rows = changes.flatMap(({ card: { period, agentId, person, plan }, change }) => {
    if (change.change !== 'propose') return [];
    const { kind, rule, words, basis, suggestion } = change.proposed;
    return [
      {
        ...{ period, agent_id: agentId, name: person.name, team: person.team, shop: person.shop, kind, rule },
        ...{ revision: change.revision, plan_id: plan.id, plan_version: plan.version, words, basis, suggestion },
        ...{ proposed_at: by.at, proposed_by: by.userId, proposed_name: by.name },
      },
    ];
  });
  const inserted = `period, agent_id, name, team, shop, kind, rule, revision, plan_id, plan_version, words, basis, suggestion,
    proposed_at, proposed_by, proposed_name`;
  const { rows: made } = await connection.query<{ id: string }>(
    `INSERT INTO proposals (${inserted})
     SELECT ${inserted} FROM jsonb_populate_recordset(NULL::proposals, $1::jsonb) RETURNING id`,
    [JSON.stringify(rows)],
  );
  return made.map(({ id }) => Number(id));
}

async function insertEvents(
  connection: Queryable,
  events: readonly { readonly proposal_id: number; readonly what: string; readonly before: Suggestion | null }[],
  by: By,
): Promise<void> {
  await connection.query(
    `INSERT INTO proposal_events (proposal_id, at, what, by_id, by_name, reason, before)
     SELECT proposal_id, $2, what, $3, $4, $5, before FROM jsonb_populate_recordset(NULL::proposal_events, $1::jsonb)`,
    [JSON.stringify(events), by.at, by.userId, by.name, by.reason],
  );
}

/** Which proposals a list is of; null leaves a field free. */
export interface Which {
  readonly period: string | null;
  readonly kind: ProposalKind | null;
  readonly state: ProposalState | null;
  readonly agent: string | null;
  /** Part of a name, team or id. */
  readonly text: string;
  readonly scope: ScopeFilter;
}

const matching = `($1::text IS NULL OR period = $1) AND ($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR state = $3)
  AND ($4::text IS NULL OR agent_id = $4) AND ($5 = '' OR strpos(lower(name || ' ' || team || ' ' || agent_id), lower($5)) > 0)
  AND ($6::text[] IS NULL OR agent_id = ANY($6)) AND ($7::text[] IS NULL OR team = ANY($7)) AND ($8::text[] IS NULL OR shop = ANY($8))`;
const given = ({ period, kind, state, agent, text, scope }: Which) => [
  ...[period, kind, state, agent, text, scope.agents, scope.teams, scope.shops],
];

/** The latest periods first, within a period by kind and name. */
export async function readProposals(postgres: Queryable, which: Which): Promise<StoredProposal[]> {
  const { rows } = await postgres.query(
    `SELECT ${columns} FROM proposals WHERE ${matching} ORDER BY period DESC, kind, name, id`,
    given(which),
  );
  return rows.map((row) => rowSchema.parse(row));
}

const keyRow = rowSchema.pick({
  ...({ id: true, period: true, agentId: true, name: true, kind: true, state: true } as const),
  ...({ suggestion: true, decision: true } as const),
});
export type ProposalKey = z.infer<typeof keyRow>;

/** Of all that match only what they are sorted by, in no order. */
export async function readKeys(postgres: Queryable, which: Which): Promise<ProposalKey[]> {
  const { rows } = await postgres.query(
    `SELECT id, period, agent_id AS "agentId", name, kind, state, suggestion, decision FROM proposals WHERE ${matching}`,
    given(which),
  );
  return rows.map((row) => keyRow.parse(row));
}

/** A page of a list, in the order of its ids. */
export async function readPage(postgres: Queryable, ids: readonly number[]): Promise<StoredProposal[]> {
  const { rows } = await postgres.query(
    `SELECT ${columns} FROM proposals WHERE id = ANY($1) ORDER BY array_position($1::bigint[], id)`,
    [ids],
  );
  return rows.map((row) => rowSchema.parse(row));
}

const countRow = z.object({ kind: z.enum(proposalKinds), state: z.enum(proposalStates), count: z.number() });

export async function countProposals(postgres: Queryable, which: Which): Promise<z.infer<typeof countRow>[]> {
  const { rows } = await postgres.query(
    `SELECT kind, state, count(*)::int AS count FROM proposals WHERE ${matching} GROUP BY kind, state ORDER BY kind, state`,
    given(which),
  );
  return rows.map((row) => countRow.parse(row));
}

/** Held until the transaction ends, in the order of their ids; those there are. */
export async function lockProposals(connection: Queryable, ids: readonly number[]): Promise<StoredProposal[]> {
  await connection.query('SELECT 1 FROM proposals WHERE id = ANY($1) ORDER BY id FOR UPDATE', [ids]);
  const { rows } = await connection.query(`SELECT ${columns} FROM proposals WHERE id = ANY($1) ORDER BY id`, [ids]);
  return rows.map((row) => rowSchema.parse(row));
}

export interface Decided {
  readonly id: number;
  readonly decision: Decision;
}

export async function keepDecisions(
  connection: Queryable,
  state: 'approved' | 'declined',
  decided: readonly Decided[],
  by: By,
): Promise<void> {
  await connection.query(
    `UPDATE proposals SET state = $2, decided_at = $3, decided_by = $4, decided_name = $5, decided_reason = $6, decision = given.decision
     FROM jsonb_to_recordset($1::jsonb) AS given (id bigint, decision jsonb) WHERE proposals.id = given.id`,
    [JSON.stringify(decided), state, by.at, by.userId, by.name, by.reason],
  );
  const events = decided.map(({ id }) => ({ proposal_id: id, what: state, before: null }));
  await insertEvents(connection, events, by);
}

/** The ledger's entry of the card of its own period that each proposal rests on, by proposal; none for cards it does not speak of. */
export async function cardEntries(connection: Queryable, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const { rows } = await connection.query<{ id: string; entry: string }>(
    `SELECT proposals.id, scorecard_entries.entry
     FROM proposals, jsonb_to_recordset(basis) AS card (period text, version int)
     JOIN scorecard_entries USING (period, version)
     WHERE proposals.id = ANY($1) AND card.period = proposals.period AND scorecard_entries.agent_id = proposals.agent_id`,
    [ids],
  );
  return new Map(rows.map(({ id, entry }) => [Number(id), entry]));
}

const eventRow = z.object({
  at: z.date(),
  what: z.enum(['proposed', 'changed', 'fell', 'stands', 'approved', 'declined']),
  by: z.string(),
  reason: z.string(),
  before: z.custom<Suggestion>().nullable(),
});

/** What happened to a proposal, oldest first. */
export async function readEvents(postgres: Queryable, id: number): Promise<z.infer<typeof eventRow>[]> {
  const { rows } = await postgres.query(
    'SELECT at, what, by_name AS by, reason, before FROM proposal_events WHERE proposal_id = $1 ORDER BY id',
    [id],
  );
  return rows.map((row) => eventRow.parse(row));
}
