import { type Catalogue, leadsTo } from './matrix.ts';
import type { Job } from './skillSchema.ts';

export interface JobIssue {
  readonly path: string;
  readonly code: string;
}

/** What cannot be in a job beside the others: skills and jobs that do not exist, a circle of next jobs, a tier that has a job already. */
export function jobIssues(job: Job, { skills, jobs }: Catalogue): JobIssue[] {
  const others = jobs.filter(({ id }) => id !== job.id);
  const known = new Set(skills.map(({ id }) => id));
  const strange = Object.keys(job.requires).filter((id) => !known.has(id));
  const taken = job.tiers.filter((tier) => others.some(({ retired, tiers }) => !retired && tiers.includes(tier)));
  const isCircle = job.next === job.id || leadsTo(job, job.id, { jobs: [...others, job] });
  return [
    ...strange.map((id) => ({ path: `content.requires.${id}`, code: 'skill.unknown' })),
    ...(job.next !== null && job.next !== job.id && !others.some(({ id }) => id === job.next)
      ? [{ path: 'content.next', code: 'skill.jobUnknown' }]
      : []),
    ...(isCircle ? [{ path: 'content.next', code: 'skill.jobCircle' }] : []),
    ...(job.retired ? [] : taken.map((tier) => ({ path: `content.tiers.${tier}`, code: 'skill.tierTaken' }))),
  ];
}
