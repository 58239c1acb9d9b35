import { type Draw, seededDraws, shuffled } from '../../src/metrics/seededDraws.ts';

/** What is killed: the application alone, one of its engines, or everything it started at once. */
export const victims = ['application', 'clickhouse', 'postgres', 'group'] as const;
export type Victim = (typeof victims)[number];

/** What is being done meanwhile. */
export const phases = ['ingest', 'import', 'close', 'publish', 'meeting', 'ledger'] as const;
export type Phase = (typeof phases)[number];

export interface Kill {
  readonly victim: Victim;
  readonly phase: Phase;
  /** When, as a share of what the work of the phase takes without faults. */
  readonly at: number;
}

/** Beyond this share work that was a little faster than usual would be over before the kill. */
const latest = 0.85;

/** Of nine kills in a phase so many hit each: an engine comes back by itself, the application takes a start of seconds. */
const shares: Readonly<Record<Victim, number>> = { application: 1, clickhouse: 4, postgres: 3, group: 1 };

/** So many kills, in each phase equally many and each victim by its share, in an order and at moments that the seed alone decides. */
export function planKills(seed: string, kills: number): Kill[] {
  const draw: Draw = seededDraws(`kills ${seed}`);
  const round = victims.flatMap((victim) => Array.from({ length: shares[victim] }, () => victim));
  const pairs = round.flatMap((victim) => phases.map((phase) => ({ victim, phase })));
  const planned = Array.from({ length: kills }, (_, n) => ({ ...(pairs[n % pairs.length] as (typeof pairs)[number]) }));
  return shuffled(planned, draw).map((pair) => ({ ...pair, at: draw() * latest }));
}
