import type { FoundWord, ListedWord, WordDisguise } from './inspectText.ts';
import type { ListEntry } from './listEntries.ts';

interface Hit {
  entry: number;
  from: number;
  to: number;
  rank: number;
}

const ranks: readonly WordDisguise[] = ['plain', 'disguised', 'homophone'];

/** Collects what the readings of one message find. */
export class Hits {
  /** How many there are: the first of `found`, whose objects serve one message after the other. */
  count = 0;
  private readonly found: Hit[] = [];
  private readonly listed: readonly ListedWord[];

  constructor(entries: readonly ListEntry[]) {
    this.listed = entries.map(({ listed }) => listed);
  }

  clear(): void {
    this.count = 0;
  }

  /** Drops those from place `at` on whose stretch of the text is not wanted. */
  keep(at: number, wanted: (from: number, to: number) => boolean): void {
    let kept = at;
    for (let i = at; i < this.count; i++) {
      const hit = this.found[i] as Hit;
      if (!wanted(hit.from, hit.to)) continue;
      this.found[i] = this.found[kept] as Hit;
      this.found[kept++] = hit;
    }
    this.count = kept;
  }

  add(entry: number, from: number, to: number, how: WordDisguise): void {
    const rank = how === 'plain' ? 0 : how === 'disguised' ? 1 : 2;
    const hit = this.found[this.count];
    if (hit === undefined) this.found.push({ entry, from, to, rank });
    else {
      hit.entry = entry;
      hit.from = from;
      hit.to = to;
      hit.rank = rank;
    }
    this.count++;
  }

  /** In order of place; of several readings of one entry that overlap the plainest stays, of those the longest. */
  settle(): readonly FoundWord[] {
    if (this.count === 0) return none;
    if (this.count === 1) return [this.named(this.found[0] as Hit)];
    if (this.count <= few) return this.settleFew();
    const order = this.found.slice(0, this.count);
    order.sort((a, b) => a.entry - b.entry || a.rank - b.rank || a.from - b.from || b.to - a.to);
    const kept: Hit[] = [];
    for (let at = 0; at < order.length; ) {
      const start = at;
      const entry = order[start]?.entry;
      while (order[at]?.entry === entry) at++;
      for (const hit of withoutOverlap(order.slice(start, at))) kept.push(hit);
    }
    kept.sort((a, b) => a.from - b.from || b.to - a.to || a.entry - b.entry);
    return kept.map((hit) => this.named(hit));
  }

  /** The same for few hits, where comparing each with each is quicker than sorting. */
  private settleFew(): FoundWord[] {
    const { found, count } = this;
    for (let i = 1; i < count; i++) {
      const hit = found[i] as Hit;
      let at = i;
      for (; at > 0 && comesBefore(hit, found[at - 1] as Hit); at--) found[at] = found[at - 1] as Hit;
      found[at] = hit;
    }
    const kept: Hit[] = [];
    for (let i = 0; i < count; i++) {
      const hit = found[i] as Hit;
      let free = true;
      for (const one of kept) if (one.entry === hit.entry && one.from < hit.to && hit.from < one.to) free = false;
      if (!free) continue;
      let at = kept.length;
      for (; at > 0 && standsBefore(hit, kept[at - 1] as Hit); at--) kept[at] = kept[at - 1] as Hit;
      kept[at] = hit;
    }
    return kept.map((hit) => this.named(hit));
  }

  private named({ entry, from, to, rank }: Hit): FoundWord {
    const { word, list } = this.listed[entry] as ListedWord;
    return { list, word, from, to, how: ranks[rank] as WordDisguise };
  }
}

const none: readonly FoundWord[] = [];
/** Up to so many hits. */
const few = 12;

/** The order in which hits are preferred. */
function comesBefore(a: Hit, b: Hit): boolean {
  return (a.entry - b.entry || a.rank - b.rank || a.from - b.from || b.to - a.to) < 0;
}

/** The order in which they are given. */
function standsBefore(a: Hit, b: Hit): boolean {
  return (a.from - b.from || b.to - a.to || a.entry - b.entry) < 0;
}

/** Hits of one entry, the plainest first; each rank comes in order of place, so that merging keeps this linear. */
function withoutOverlap(hits: readonly Hit[]): Hit[] {
  let kept: Hit[] = [];
  for (let at = 0; at < hits.length; ) {
    const { rank } = hits[at] as Hit;
    const next: Hit[] = [];
    let old = 0;
    let end = -1;
    for (; hits[at]?.rank === rank; at++) {
      const hit = hits[at] as Hit;
      while (old < kept.length && (kept[old] as Hit).to <= hit.from) next.push(kept[old++] as Hit);
      if (hit.from < end || (old < kept.length && (kept[old] as Hit).from < hit.to)) continue;
      next.push(hit);
      end = hit.to;
    }
    while (old < kept.length) next.push(kept[old++] as Hit);
    kept = next;
  }
  return kept;
}
