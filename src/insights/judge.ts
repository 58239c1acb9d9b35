import { fewest } from './compileSignal.ts';
import { median, robustZ } from './robust.ts';
import type { Alternative, Condition } from './signalDefinition.ts';

export interface EvidenceId {
  readonly kind: string;
  readonly id: string;
}

/** What one signal's query says of one agent; a figure without enough behind it is null. */
export interface Measured {
  readonly agentId: string;
  readonly tier: string | null;
  readonly queue: string;
  readonly n: number;
  readonly hits: number;
  readonly figures: Readonly<Record<string, number | null>>;
  readonly flagged: readonly EvidenceId[];
  readonly others: readonly EvidenceId[];
}

/** With whom somebody is compared: the narrowest of these groups that has enough people. */
export type PeerGroup = 'tierAndQueue' | 'tier' | 'everybody';

/** One condition with the numbers that made it hold. */
export interface Reason extends Condition {
  readonly value: number;
  readonly limit: number;
  readonly z: number | null;
  readonly median: number | null;
  readonly peers: number | null;
}

export interface Finding {
  readonly agentId: string;
  /** How far past its threshold the first condition lies: 1 is just at it. At most 10. */
  readonly strength: number;
  readonly n: number;
  readonly hits: number;
  readonly queue: string;
  readonly group: PeerGroup | null;
  readonly reasons: readonly Reason[];
  /** To inspect: a seeded sample of the striking records; where there are fewer than five, ordinary ones of the same person too. */
  readonly evidence: readonly (EvidenceId & { readonly striking: boolean })[];
}

/** Fewer colleagues than this say nothing about what is usual. */
const fewestPeers = 8;
const strongest = 10;

/** Who shows a signal. `thresholds` are its own in force; alternatives whose needs are missing are left out by the caller. */
export function judge(
  alternatives: readonly Alternative[],
  thresholds: Readonly<Record<string, number>>,
  measured: readonly Measured[],
): Finding[] {
  const counted = enoughOf(thresholds, measured);
  return counted.flatMap((one) => {
    const held = alternatives.flatMap((alternative) => {
      const found = alternative.all
        .filter((condition) => !condition.beside || canCompare(condition, counted))
        .map((condition) => holds(condition, one, counted, thresholds));
      return found.every((each) => each !== null) && found.length > 0 ? [found] : [];
    });
    const best = held.map((found) => ({ found, strength: found[0]?.strength ?? 1 }));
    best.sort((a, b) => b.strength - a.strength);
    const [strongestWay] = best;
    if (!strongestWay) return [];
    const groups = strongestWay.found.flatMap(({ group }) => (group ? [group] : []));
    return [
      {
        agentId: one.agentId,
        strength: Math.round(strongestWay.strength * 100) / 100,
        n: one.n,
        hits: one.hits,
        queue: one.queue,
        group: groups[0] ?? null,
        reasons: strongestWay.found.map(({ reason }) => reason),
        evidence: evidenceOf(one),
      },
    ];
  });
}

/** Those with enough observations to be looked at: everybody for a signal that has no such threshold. */
export function enoughOf(
  { minN }: Readonly<Record<string, number>>,
  measured: readonly Measured[],
): readonly Measured[] {
  return minN === undefined ? measured : measured.filter(({ n }) => n >= minN);
}

/** Whether there are enough people for what an alternative compares them by; one that looks at nobody but the person always can. */
export const comparable = ({ all }: Alternative, counted: readonly Measured[]): boolean =>
  all.every((condition) => condition.beside || canCompare(condition, counted));

const canCompare = ({ of, figure }: Condition, counted: readonly Measured[]): boolean =>
  of === 'value' || counted.filter(({ figures }) => (figures[figure] ?? null) !== null).length >= fewestPeers;

interface Held {
  readonly reason: Reason;
  readonly strength: number;
  readonly group: PeerGroup | null;
}

function holds(
  condition: Condition,
  one: Measured,
  everybody: readonly Measured[],
  thresholds: Readonly<Record<string, number>>,
): Held | null {
  const value = one.figures[condition.figure] ?? null;
  const limit = thresholds[condition.threshold];
  if (value === null || limit === undefined) return null;
  const plain: Reason = { ...condition, value, limit, z: null, median: null, peers: null };
  if (condition.of === 'value')
    return reached(condition, value, limit)
      ? { reason: plain, strength: strengthOf(condition, value, limit), group: null }
      : null;

  const peers = peersOf(one, everybody, condition.figure);
  if (!peers) return null;
  const middle = median(peers.values);
  const compared =
    condition.of === 'z' ? robustZ(value, peers.values) : middle > 0 ? value / middle : strongest * limit;
  if (compared === null || !reached(condition, compared, limit)) return null;
  const reason = { ...plain, z: condition.of === 'z' ? compared : null, median: middle, peers: peers.values.length };
  return { reason, strength: strengthOf(condition, compared, limit), group: peers.group };
}

const reached = ({ side }: Condition, value: number, limit: number) =>
  side === 'atLeast' ? value >= limit : side === 'above' ? value > limit : value <= limit;

/** Share of the way past the threshold; where a quotient says nothing (limits of 0, other signs) the bare fact that it holds. */
function strengthOf({ side }: Condition, value: number, limit: number): number {
  const outward = side === 'atMost' ? limit < 0 : limit > 0;
  const quotient = outward ? value / limit : limit / Math.max(value, limit / strongest);
  return Number.isFinite(quotient) ? Math.min(strongest, Math.max(1, quotient)) : 1;
}

function peersOf(
  one: Measured,
  everybody: readonly Measured[],
  figure: string,
): { group: PeerGroup; values: number[] } | null {
  const groups: readonly [PeerGroup, (other: Measured) => boolean][] = [
    ['tierAndQueue', (other) => other.tier === one.tier && other.queue === one.queue],
    ['tier', (other) => other.tier === one.tier],
    ['everybody', () => true],
  ];
  for (const [group, belongs] of groups) {
    const values = everybody.filter(belongs).flatMap(({ figures }) => figures[figure] ?? []);
    if (values.length >= fewestPeers) return { group, values };
  }
  return null;
}

function evidenceOf({ flagged, others }: Measured): Finding['evidence'] {
  const striking = flagged.map((each) => ({ ...each, striking: true }));
  const ordinary = others.slice(0, Math.max(0, fewest - striking.length)).map((each) => ({ ...each, striking: false }));
  return [...striking, ...ordinary];
}
