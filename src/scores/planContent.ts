import { createHash } from 'node:crypto';
import type { Plan } from './planSchema.ts';

/** A plan as it is kept: canonical JSON (keys sorted, no spaces, no undefined) and its sha256 in hex. */
export function planContent(plan: Plan): { content: string; hash: string } {
  const content = canonical(plan);
  return { content, hash: createHash('sha256').update(content).digest('hex') };
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}
