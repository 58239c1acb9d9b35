/** How long a new key lasts unless somebody says otherwise, and at most. */
export const keyDays = { standard: 180, max: 730 } as const;

/** From so many days before its end on a key is said to end soon. */
const soonDays = 14;

const dayMs = 24 * 60 * 60 * 1000;

/** Where a key stands; `endless`: made before keys had an end. */
export function keyStanding(expiresAt: string | null, nowMs: number): 'endless' | 'lasting' | 'soon' | 'expired' {
  if (expiresAt === null) return 'endless';
  const leftMs = Date.parse(expiresAt) - nowMs;
  if (leftMs <= 0) return 'expired';
  return leftMs <= soonDays * dayMs ? 'soon' : 'lasting';
}

export function keyEnd(days: number, nowMs: number): string {
  return new Date(nowMs + days * dayMs).toISOString();
}
