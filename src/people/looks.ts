import type { MiddlewareHandler } from 'hono';
import { type Deps, type HengEnv, patternOf } from '../platform/http.ts';
import { audit } from './audit.ts';

/** Questions that are answered with what is kept about people who work here. Whoever sees nobody but themselves looks at nobody. */
const aboutColleagues: readonly string[] = [
  ...['scorecards', 'scorecards/:agentId', 'scorecards/:agentId/outlook', 'scorecards/:agentId/outcomes', 'overview'],
  ...['metrics', 'metrics/intervals', 'metrics/funnel', 'verdict-switch', 'back-test', 'signals', 'exemptions'],
  ...['appeals', 'appeals/:id', 'appeal-window', 'appeal-reviews/:id/preview', 'acknowledgements'],
  ...['inspections', 'inspections/:id', 'calibrations', 'calibrations/:id', 'calibrations/:id/records/:place'],
  ...['assessments', 'assessments/form', 'assessments/behind', 'nominations', 'cycles/:period/people'],
  ...['cycles/:period/meeting', 'outcomes', 'outcomes/:id/events', 'development-plans', 'skills'],
  ...['skills/people/:agentId', 'skill-proposals', 'reviews', 'rounds', 'rounds/:id', 'rounds/:id/report'],
  ...['ledger/entries', 'ledger/receipts/:entry'],
];

/** Questions that are answered with what is kept about customers, masked or not: also one's own conversations are theirs. */
const aboutCustomers: readonly string[] = [
  ...['sessions/:id', 'sessions/:id/inspection', 'tickets/:id', 'orders', 'orders/:id', 'evidence', 'hits', 'cases'],
  ...['inspections/:id/transcript', 'inspections/:id/suggestion', 'calibrations/:id/records/:place/transcript'],
  'rule-trials/:id',
];

const looks: ReadonlyMap<string, 'colleagues' | 'customers'> = new Map([
  ...aboutColleagues.map((path) => [`/api/${path}`, 'colleagues'] as const),
  ...aboutCustomers.map((path) => [`/api/${path}`, 'customers'] as const),
]);

/** Whose personal data a question is answered with, by its path as the router has it; null: nobody's, or its verb writes that down by itself. */
export const lookOf = (pattern: string): 'colleagues' | 'customers' | null => looks.get(pattern) ?? null;

/** Of a question only what names whom it is about: a word that somebody searches for is nobody's business. */
const told = ['period', 'plan', 'metric', 'agent', 'team', 'shop'];

/** Writes every look at personal data into the audit log, before the answer is out. */
export const auditLooks =
  (deps: Pick<Deps, 'stores' | 'now'>): MiddlewareHandler<HengEnv> =>
  async (c, next) => {
    await next();
    if (c.req.method !== 'GET' || !c.res.ok) return;
    const shown = lookOf(patternOf(c));
    const { actor } = c.var;
    if (shown === null || (shown === 'colleagues' && actor.scope.kind === 'self')) return;
    const asked = told.flatMap((name) => c.req.queries(name)?.map((value) => `${name}=${value}`) ?? []);
    await audit(deps, actor, 'record.read', [readable(c.req.path).slice('/api/'.length), ...asked].join(' '));
  };

function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Not what anybody's browser sends: told as it came.
    return path;
  }
}
