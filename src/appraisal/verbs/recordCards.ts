import { appendEntries, type LedgerEntry } from '../../ledger/appendEntries.ts';
import { type LedgerContent, sha256Hex } from '../../ledger/ledgerContent.ts';
import type { Period } from '../../metrics/period.ts';
import { Conflict } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/transaction.ts';
import {
  type Distribution,
  gradeAmong,
  poolBeside,
  type Ranked,
  type RankedPool,
  rankedPools,
  replaced,
} from '../../scores/forcedGrades.ts';
import { compare, fraction } from '../../scores/fraction.ts';
import {
  cardEntry,
  cardsToRecord,
  type FrozenCard,
  insertCardEntries,
  type MeetingDecision,
  meetingDecisions,
  type RecordedCard,
  readCardVersions,
  type Standing,
  standingsOf,
} from '../../scores/frozenCardStore.ts';
import { grouped } from '../../scores/grouped.ts';
import { planContent } from '../../scores/planContent.ts';
import { readVersions } from '../../scores/planStore.ts';
import { teamIn } from '../../scores/teamCoefficient.ts';
import { longerKind, vetoesReach } from '../../scores/vetoReach.ts';
import { readClosing } from '../closingStore.ts';
import type { CycleDeps } from '../cycleDeps.ts';
import { insertPoolEntries, type PoolEntry, poolEntries } from '../frozenPoolStore.ts';

const atOnce = 1000;

/**
 * Says in the ledger what a period's cards are: the totals that people were ranked among, then each card. However many there are, so many
 * are in memory at a time.
 */
export async function recordCards(
  deps: CycleDeps,
  connection: Queryable,
  period: Period,
  onProgress: (done: number, total: number) => Promise<void>,
): Promise<void> {
  const named = await contentsOf(connection, period.text);
  const { places, total } = await recordPools(deps, connection, period, named);
  const decisions = await meetingDecisions(connection, period.text);
  for (let [after, done] = ['', 0]; ; ) {
    await onProgress(done, total);
    const cards = await cardsToRecord(connection, period.text, { after, limit: atOnce });
    const entries: LedgerEntry[] = [];
    for (const card of cards) {
      const decision = decisions.get(card.agentId) ?? null;
      const place = places(card, computedRank(card, decision), await earlierTotals(connection, card));
      entries.push(cardRecord(card, named, { place, decision, supersedes: null }));
    }
    await insertCardEntries(connection, cards, await appendEntries(connection, entries, deps));
    const last = cards.at(-1);
    if (!last || cards.length < atOnce) return;
    after = last.agentId;
    done += cards.length;
  }
}

/** The same for one card that takes the place of a published one. */
export async function recordRevision(
  deps: Pick<CycleDeps, 'now'>,
  connection: Queryable,
  card: FrozenCard,
): Promise<void> {
  const named = await contentsOf(connection, card.period);
  const supersedes = await cardEntry(connection, card.period, card.agentId);
  const decision = (await meetingDecisions(connection, card.period, [card.agentId])).get(card.agentId) ?? null;
  const ranked = await closedPools(connection, await standingsOf(connection, card.period, 'closing'));
  const places = placesIn(ranked, await poolEntries(connection, card.period));
  const place = places(card, computedRank(card, decision), await earlierTotals(connection, card));
  const record = cardRecord(card, named, { place, decision, supersedes });
  const hashes = await appendEntries(connection, [record], deps);
  await insertCardEntries(connection, [card], hashes);
}

interface Named {
  readonly metrics: LedgerContent;
  plan(id: string, version: number): LedgerContent;
  /** The grade of whoever a red line keeps out of the ranking; null where the plan has none. */
  unranked(id: string, version: number): string | null;
  /** Whether red lines reach a period that is the mean of others. */
  vetoesReach(id: string, version: number): boolean;
}

/** The plans and the metrics that the cards of a period were made with. */
async function contentsOf(connection: Queryable, period: string): Promise<Named> {
  const [closing, versions] = [await readClosing(connection, period), await readVersions(connection)];
  if (!closing) throw new Conflict('cycle.wrongState', { period });
  const plans = new Map<string, LedgerContent>();
  const versionOf = (id: string, version: number) => {
    const found = versions.find((each) => each.planId === id && each.version === version);
    if (!found) throw new RangeError(`no version ${version} of plan ${id}`);
    return found;
  };
  return {
    unranked: (id, version) => versionOf(id, version).plan.distribution?.vetoed?.id ?? null,
    vetoesReach: (id, version) => vetoesReach(versionOf(id, version), longerKind(period)),
    metrics: { content: closing.metrics, hash: sha256Hex(closing.metrics) },
    plan(id, version) {
      const key = `${id} ${version}`;
      const content = plans.get(key) ?? planContent(versionOf(id, version).plan);
      plans.set(key, content);
      return content;
    },
  };
}

interface Beside {
  readonly place: Place | null;
  readonly decision: MeetingDecision | null;
  readonly supersedes: string | null;
}

/** Among which totals somebody is ranked, and where that is not the card's own any more: what their total among these is. */
interface Place {
  readonly distribution: string;
  readonly ranked?: string | null;
  readonly placedFor?: string;
}

/** The rank of the arithmetic, whatever a meeting decided. */
const computedRank = (card: RecordedCard, decision: MeetingDecision | null): RankOf =>
  decision ? { grade: decision.computedGrade, level: decision.computedLevel } : card;

/** What the arithmetic gives, so that it can be done again; a grade that the meeting decided stands beside it. */
function cardRecord(frozen: RecordedCard, named: Named, { place, decision, supersedes }: Beside): LedgerEntry {
  const { period, version, agentId, plan, input, card } = frozen;
  const parts = (card.steps ?? []).flatMap((step) =>
    step.kind === 'part' ? [{ period: step.period, total: step.total }] : [],
  );
  const team = card.steps && teamIn({ steps: card.steps });
  const reach = input === null && named.vetoesReach(plan.id, plan.version);
  const vetoes = (card.vetoes ?? []).map(({ incident, incidentId, at, period: month = '' }) => ({
    ...{ incident, incidentId, at, period: month },
  }));
  const rankOf = ({ grade, level }: RankOf) => {
    if (grade === null || level === null) return null;
    if (grade === named.unranked(plan.id, plan.version)) return { grade, level, distribution: null };
    return place && { grade, level, ...place };
  };
  return {
    record: {
      ...{ kind: 'scorecard', period, revision: version, agentId, plan, metrics: named.metrics.hash },
      from: input
        ? { by: 'score', input }
        : { by: 'mean', parts, ...(team ? { team } : {}), ...(reach ? { vetoes } : {}) },
      ...{ total: card.total, grade: card.grade, coefficient: card.coefficient },
      rank: rankOf(computedRank(frozen, decision)),
      ...(decision && frozen.grade !== null
        ? {
            meeting: {
              ...{ grade: frozen.grade, level: frozen.level, coefficient: frozen.coefficient },
              ...{ decidedBy: decision.by, reasonHash: sha256Hex(decision.reason) },
            },
          }
        : {}),
      supersedes,
    },
    contents: [named.plan(plan.id, plan.version), named.metrics],
  };
}

/** Records each pool of people who were ranked among themselves; answers who was ranked where, and how many cards there are. */
async function recordPools(
  deps: CycleDeps,
  connection: Queryable,
  period: Period,
  named: Named,
): Promise<{ readonly places: ReturnType<typeof placesIn>; readonly total: number }> {
  const standings = await standingsOf(connection, period.text, 'closing');
  const ranked = await closedPools(connection, standings);
  const pools = ranked.flatMap(({ pools, ...rest }) => pools.map((pool) => ({ ...rest, ...pool })));
  const entries = pools.map(({ plan: { id, version }, name, people, cutOffs }): LedgerEntry => {
    const totals = people.map(({ total }) => total).sort((a, b) => compare(fraction(b), fraction(a)));
    const content = named.plan(id, version);
    return {
      record: {
        ...{ kind: 'distribution', period: period.text, revision: 1, plan: { id, version, hash: content.hash } },
        ...{ pool: name, n: totals.length, totals, cutOffs },
      },
      contents: [content],
    };
  });
  const hashes = await appendEntries(connection, entries, deps);
  const known = pools.map(({ plan, name }, i) => ({
    ...{ planId: plan.id, planVersion: plan.version, pool: name, entry: hashes[i] ?? '' },
  }));
  await insertPoolEntries(connection, period.text, known);
  return { places: placesIn(ranked, known), total: standings.length };
}

/** Whom the closing of a period ranked by one version of a plan, and in which pools. */
interface RankedByPlan {
  readonly plan: { readonly id: string; readonly version: number };
  readonly distribution: Distribution;
  readonly pools: readonly RankedPool[];
}

async function closedPools(connection: Queryable, standings: readonly Standing[]): Promise<RankedByPlan[]> {
  const versions = await readVersions(connection);
  return [...grouped(standings, ({ planId, planVersion }) => `${planId} ${planVersion}`)].flatMap(([, cards]) => {
    const [first] = cards;
    const found = versions.find((each) => each.planId === first?.planId && each.version === first.planVersion);
    const distribution = found?.plan.distribution;
    if (!found || !distribution) return [];
    const vetoes = found.plan.vetoes.filter(({ effect }) => effect !== 'starDown').map(({ incident }) => incident);
    const people = rankedAmong(cards, new Set(vetoes));
    const plan = { id: found.planId, version: found.version };
    return [{ plan, distribution, pools: rankedPools(distribution, people) }];
  });
}

type RankOf = Pick<FrozenCard, 'grade' | 'level'>;

/**
 * Where cards of a period are ranked: as the closing ranked them, or, of whoever it did not rank, where they would be now. `earlier` are
 * the totals of a card's versions before, the latest first: a place may stay that came from one of them.
 */
function placesIn(
  ranked: readonly RankedByPlan[],
  entries: readonly PoolEntry[],
): (card: RecordedCard, rank: RankOf, earlier: readonly string[]) => Place | null {
  const issued = new Map(
    ranked.flatMap(({ plan, distribution: rules, pools }) =>
      pools.flatMap((pool) => pool.people.map(({ id, total }) => [id, { plan, rules, pool, was: total }] as const)),
    ),
  );
  const hashOf = (plan: RankedByPlan['plan'], name: string) =>
    entries.find(({ planId, planVersion, pool }) => planId === plan.id && planVersion === plan.version && pool === name)
      ?.entry;
  const beside = ({ agentId, plan, person }: RecordedCard, total: string) => {
    const by = ranked.find((each) => each.plan.id === plan.id && each.plan.version === plan.version);
    const own = { id: agentId, total, vetoed: false, team: person.team, shop: person.shop };
    const pool = by && poolBeside(by.distribution, by.pools, own);
    return by && pool ? { plan: by.plan, rules: by.distribution, pool, was: null } : null;
  };
  return (card, rank, earlier) => {
    const { total } = card.card;
    if (rank.level === null || total === null) return null;
    const found = issued.get(card.agentId) ?? beside(card, total);
    const distribution = found && hashOf(found.plan, found.pool.name);
    if (!found || distribution === undefined || distribution === null) return null;
    const { rules, pool, was } = found;
    const from = placedFor(rules, pool, { was, total, rank, earlier });
    if (from !== null) return { distribution, ranked: was, placedFor: from };
    return { distribution, ...(was === total ? {} : { ranked: was }) };
  };
}

/** The earlier total that a place came from; null where it is that of the closing or of the card as it is. */
function placedFor(
  rules: Distribution,
  { people }: RankedPool,
  { was, total, rank, earlier }: { was: string | null; total: string; rank: RankOf; earlier: readonly string[] },
): string | null {
  const others = earlier.filter((each) => each !== total && each !== was);
  if (others.length === 0) return null;
  const totals = people.map((each) => each.total);
  const gives = (each: string): boolean => {
    const place = gradeAmong(rules, replaced(totals, was, each), each);
    return place?.grade === rank.grade && place.level === rank.level;
  };
  if ((was !== null && gives(was)) || gives(total)) return null;
  return others.find(gives) ?? null;
}

/** The totals of the versions before a card's, the latest first. */
async function earlierTotals(connection: Queryable, { period, agentId, version }: RecordedCard): Promise<string[]> {
  // Of two versions the first is what the closing ranked, or did not.
  if (version < 3) return [];
  const versions = await readCardVersions(connection, period, agentId);
  return versions.flatMap((each) => (each.version < version ? (each.card.total ?? []) : [])).reverse();
}

const rankedAmong = (cards: readonly Standing[], vetoes: ReadonlySet<string>): Ranked[] =>
  cards.flatMap(({ agentId, total, vetoes: own, person }) =>
    total === null
      ? []
      : [
          {
            id: agentId,
            total,
            vetoed: own.some((incident) => vetoes.has(incident)),
            team: person.team,
            shop: person.shop,
          },
        ],
  );
