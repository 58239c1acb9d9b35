/** Texts that are used over and over; a reply that says nearly the same is no personal one. */
export interface Templates {
  /** Of a text as `plainText` writes it. */
  has(plain: string): boolean;
}

/** How much of what two texts say, in pairs of characters, they have to share. */
const likeness = 0.9;

/** A text without what differs from one use of a template to the next: digits, marks and spaces. */
export const plainText = (text: string): string => text.replace(/[\p{N}\p{P}\p{S}\s]+/gu, '').slice(0, 200);

/**
 * Looks texts up among templates (plain ones). Two texts that share nine tenths of their pairs share one of the rarest tenth of either:
 * only templates that do are compared.
 */
export function templatesOf(plains: readonly string[]): Templates {
  const exact = new Set(plains);
  const templates = [...exact].map(pairsOf);
  const uses = new Map<string, number>();
  for (const pairs of templates) for (const pair of pairs) uses.set(pair, (uses.get(pair) ?? 0) + 1);
  const rarest = (pairs: ReadonlySet<string>): string[] =>
    [...pairs]
      .sort((a, b) => (uses.get(a) ?? 0) - (uses.get(b) ?? 0) || (a < b ? -1 : 1))
      .slice(0, pairs.size - Math.ceil(likeness * pairs.size) + 1);
  const byPair = new Map<string, ReadonlySet<string>[]>();
  for (const pairs of templates)
    for (const pair of rarest(pairs)) byPair.set(pair, [...(byPair.get(pair) ?? []), pairs]);
  return {
    has(plain) {
      if (exact.has(plain)) return true;
      const pairs = pairsOf(plain);
      const near = rarest(pairs).flatMap((pair) => byPair.get(pair) ?? []);
      return near.some((template) => isLike(pairs, template));
    },
  };
}

function pairsOf(plain: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < plain.length; at++) pairs.add(plain.slice(at, at + 2));
  return pairs;
}

function isLike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  let shared = 0;
  for (const pair of one) if (other.has(pair)) shared++;
  return shared >= likeness * (one.size + other.size - shared);
}
