import { type Draw, shuffled } from '../../metrics/seededDraws.ts';
import type { RiskKind, SamplePlan } from './samplePlan.ts';

/** A conversation that can be drawn. */
export interface Candidate {
  readonly sessionId: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly team: string;
  readonly shop: string;
  readonly tier: string;
  /** Days since the agent was hired; null where it is not known. */
  readonly daysEmployed: number | null;
  readonly channel: string;
  readonly hour: number;
  readonly reason: string;
  readonly voice: boolean;
  readonly risks: readonly RiskKind[];
  readonly at: string;
}

export interface Stratum {
  readonly stratum: string;
  readonly population: number;
  readonly drawn: number;
}

export interface Drawn {
  readonly candidate: Candidate;
  readonly stratum: string;
  /** Why it was in the draw at its rate: its risks, newcomer, voice; random. */
  readonly reasons: readonly string[];
}

/** The plan asks for fewer conversations than it has parts; `strata` says how many there are. */
export interface TooFine {
  readonly strata: number;
}

/**
 * Simple random draws without replacement within each stratum, so that each conversation's chance is drawn ÷ population of its stratum
 * and never zero: a stratum gives at least one. Strata are the rate's class and what the plan divides by. A class with a rate of 0 is one
 * stratum of which nothing is drawn, so that estimates know what they do not speak for. Neither the order of the population nor anything
 * but plan, population and `draw` matters.
 */
export function drawSample(
  population: readonly Candidate[],
  plan: SamplePlan,
  draw: Draw,
): { readonly strata: readonly Stratum[]; readonly units: readonly Drawn[] } | TooFine {
  const parts = new Map<string, Part>();
  const leftOut = new Map<string, number>();
  const ordered = [...population].sort((a, b) => (a.sessionId < b.sessionId ? -1 : a.sessionId > b.sessionId ? 1 : 0));
  for (const candidate of ordered) {
    const { kind, rate, reasons } = classOf(candidate, plan);
    if (rate === 0) {
      leftOut.set(kind, (leftOut.get(kind) ?? 0) + 1);
      continue;
    }
    const stratum = [kind, ...dividers(plan).map((by) => partOf(candidate, by))].join(' · ');
    const part = parts.get(stratum) ?? { stratum, rate, agentId: candidate.agentId, members: [], take: 0 };
    part.members.push({ candidate, stratum, reasons });
    parts.set(stratum, part);
  }
  const all = [...parts.values()];
  if (all.length > plan.most) return { strata: all.length };
  for (const part of all) part.take = Math.max(1, Math.floor((part.members.length * part.rate) / 100 + 0.5));
  keepQuotas(all, plan);
  keepTotal(all, plan.most);
  return {
    strata: [
      ...all.map(({ stratum, members, take }) => ({ stratum, population: members.length, drawn: take })),
      ...[...leftOut].map(([stratum, population]) => ({ stratum, population, drawn: 0 })),
    ],
    units: all.flatMap(({ members, take }) => shuffled(members, draw).slice(0, take)),
  };
}

interface Part {
  readonly stratum: string;
  readonly rate: number;
  readonly agentId: string;
  readonly members: Drawn[];
  take: number;
}

/** Quotas are of agents, so they divide by agent too. */
function dividers({ by, perAgent }: SamplePlan): readonly (typeof by)[number][] {
  return hasQuota(perAgent) && !by.includes('agent') ? ['agent', ...by] : by;
}
const hasQuota = ({ least, most }: SamplePlan['perAgent']) => least !== null || most !== null;

function classOf(candidate: Candidate, { rates, newcomerDays, risks: asked }: SamplePlan) {
  const risks = candidate.risks.filter((risk) => asked.includes(risk));
  const isNew = candidate.daysEmployed !== null && candidate.daysEmployed < newcomerDays;
  const special = [
    ...(risks.length > 0 ? [{ kind: 'risk', rate: rates.risk, reasons: risks as readonly string[] }] : []),
    ...(isNew ? [{ kind: 'newcomer', rate: rates.newcomer, reasons: ['newcomer'] }] : []),
  ].sort((a, b) => b.rate - a.rate);
  const reasons = special.flatMap((each) => each.reasons);
  const [first] = special;
  if (first) return { ...first, reasons };
  if (candidate.voice) return { kind: 'voice', rate: rates.voice, reasons: ['voice'] };
  return { kind: 'normal', rate: rates.normal, reasons: ['random'] };
}

function partOf(candidate: Candidate, by: SamplePlan['by'][number]): string {
  switch (by) {
    case 'agent':
      return candidate.agentId;
    case 'tier':
      return candidate.tier || '–';
    case 'hour':
      return `${String(candidate.hour).padStart(2, '0')}:00`;
    case 'channel':
      return candidate.channel || '–';
    case 'reason':
      return candidate.reason || '–';
  }
}

/** Raises and lowers what is taken of an agent's strata, the largest rest first; one of each stratum always stays. */
function keepQuotas(parts: readonly Part[], { perAgent }: SamplePlan): void {
  if (!hasQuota(perAgent)) return;
  const { least, most } = perAgent;
  for (const agent of new Set(parts.map(({ agentId }) => agentId))) {
    const own = parts.filter(({ agentId }) => agentId === agent);
    const taken = () => own.reduce((sum, { take }) => sum + take, 0);
    while (least !== null && taken() < least) {
      const part = greatest(own, ({ members, take }) => members.length - take);
      if (!part) break;
      part.take += 1;
    }
    if (most !== null) lower(own, most);
  }
}

function keepTotal(parts: readonly Part[], most: number): void {
  const taken = parts.reduce((sum, { take }) => sum + take, 0);
  if (taken <= most) return;
  for (const part of parts) part.take = Math.ceil((part.take * most) / taken);
  lower(parts, most);
}

function lower(parts: readonly Part[], most: number): void {
  let taken = parts.reduce((sum, { take }) => sum + take, 0);
  for (; taken > most; taken -= 1) {
    const part = greatest(parts, ({ take }) => take - 1);
    if (!part) return;
    part.take -= 1;
  }
}

/** The first of those with the most to give; null where none has any. */
function greatest(parts: readonly Part[], rest: (part: Part) => number): Part | null {
  let found: Part | null = null;
  for (const part of parts) if (rest(part) > (found ? rest(found) : 0)) found = part;
  return found;
}
