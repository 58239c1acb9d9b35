import type { Tier } from '../scores/planAmounts.ts';
import { shippedJobs, shippedSkills } from './shippedSkills.ts';
import { type Job, type JobContent, type Level, levels, type Skill, type SkillContent } from './skillSchema.ts';

/** As stored: the latest version of each. */
export interface Stored<Content> {
  readonly id: string;
  readonly version: number;
  readonly content: Content;
}

/** All skills and jobs, retired ones included: those shipped first, each as last edited. */
export interface Catalogue {
  readonly skills: readonly Skill[];
  readonly jobs: readonly Job[];
}

export const catalogueOf = (
  skills: readonly Stored<SkillContent>[],
  jobs: readonly Stored<JobContent>[],
): Catalogue => ({ skills: overlaid(shippedSkills, skills), jobs: overlaid(shippedJobs, jobs) });

function overlaid<Content>(shipped: Readonly<Record<string, Content>>, stored: readonly Stored<Content>[]) {
  const all = new Map(Object.entries(shipped).map(([id, content]) => [id, { ...content, id, version: 0 }]));
  for (const { id, version, content } of stored) all.set(id, { ...content, id, version });
  return [...all.values()];
}

/** By skill the level that counts; a skill without one is unknown, which is not the lowest level. */
export type Levels = ReadonlyMap<string, Level>;

/** What is lacking for a job in one skill; `level` null: nobody has given one yet. */
export interface Gap {
  readonly skill: string;
  readonly required: Level;
  readonly level: Level | null;
}

/** Whose levels are below what the job asks for, the widest gap first; skills that are retired are asked of nobody. */
export function gapsTo(job: Job, held: Levels, { skills }: Catalogue): Gap[] {
  const asked = new Set(skills.filter(({ retired }) => !retired).map(({ id }) => id));
  return Object.entries(job.requires)
    .flatMap(([skill, required]): Gap[] => {
      const level = held.get(skill) ?? null;
      return asked.has(skill) && (level === null || level < required) ? [{ skill, required, level }] : [];
    })
    .sort((a, b) => widthOf(b) - widthOf(a));
}

/** An unknown level counts as the widest gap: it is the first thing to find out. */
const widthOf = ({ required, level }: Gap): number => (level === null ? levels.length + required : required - level);

/** A job that asks for nothing is met by nobody: there is nothing to rest on. */
export const meets = (job: Job, held: Levels, catalogue: Catalogue): boolean =>
  !job.retired && Object.keys(job.requires).length > 0 && gapsTo(job, held, catalogue).length === 0;

/** The job somebody was given, unless it is retired; else the first that is their tier's; null where there is none. */
export function jobOf(given: string | null, tier: Tier | null, { jobs }: Catalogue): Job | null {
  const offered = jobs.filter(({ retired }) => !retired);
  const own = offered.find(({ id }) => id === given);
  return own ?? offered.find(({ tiers }) => tier !== null && tiers.includes(tier)) ?? null;
}

export const nextOf = (job: Job | null, { jobs }: Catalogue): Job | null =>
  jobs.find(({ id, retired }) => id === job?.next && !retired) ?? null;

/**
 * Jobs somebody could rotate into: those whose requirements their levels meet, and that ask for more than their own in some skill. What
 * leads to one's own job, or asks for less, would be a step back. Without a job of one's own nothing is a rotation.
 */
export function rotationsOf(own: Job | null, held: Levels, catalogue: Catalogue): Job[] {
  if (own === null) return [];
  return catalogue.jobs.filter(
    (job) => job.id !== own.id && !leadsTo(job, own.id, catalogue) && asksMore(job, own) && meets(job, held, catalogue),
  );
}

const asksMore = (job: Job, { requires }: Job): boolean =>
  Object.entries(job.requires).some(([skill, required]) => {
    const own = requires[skill];
    return own === undefined || required > own;
  });

/** Whether following `next` from a job comes to another; a circle ends it. */
export function leadsTo(job: Job, id: string, { jobs }: Pick<Catalogue, 'jobs'>): boolean {
  const seen = new Set<string>();
  let at = job.next;
  while (at !== null && !seen.has(at)) {
    if (at === id) return true;
    seen.add(at);
    at = jobs.find((each) => each.id === at)?.next ?? null;
  }
  return false;
}
