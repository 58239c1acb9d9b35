import type { PersonSkills, SkillMatrix } from '../../skills/schemas.ts';
import type { Level } from '../../skills/skillSchema.ts';

type Person = SkillMatrix['people'][number];

export interface HeatCell {
  readonly level: Level | null;
  /** What their job asks for; null: it asks for nothing, or no job is named. */
  readonly required: Level | null;
  readonly isBelow: boolean;
}

/** What a person's place in the matrix shows for a skill. A level nobody gave is below whatever is asked for. */
export function heatOf(person: Person, skill: string, jobs: SkillMatrix['jobs']): HeatCell {
  const level = person.levels.find((each) => each.skill === skill)?.level ?? null;
  const required = jobs.find(({ id }) => id === person.job)?.requires[skill] ?? null;
  return { level, required, isBelow: required !== null && (level === null || level < required) };
}

/** Skills and jobs that are offered; retired ones stay in histories alone. */
export const offered = <Each extends { readonly retired: boolean }>(all: readonly Each[]): Each[] =>
  all.filter(({ retired }) => !retired);

export function narrowed(
  people: readonly Person[],
  { team, job }: { readonly team?: string | undefined; readonly job?: string | undefined },
): Person[] {
  return people.filter((each) => (team === undefined || each.team === team) && (job === undefined || each.job === job));
}

/** A skill's latest entry, which counts, and those before it. */
export function entriesOf({ history }: Pick<PersonSkills, 'history'>, skill: string) {
  const [latest, ...earlier] = history.filter((each) => each.skill === skill);
  return { latest, earlier };
}
