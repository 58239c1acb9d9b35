/** How a request ended, as far as trying again goes. */
export interface Ended {
  /** Of the answer; null where there was none. */
  readonly status: number | null;
  readonly trouble: 'address' | 'timedOut' | 'unreachable' | 'tooLarge' | null;
  readonly retryAfter: string | null;
}

const attemptsMax = 3;
const waitMaxMs = 20_000;
const passing = new Set([429, 500, 502, 503, 504]);

/**
 * How long to wait before trying again; null where another try cures nothing: refused keys and requests, forbidden addresses, answers that cannot be read.
 * A time-out is not tried again either: whoever waits has waited, and the other side may still be counting. Retry-After is obeyed (seconds, or a date against `nowMs`),
 * unless it is longer than anybody waits. `attempt` counts from 1.
 */
export function waitBeforeRetry(ended: Ended, attempt: number, nowMs: number): number | null {
  const isPassing = ended.trouble === 'unreachable' || (ended.status !== null && passing.has(ended.status));
  if (!isPassing || attempt >= attemptsMax) return null;
  const asked = retryAfterMs(ended.retryAfter, nowMs);
  const wait = asked ?? 500 * 4 ** (attempt - 1);
  return wait > waitMaxMs ? null : wait;
}

/** Milliseconds that a Retry-After header asks for; null where it is absent or says nothing. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
