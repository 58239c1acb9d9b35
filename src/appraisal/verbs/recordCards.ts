import { appendEntries, type LedgerEntry } from '../../ledger/appendEntries.ts';
import { type LedgerContent, sha256Hex } from '../../ledger/ledgerContent.ts';
import type { Period } from '../../metrics/period.ts';
import { Conflict } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { type Ranked, rankedPools } from '../../scores/forcedGrades.ts';
import { compare, fraction } from '../../scores/fraction.ts';
import {
  cardEntry,
  cardsToRecord,
  type FrozenCard,
  insertCardEntries,
  type MeetingDecision,
  meetingDecisions,
  type RecordedCard,
  type Standing,
  standingsOf,
} from '../../scores/frozenCardStore.ts';
import { grouped } from '../../scores/grouped.ts';
import { planContent } from '../../scores/planContent.ts';
import { readVersions } from '../../scores/planStore.ts';
import { readClosing } from '../closingStore.ts';
import type { CycleDeps } from '../cycleDeps.ts';

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
  const { pools, total } = await recordPools(deps, connection, period, named);
  const decisions = await meetingDecisions(connection, period.text);
  for (let [after, done] = ['', 0]; ; ) {
    await onProgress(done, total);
    const cards = await cardsToRecord(connection, period.text, { after, limit: atOnce });
    const entries = cards.map((card) => {
      const [pool, decision] = [pools.get(card.agentId) ?? null, decisions.get(card.agentId) ?? null];
      return cardRecord(card, named, { pool, decision, supersedes: null });
    });
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
  const record = cardRecord(card, named, { pool: null, decision, supersedes });
  const hashes = await appendEntries(connection, [record], deps);
  await insertCardEntries(connection, [card], hashes);
}

interface Named {
  readonly metrics: LedgerContent;
  plan(id: string, version: number): LedgerContent;
  /** The grade of whoever a red line keeps out of the ranking; null where the plan has none. */
  unranked(id: string, version: number): string | null;
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
  readonly pool: string | null;
  readonly decision: MeetingDecision | null;
  readonly supersedes: string | null;
}

/** What the arithmetic gives, so that it can be done again; a grade that the meeting decided stands beside it. */
function cardRecord(frozen: RecordedCard, named: Named, { pool, decision, supersedes }: Beside): LedgerEntry {
  const { period, version, agentId, plan, input, card } = frozen;
  const parts = (card.steps ?? []).flatMap((step) =>
    step.kind === 'part' ? [{ period: step.period, total: step.total }] : [],
  );
  const rankOf = ({ grade, level }: Pick<FrozenCard, 'grade' | 'level'>) => {
    if (grade === null || level === null) return null;
    if (pool !== null) return { grade, level, distribution: pool };
    return grade === named.unranked(plan.id, plan.version) ? { grade, level, distribution: null } : null;
  };
  return {
    record: {
      ...{ kind: 'scorecard', period, revision: version, agentId, plan, metrics: named.metrics.hash },
      from: input ? { by: 'score', input } : { by: 'mean', parts },
      ...{ total: card.total, grade: card.grade, coefficient: card.coefficient },
      rank: rankOf(decision ? { grade: decision.computedGrade, level: decision.computedLevel } : frozen),
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

/** Records each pool of people who were ranked among themselves; answers whose totals are in which entry, and how many cards there are. */
async function recordPools(
  deps: CycleDeps,
  connection: Queryable,
  period: Period,
  named: Named,
): Promise<{ readonly pools: ReadonlyMap<string, string>; readonly total: number }> {
  const standings = await standingsOf(connection, period.text);
  const versions = await readVersions(connection);
  const entries: LedgerEntry[] = [];
  const members: string[][] = [];
  for (const [, cards] of grouped(standings, ({ planId, planVersion }) => `${planId} ${planVersion}`)) {
    const [first] = cards;
    const version = versions.find((each) => each.planId === first?.planId && each.version === first.planVersion);
    if (!first || !version?.plan.distribution) continue;
    const vetoes = new Set(
      version.plan.vetoes.filter(({ effect }) => effect !== 'starDown').map(({ incident }) => incident),
    );
    for (const { name, people, cutOffs } of rankedPools(version.plan.distribution, rankedAmong(cards, vetoes))) {
      const totals = people.map(({ total }) => total).sort((a, b) => compare(fraction(b), fraction(a)));
      const content = named.plan(first.planId, first.planVersion);
      const plan = { id: first.planId, version: first.planVersion, hash: content.hash };
      entries.push({
        record: {
          kind: 'distribution',
          period: period.text,
          revision: 1,
          plan,
          pool: name,
          n: totals.length,
          totals,
          cutOffs,
        },
        contents: [content],
      });
      members.push(people.map(({ id }) => id));
    }
  }
  const hashes = await appendEntries(connection, entries, deps);
  const pools = new Map(members.flatMap((ids, i) => ids.map((id): [string, string] => [id, hashes[i] ?? ''])));
  return { pools, total: standings.length };
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
