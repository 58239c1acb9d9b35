import type { Meeting, MeetingPerson, MeetingStep, Moved } from '../../appraisal/meeting/schemas.ts';

/** The meeting after one move or undo: the person as they stand now, and the record of it; nothing else is touched. */
export function withMove(meeting: Meeting, { person, move }: Moved): Meeting {
  const others = meeting.moves
    .filter(({ id }) => id !== move.id)
    .map((each) => (each.agentId === move.agentId ? { ...each, mayUndo: false } : each));
  // After an undo the move before it is the last that holds.
  const before = move.undone ? others.find(({ agentId, undone }) => agentId === move.agentId && undone === null) : null;
  const moves = [...others.map((each) => (each === before ? { ...each, mayUndo: !each.overtaken } : each)), move];
  return {
    ...meeting,
    people: meeting.people.map((each) => (each.agentId === person.agentId ? { ...each, ...person } : each)),
    moves: moves.sort((a, b) => b.id - a.id),
  };
}

export interface Count {
  readonly step: MeetingStep;
  readonly people: number;
  /** As bands and distribution had it. */
  readonly computed: number;
}

/** How many people each grade has now, and had before the meeting. */
export function countGrades(
  { people, scales }: Pick<Meeting, 'people' | 'scales'>,
  scale: MeetingPerson['scale'],
): Count[] {
  const own = people.filter((person) => person.scale === scale);
  return scales[scale].map((step) => ({
    step,
    people: own.filter(({ grade }) => grade === step.id).length,
    computed: own.filter(({ computed }) => computed.grade === step.id).length,
  }));
}

export interface Quota {
  readonly pool: string;
  readonly n: number;
  /** Grades that are counted together, how many there are and how many there may be. */
  readonly limits: readonly { readonly grades: readonly string[]; readonly people: number; readonly most: number }[];
}

/** How each pool stands against ⌊shares⌋: the best grade, the best two together, and the lowest. */
export function quotasOf({ people, pools, scales }: Pick<Meeting, 'people' | 'pools' | 'scales'>): Quota[] {
  const ranks = scales.distribution.filter(({ byRedLine }) => !byRedLine).map(({ id }) => id);
  const [top, second, bottom] = [ranks[0], ranks[1], ranks.at(-1)];
  if (top === undefined || second === undefined || bottom === undefined) return [];
  return pools.map((pool) => {
    const own = people.filter((person) => person.pool === pool.name);
    const limit = (grades: readonly string[], most: number) => ({
      grades,
      most,
      people: own.filter(({ grade }) => grade !== null && grades.includes(grade)).length,
    });
    return {
      ...{ pool: pool.name, n: pool.n },
      limits: [limit([top], pool.top), limit([top, second], pool.second), limit([bottom], pool.bottom)],
    };
  });
}

/** What all coefficients pay together, in fen, now and as computed; whoever has no pay on record or no coefficient counts in neither. */
export function payOf({ people }: Pick<Meeting, 'people'>): { now: bigint; before: bigint } | null {
  const known = people.filter(({ baseFen }) => baseFen !== null);
  if (known.length === 0) return null;
  let [now, before] = [0n, 0n];
  for (const { baseFen, coefficient, computed } of known) {
    now += pay(coefficient, baseFen);
    before += pay(computed.coefficient, baseFen);
  }
  return { now, before };
}

/** Coefficient times the monthly amount, rounded half up to a fen; none without a coefficient. */
export function pay(coefficient: string | null, baseFen: string | null): bigint {
  if (coefficient === null || baseFen === null) return 0n;
  const [whole = '0', decimals = ''] = coefficient.split('.');
  const scale = 10n ** BigInt(decimals.length);
  return (BigInt(`${whole}${decimals}`) * BigInt(baseFen) * 2n + scale) / (2n * scale);
}

/** Where somebody may be moved: other grades of their scale that no red line gives. */
export const targetsOf = (
  { scales }: Pick<Meeting, 'scales'>,
  { scale }: Pick<MeetingPerson, 'scale'>,
): MeetingStep[] => scales[scale].filter(({ byRedLine }) => !byRedLine);
