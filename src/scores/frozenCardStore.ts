import { z } from 'zod';
import type { EvidenceDigest } from '../metrics/evidenceDigestStore.ts';
import type { ScopeFilter } from '../people/authorise.ts';
import type { Queryable } from '../platform/transaction.ts';
import { cycleStates } from './cycleState.ts';
import type { ForcedGrade } from './forcedGrades.ts';
import type { Person } from './organisation.ts';
import type { Scorecard, ScoreInput } from './scorecard.ts';

export const cardCauses = ['closing', 'revision', 'appeal', 'meeting'] as const;
export type CardCause = (typeof cardCauses)[number];

/** A card as it was frozen. The latest version of a person's card in a period is the one that counts. */
export interface FrozenCard {
  readonly period: string;
  readonly agentId: string;
  readonly version: number;
  readonly plan: { readonly id: string; readonly version: number; readonly hash: string };
  readonly person: Person;
  /** null for a quarter or a year. */
  readonly input: ScoreInput | null;
  readonly card: Scorecard;
  /** By item id; what has no rows of its own in the period is left out. */
  readonly evidence: Readonly<Record<string, EvidenceDigest>>;
  /** The grade that counts, with its level within a distribution. `card.grade` stays the one of the bands. */
  readonly grade: string | null;
  readonly level: number | null;
  readonly gradedBy: 'bands' | 'distribution' | 'meeting';
  readonly coefficient: string | null;
  readonly madeAt: string;
  readonly madeBy: { readonly userId: string; readonly name: string };
  readonly cause: CardCause;
  readonly reason: string;
}

// Written by us as JSON and never altered since, so its inside is taken as it is.
const rowSchema = z.object({
  period: z.string(),
  agentId: z.string(),
  version: z.number(),
  planId: z.string(),
  planVersion: z.number(),
  planHash: z.string(),
  person: z.custom<Person>(),
  input: z.custom<ScoreInput>().nullable(),
  card: z.custom<Scorecard>(),
  evidence: z.custom<FrozenCard['evidence']>(),
  grade: z.string().nullable(),
  level: z.number().nullable(),
  gradedBy: z.enum(['bands', 'distribution', 'meeting']),
  coefficient: z.string().nullable(),
  madeAt: z.date(),
  madeBy: z.string(),
  madeName: z.string(),
  cause: z.enum(cardCauses),
  reason: z.string(),
});

const columns = `period, agent_id AS "agentId", version, plan_id AS "planId", plan_version AS "planVersion", plan_hash AS "planHash",
  person, input, card, evidence, grade, level, graded_by AS "gradedBy", trim_scale(coefficient)::text AS coefficient,
  made_at AS "madeAt", made_by AS "madeBy", made_name AS "madeName", cause, reason`;

function cardOf(row: unknown): FrozenCard {
  const { planId, planVersion, planHash, madeAt, madeBy, madeName, ...rest } = rowSchema.parse(row);
  return {
    ...rest,
    plan: { id: planId, version: planVersion, hash: planHash },
    madeAt: madeAt.toISOString(),
    madeBy: { userId: madeBy, name: madeName },
  };
}

/** The cards that count in a closed period, by agent id; of all people where none is named. Empty for a period that is not closed. */
export async function readFrozenCards(
  postgres: Queryable,
  period: string,
  agents?: readonly string[],
): Promise<FrozenCard[]> {
  const { rows } = await postgres.query(
    `SELECT DISTINCT ON (agent_id) ${columns} FROM scorecards
     WHERE period = $1 AND ($2::text[] IS NULL OR agent_id = ANY($2))
     ORDER BY agent_id, version DESC`,
    [period, agents ?? null],
  );
  return rows.map(cardOf);
}

/** What a frozen card shows: the card with the grade that counts, and its place in a distribution. */
export interface ShownCard {
  readonly card: Scorecard;
  readonly rank: { readonly grade: string; readonly level: number } | null;
}

const shownRow = rowSchema.pick({ agentId: true, card: true, grade: true, level: true, coefficient: true });

/**
 * The cards of a closed period that were made by this very plan, by agent id; empty while the period is open. What a calibration
 * meeting decided shows once the period is published.
 */
export async function shownCards(
  postgres: Queryable,
  period: string,
  planHash: string,
  agents: readonly string[],
): Promise<ReadonlyMap<string, ShownCard>> {
  const { rows } = await postgres.query(
    `SELECT DISTINCT ON (agent_id) agent_id AS "agentId", card, grade, level, trim_scale(coefficient)::text AS coefficient
     FROM scorecards JOIN cycles USING (period)
     WHERE period = $1 AND plan_hash = $2 AND agent_id = ANY($3) AND (cause <> 'meeting' OR state IN ('published', 'final'))
     ORDER BY agent_id, version DESC`,
    [period, planHash, agents],
  );
  return new Map(
    rows
      .map((row) => shownRow.parse(row))
      .map(({ agentId, card, grade, level, coefficient }): [string, ShownCard] =>
        grade === null || level === null
          ? [agentId, { card: { ...card, grade, coefficient }, rank: null }]
          : [agentId, { card, rank: { grade, level } }],
      ),
  );
}

/** What a card came to, as far as a longer period is made from it: its total and the red lines on it. */
export type PartResult = Pick<Scorecard, 'total' | 'vetoes'>;

/** The same of the cards that count in a closed period, by agent id, whatever plan they were made by; null while it is not closed. */
export async function issuedResults(
  postgres: Queryable,
  period: string,
  agents: readonly string[],
): Promise<ReadonlyMap<string, PartResult> | null> {
  const { rows: closings } = await postgres.query('SELECT 1 FROM closings WHERE period = $1', [period]);
  if (closings.length === 0) return null;
  const { rows } = await postgres.query<{ agent: string } & PartResult>(
    `SELECT DISTINCT ON (agent_id) agent_id AS agent, card->>'total' AS total, card->'vetoes' AS vetoes FROM scorecards
     WHERE period = $1 AND agent_id = ANY($2) ORDER BY agent_id, version DESC`,
    [period, agents],
  );
  return new Map(rows.map(({ agent, total, vetoes }) => [agent, { total, vetoes }]));
}

/** The plan by which somebody's card of a closed period was made; null for one that is not closed, or where they have none. */
export async function issuedPlan(postgres: Queryable, period: string, agentId: string): Promise<string | null> {
  const { rows } = await postgres.query<{ plan: string }>(
    'SELECT plan_id AS plan FROM scorecards WHERE period = $1 AND agent_id = $2 ORDER BY version DESC LIMIT 1',
    [period, agentId],
  );
  return rows[0]?.plan ?? null;
}

/** What the cards that count were made from; none for a quarter or a year. */
export async function frozenInputs(
  postgres: Queryable,
  period: string,
  planHash: string,
  agents: readonly string[],
): Promise<ReadonlyMap<string, ScoreInput>> {
  const { rows } = await postgres.query(
    `SELECT DISTINCT ON (agent_id) agent_id AS "agentId", input FROM scorecards
     WHERE period = $1 AND plan_hash = $2 AND agent_id = ANY($3) AND input IS NOT NULL
     ORDER BY agent_id, version DESC`,
    [period, planHash, agents],
  );
  const known = rows.map((row) => rowSchema.pick({ agentId: true, input: true }).parse(row));
  return new Map(known.flatMap(({ agentId, input }) => (input ? [[agentId, input]] : [])));
}

/** Every version of one person's card, oldest first. */
export async function readCardVersions(postgres: Queryable, period: string, agentId: string): Promise<FrozenCard[]> {
  const { rows } = await postgres.query(
    `SELECT ${columns} FROM scorecards WHERE period = $1 AND agent_id = $2 ORDER BY version`,
    [period, agentId],
  );
  return rows.map(cardOf);
}

/** Adds cards; a version that is there already is a violation of the key (23505), and nothing is added. */
export const insertFrozenCards = (connection: Queryable, cards: readonly FrozenCard[]): Promise<void> =>
  addCards(connection, 'scorecards', cards);

/**
 * Cards of a closing wait in a table of its transaction: grades by rank need the totals of all, and a frozen card never changes. Call
 * `open` first and `freeze` last, within one transaction.
 */
export const stagedCards = {
  async open(connection: Queryable): Promise<void> {
    await connection.query('CREATE TEMP TABLE staged_cards (LIKE scorecards) ON COMMIT DROP');
  },
  add: (connection: Queryable, cards: readonly FrozenCard[]): Promise<void> =>
    addCards(connection, 'staged_cards', cards),
  async rank(connection: Queryable, ranks: ReadonlyMap<string, ForcedGrade | null>): Promise<void> {
    const ranked = [...ranks].flatMap(([agentId, rank]) => (rank ? [{ agentId, ...rank }] : []));
    await connection.query(
      `UPDATE staged_cards SET grade = given.grade, level = given.level, graded_by = 'distribution'
       FROM unnest($1::text[], $2::text[], $3::integer[]) AS given (agent_id, grade, level)
       WHERE staged_cards.agent_id = given.agent_id`,
      [ranked.map(({ agentId }) => agentId), ranked.map(({ grade }) => grade), ranked.map(({ level }) => level)],
    );
  },
  /** Answers how many there are. */
  async freeze(connection: Queryable): Promise<number> {
    const { rowCount } = await connection.query('INSERT INTO scorecards SELECT * FROM staged_cards');
    return rowCount ?? 0;
  },
};

async function addCards(
  connection: Queryable,
  table: 'scorecards' | 'staged_cards',
  cards: readonly FrozenCard[],
): Promise<void> {
  if (cards.length === 0) return;
  const rows = cards.map((card) => ({
    ...{ period: card.period, agent_id: card.agentId, version: card.version },
    ...{ plan_id: card.plan.id, plan_version: card.plan.version, plan_hash: card.plan.hash },
    ...{ person: card.person, input: card.input, card: card.card, evidence: card.evidence },
    ...{ total: card.card.total, grade: card.grade, level: card.level, graded_by: card.gradedBy },
    ...{ coefficient: card.coefficient, made_at: card.madeAt, made_by: card.madeBy.userId },
    ...{ made_name: card.madeBy.name, cause: card.cause, reason: card.reason },
  }));
  await connection.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::scorecards, $1::jsonb)`, [
    JSON.stringify(rows),
  ]);
}

/** So many of the cards that count in a period, in the order of agent ids after one of them; on wish as they are without the meeting. */
export async function frozenCardsAfter(
  postgres: Queryable,
  period: string,
  { after, limit, meeting = true }: { readonly after: string; readonly limit: number; readonly meeting?: boolean },
): Promise<FrozenCard[]> {
  const { rows } = await postgres.query(
    `SELECT DISTINCT ON (agent_id) ${columns} FROM scorecards WHERE period = $1 AND agent_id > $2 AND ($4 OR cause <> 'meeting')
     ORDER BY agent_id, version DESC LIMIT $3`,
    [period, after, limit, meeting],
  );
  return rows.map(cardOf);
}

/** Of a frozen card what the ledger says of it: its own total and grade, the grade that counts, and what they were computed from. */
export interface RecordedCard
  extends Pick<
    FrozenCard,
    'period' | 'version' | 'agentId' | 'person' | 'plan' | 'input' | 'level' | 'grade' | 'coefficient'
  > {
  readonly card: Pick<Scorecard, 'total' | 'grade' | 'coefficient'> & {
    readonly steps: Scorecard['steps'] | null;
    readonly vetoes: Scorecard['vetoes'] | null;
  };
}

const recordedRow = rowSchema
  .pick({ period: true, agentId: true, version: true, planId: true, planVersion: true, planHash: true })
  .extend(rowSchema.pick({ person: true, input: true, level: true, grade: true, coefficient: true }).shape)
  .extend({ card: z.custom<RecordedCard['card']>() });

/** So many of the cards that count in a period, in the order of agent ids after one of them. Their steps and red lines where there is no input. */
export async function cardsToRecord(
  postgres: Queryable,
  period: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<RecordedCard[]> {
  const { rows } = await postgres.query(
    `SELECT DISTINCT ON (agent_id) period, agent_id AS "agentId", version, plan_id AS "planId", plan_version AS "planVersion",
       plan_hash AS "planHash", person, input, level, grade, trim_scale(coefficient)::text AS coefficient,
       jsonb_build_object('total', card->'total', 'grade', card->'grade', 'coefficient', card->'coefficient',
         'steps', CASE WHEN input IS NULL THEN card->'steps' END, 'vetoes', CASE WHEN input IS NULL THEN card->'vetoes' END) AS card
     FROM scorecards WHERE period = $1 AND agent_id > $2
     ORDER BY agent_id, version DESC LIMIT $3`,
    [period, after, limit],
  );
  return rows.map((row) => {
    const { planId, planVersion, planHash, ...rest } = recordedRow.parse(row);
    return { ...rest, plan: { id: planId, version: planVersion, hash: planHash } };
  });
}

const standingRow = rowSchema
  .pick({ agentId: true, person: true, planId: true, planVersion: true, grade: true, level: true, gradedBy: true })
  .extend({ total: z.string().nullable(), vetoes: z.array(z.string()) });
export type Standing = z.infer<typeof standingRow>;

/** Of every card of a period what ranking needs, by agent id: of the version that counts, or of the one that its closing made. */
export async function standingsOf(
  postgres: Queryable,
  period: string,
  which: 'counting' | 'closing' = 'counting',
): Promise<Standing[]> {
  const { rows } = await postgres.query(
    `SELECT DISTINCT ON (agent_id) agent_id AS "agentId", person, plan_id AS "planId", plan_version AS "planVersion", grade, level,
       graded_by AS "gradedBy", total::text AS total,
       ARRAY(SELECT jsonb_array_elements(card->'vetoes')->>'incident') AS vetoes
     FROM scorecards WHERE period = $1 AND ($2 OR version = 1) ORDER BY agent_id, version DESC`,
    [period, which === 'counting'],
  );
  return rows.map((row) => standingRow.parse(row));
}

/**
 * Of the version `now` of a card, the grade that bands or rank give: a band follows from that version itself, a place is the last that was
 * computed (`placed`). A meeting's own is neither.
 */
export const computedGrade = `CASE WHEN now.level IS NULL THEN now.card->>'grade' ELSE placed.grade END`;

const cycleRow = z.object({
  state: z.enum(cycleStates),
  publishedOn: z.string().nullable(),
  version: z.number().nullable(),
  entry: z.string().nullable(),
  gradedBy: z.enum(['bands', 'distribution', 'meeting']).nullable(),
  computed: z.object({ grade: z.string(), level: z.number().nullable() }).nullable(),
});

/**
 * Where the period of somebody's card stands; which version of the card by this very plan counts, the ledger's entry of it, how it was
 * graded, and the grade before a meeting decided. null while nobody has opened the period.
 */
export async function cardCycle(
  postgres: Queryable,
  { period, agentId, planHash }: { readonly period: string; readonly agentId: string; readonly planHash: string },
): Promise<z.infer<typeof cycleRow> | null> {
  const { rows } = await postgres.query(
    `WITH own AS (
       SELECT scorecards.* FROM scorecards JOIN cycles USING (period)
       WHERE period = $1 AND agent_id = $2 AND plan_hash = $3 AND (cause <> 'meeting' OR state IN ('published', 'final'))
     ), last AS (SELECT * FROM own ORDER BY version DESC LIMIT 1)
     SELECT state, published_on::text AS "publishedOn", (SELECT version FROM last) AS version, (SELECT graded_by FROM last) AS "gradedBy",
       (SELECT entry FROM scorecard_entries JOIN last USING (period, agent_id) ORDER BY scorecard_entries.version DESC LIMIT 1) AS entry,
       (SELECT jsonb_build_object('grade', ${computedGrade}, 'level', placed.level) FROM last AS now,
        LATERAL (SELECT grade, level FROM own WHERE graded_by <> 'meeting' AND grade IS NOT NULL ORDER BY version DESC LIMIT 1) AS placed
        WHERE now.graded_by = 'meeting') AS computed
     FROM cycles WHERE period = $1`,
    [period, agentId, planHash],
  );
  return rows[0] === undefined ? null : cycleRow.parse(rows[0]);
}

const namedRow = z.object({ agentId: z.string(), name: z.string(), team: z.string() });

/** People with a frozen card whose name or id contains a text, by name; so many at most. */
export async function findFrozenPeople(
  postgres: Queryable,
  period: string,
  { text, limit, within }: { readonly text: string; readonly limit: number; readonly within: ScopeFilter },
): Promise<z.infer<typeof namedRow>[]> {
  const { rows } = await postgres.query(
    `SELECT agent_id AS "agentId", person->>'name' AS name, person->>'team' AS team FROM scorecards
     WHERE period = $1 AND version = 1 AND strpos(lower(concat(person->>'name', ' ', agent_id)), lower($2)) > 0
       AND ($4::text[] IS NULL OR agent_id = ANY($4)) AND ($5::text[] IS NULL OR person->>'team' = ANY($5))
       AND ($6::text[] IS NULL OR person->>'shop' = ANY($6))
     ORDER BY person->>'name', agent_id LIMIT $3`,
    [period, text, limit, within.agents, within.teams, within.shops],
  );
  return rows.map((row) => namedRow.parse(row));
}

const revisedRow = z.object({
  agentId: z.string(),
  name: z.string(),
  version: z.number(),
  cause: z.enum(cardCauses).exclude(['closing']),
  reason: z.string(),
  by: z.string(),
  at: z.date(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

/** Every correction of a closed period, the latest first, with the totals before and after it. */
export async function readRevisedCards(postgres: Queryable, period: string): Promise<z.infer<typeof revisedRow>[]> {
  const { rows } = await postgres.query(
    `SELECT agent_id AS "agentId", person->>'name' AS name, version, cause, reason, made_name AS by, made_at AS at,
       (SELECT total::text FROM scorecards before
        WHERE before.period = later.period AND before.agent_id = later.agent_id AND before.version = later.version - 1) AS before,
       total::text AS after
     FROM scorecards later WHERE period = $1 AND version > 1 ORDER BY made_at DESC, agent_id`,
    [period],
  );
  return rows.map((row) => revisedRow.parse(row));
}

/**
 * When a card of a period was last changed by a revision or a calibration meeting, not by an appeal of its own: of one person or of everybody
 * whom a plan covers. null where none was.
 */
export async function lastRevised(
  postgres: Queryable,
  period: string,
  whose: { readonly agentId: string } | { readonly planId: string },
): Promise<Date | null> {
  const [agentId, planId] = 'agentId' in whose ? [whose.agentId, null] : [null, whose.planId];
  const { rows } = await postgres.query<{ at: Date | null }>(
    `SELECT max(made_at) AS at FROM scorecards
     WHERE period = $1 AND cause IN ('revision', 'meeting') AND (agent_id = $2 OR plan_id = $3)`,
    [period, agentId, planId],
  );
  return rows[0]?.at ?? null;
}

/** The version of a card that was last issued as a result: an appeal corrects one, and issues none. */
export async function issuedVersion(postgres: Queryable, period: string, agentId: string): Promise<number> {
  const { rows } = await postgres.query<{ version: number | null }>(
    `SELECT max(version) AS version FROM scorecards WHERE period = $1 AND agent_id = $2 AND cause <> 'appeal'`,
    [period, agentId],
  );
  const version = rows[0]?.version;
  if (version == null) throw new RangeError(`no card of ${period}`);
  return version;
}

/** Remembers where the ledger speaks of these cards. */
export async function insertCardEntries(
  connection: Queryable,
  cards: readonly Pick<FrozenCard, 'period' | 'agentId' | 'version'>[],
  entries: readonly string[],
): Promise<void> {
  await connection.query(
    `INSERT INTO scorecard_entries (period, agent_id, version, entry)
     SELECT * FROM unnest($1::text[], $2::text[], $3::integer[], $4::text[])`,
    [
      ...[cards.map(({ period }) => period), cards.map(({ agentId }) => agentId), cards.map(({ version }) => version)],
      entries,
    ],
  );
}

/** The ledger's entry of the last version of a card that it speaks of; null before the period is published. */
export async function cardEntry(connection: Queryable, period: string, agentId: string): Promise<string | null> {
  const { rows } = await connection.query<{ entry: string }>(
    'SELECT entry FROM scorecard_entries WHERE period = $1 AND agent_id = $2 ORDER BY version DESC LIMIT 1',
    [period, agentId],
  );
  return rows[0]?.entry ?? null;
}

/** The same of everybody in a period, by agent id. */
export async function cardEntriesIn(connection: Queryable, period: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await connection.query<{ agent: string; entry: string }>(
    `SELECT DISTINCT ON (agent_id) agent_id AS agent, entry FROM scorecard_entries WHERE period = $1 ORDER BY agent_id, version DESC`,
    [period],
  );
  return new Map(rows.map(({ agent, entry }) => [agent, entry]));
}

const meetingRow = z.object({
  agentId: z.string(),
  computedGrade: z.string().nullable(),
  computedLevel: z.number().nullable(),
  by: z.string(),
  reason: z.string(),
});
export type MeetingDecision = z.infer<typeof meetingRow>;

/** Of those whose grade a meeting decided: who decided it last and why, and the grade that bands or rank had given. */
export async function meetingDecisions(
  connection: Queryable,
  period: string,
  agents: readonly string[] | null = null,
): Promise<ReadonlyMap<string, MeetingDecision>> {
  const { rows } = await connection.query(
    `SELECT now.agent_id AS "agentId", ${computedGrade} AS "computedGrade", placed.level AS "computedLevel", decided.made_name AS by,
       decided.reason
     FROM (SELECT DISTINCT ON (agent_id) agent_id, graded_by, level, card FROM scorecards
       WHERE period = $1 AND ($2::text[] IS NULL OR agent_id = ANY($2)) ORDER BY agent_id, version DESC) AS now,
       LATERAL (SELECT grade, level FROM scorecards WHERE period = $1 AND agent_id = now.agent_id AND graded_by <> 'meeting'
         ORDER BY version DESC LIMIT 1) AS placed,
       LATERAL (SELECT made_name, reason FROM scorecards WHERE period = $1 AND agent_id = now.agent_id AND cause = 'meeting'
         ORDER BY version DESC LIMIT 1) AS decided
     WHERE graded_by = 'meeting'`,
    [period, agents],
  );
  return new Map(rows.map((row) => meetingRow.parse(row)).map((row) => [row.agentId, row]));
}

/** Which items the cards of a closed period have, by plan and version (`plan 3`). */
export async function itemsPresent(
  postgres: Queryable,
  period: string,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await postgres.query<{ plan: string; items: string[] }>(
    `SELECT plan_id || ' ' || plan_version AS plan, array_agg(DISTINCT item->>'id') AS items
     FROM scorecards, jsonb_array_elements(card->'items') AS item WHERE period = $1 GROUP BY plan_id, plan_version`,
    [period],
  );
  return new Map(rows.map(({ plan, items }) => [plan, new Set(items)]));
}
