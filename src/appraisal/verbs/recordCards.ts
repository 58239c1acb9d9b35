import { appendEntries, type LedgerEntry } from '../../ledger/appendEntries.ts';
import { type LedgerContent, sha256Hex } from '../../ledger/ledgerContent.ts';
import type { Period } from '../../metrics/period.ts';
import { Conflict } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { type Ranked, rankedPools } from '../../scores/forcedGrades.ts';
import { compare, fraction } from '../../scores/fraction.ts';
import {
  cardEntry,
  type FrozenCard,
  frozenCardsAfter,
  insertCardEntries,
  type Standing,
  standingsOf,
} from '../../scores/frozenCardStore.ts';
import { grouped } from '../../scores/grouped.ts';
import { planContent } from '../../scores/planContent.ts';
import { readVersions } from '../../scores/planStore.ts';
import { readClosing } from '../closingStore.ts';
import type { CycleDeps } from '../cycleDeps.ts';

const atOnce = 1000;

/** Says in the ledger what a period's cards are: the totals that people were ranked among, then each card. */
export async function recordCards(deps: CycleDeps, connection: Queryable, period: Period): Promise<void> {
  const named = await contentsOf(connection, period.text);
  const pools = await recordPools(deps, connection, period, named);
  const recorded: FrozenCard[] = [];
  async function* entries(): AsyncGenerator<LedgerEntry> {
    for (let after = ''; ; ) {
      const cards = await frozenCardsAfter(connection, period.text, { after, limit: atOnce });
      for (const card of cards) {
        recorded.push({ ...card, input: null });
        yield cardRecord(card, named, { pool: pools.get(card.agentId) ?? null, supersedes: null });
      }
      const last = cards.at(-1);
      if (!last || cards.length < atOnce) return;
      after = last.agentId;
    }
  }
  const hashes = await appendEntries(connection, entries(), deps);
  await insertCardEntries(connection, recorded, hashes);
}

/** The same for one card that takes the place of a published one. */
export async function recordRevision(
  deps: Pick<CycleDeps, 'now'>,
  connection: Queryable,
  card: FrozenCard,
): Promise<void> {
  const named = await contentsOf(connection, card.period);
  const supersedes = await cardEntry(connection, card.period, card.agentId);
  const hashes = await appendEntries(connection, [cardRecord(card, named, { pool: null, supersedes })], deps);
  await insertCardEntries(connection, [card], hashes);
}

interface Named {
  readonly metrics: LedgerContent;
  plan(id: string, version: number): LedgerContent;
}

/** The plans and the metrics that the cards of a period were made with. */
async function contentsOf(connection: Queryable, period: string): Promise<Named> {
  const [closing, versions] = [await readClosing(connection, period), await readVersions(connection)];
  if (!closing) throw new Conflict('cycle.wrongState', { period });
  const plans = new Map<string, LedgerContent>();
  return {
    metrics: { content: closing.metrics, hash: sha256Hex(closing.metrics) },
    plan(id, version) {
      const key = `${id} ${version}`;
      const found = versions.find((each) => each.planId === id && each.version === version);
      if (!found) throw new RangeError(`no version ${version} of plan ${id}`);
      const content = plans.get(key) ?? planContent(found.plan);
      plans.set(key, content);
      return content;
    },
  };
}

function cardRecord(
  { period, version, agentId, plan, input, card, level, grade }: FrozenCard,
  named: Named,
  { pool, supersedes }: { readonly pool: string | null; readonly supersedes: string | null },
): LedgerEntry {
  const parts = card.steps.flatMap((step) =>
    step.kind === 'part' ? [{ period: step.period, total: step.total }] : [],
  );
  return {
    record: {
      ...{ kind: 'scorecard', period, revision: version, agentId, plan, metrics: named.metrics.hash },
      from: input ? { by: 'score', input } : { by: 'mean', parts },
      ...{ total: card.total, grade: card.grade, coefficient: card.coefficient },
      rank: pool !== null && level !== null && grade !== null ? { grade, level, distribution: pool } : null,
      supersedes,
    },
    contents: [named.plan(plan.id, plan.version), named.metrics],
  };
}

/** Records each pool of people who were ranked among themselves; answers whose totals are in which entry. */
async function recordPools(
  deps: CycleDeps,
  connection: Queryable,
  period: Period,
  named: Named,
): Promise<ReadonlyMap<string, string>> {
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
  return new Map(members.flatMap((ids, i) => ids.map((id): [string, string] => [id, hashes[i] ?? ''])));
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
