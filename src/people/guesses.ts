import { TooMany } from '../platform/errors.ts';

const windowMs = 15 * 60 * 1000;
const allowed = 10;
const remembered = 50_000;

/**
 * Slows guessing at one person's password from many addresses: after 10 failures within 15 minutes that e-mail has to wait.
 * Kept in memory: with several servers each counts for itself.
 */
export class Guesses {
  readonly #failures = new Map<string, number[]>();

  /** Throws TooMany when this e-mail has failed too often lately. */
  check(email: string, nowMs: number): void {
    const recent = this.#recent(email, nowMs);
    const oldest = recent[recent.length - allowed];
    if (oldest === undefined) return;
    throw new TooMany('signIn.tooMany', { retryAfterSeconds: Math.ceil((oldest + windowMs - nowMs) / 1000) });
  }

  failed(email: string, nowMs: number): void {
    const recent = [...this.#recent(email, nowMs), nowMs].slice(-allowed);
    this.#failures.delete(email);
    this.#failures.set(email, recent);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > remembered && oldest !== undefined) this.#failures.delete(oldest);
  }

  succeeded(email: string): void {
    this.#failures.delete(email);
  }

  #recent(email: string, nowMs: number): number[] {
    const known = this.#failures.get(email);
    return known ? known.filter((at) => at > nowMs - windowMs) : [];
  }
}
