/** Routes that change nothing though they are sent a body: they try, check or look up, and keep nothing. */
export const computesOnly: ReadonlySet<string> = new Set([
  ...['POST /api/setup/look', 'POST /api/metrics/preview', 'POST /api/metrics/dual-run', 'POST /api/drafts/try'],
  ...['POST /api/appeals/{id}/preview', 'POST /api/rubrics/cite', 'POST /api/rubrics/check'],
]);

/** Questions whose answer says nothing that is kept about a person, or nothing of anybody but who asks. */
export const showsNobody: ReadonlySet<string> = new Set(
  [
    // How Heng is set up, and by which rules it goes; names that one chooses from.
    ...[
      'welcome',
      'auth/oidc',
      'auth/oidc/callback',
      'roles',
      'keys',
      'organisation',
      'calendar',
      'mappings',
      'freshness',
    ],
    ...['metrics/definitions', 'metrics/history', 'rubrics', 'rubrics/{id}', 'rules', 'rules/{id}', 'word-lists/{id}'],
    ...['plans', 'plans/{id}', 'plans/{id}/diff', 'plan-assignments', 'drafts', 'drafts/{id}', 'assistant'],
    ...['ledger', 'ledger/checkpoints', 'ledger/consistency', 'erasures', 'retention/preview'],
    // How far work has come, and sums over all people.
    ...['cycles', 'cycles/{period}', 'inspection', 'imports', 'imports/{id}', 'uploads/{id}', 'inspection/engines'],
    ...['samples', 'samples/{id}', 'rule-agreement', 'appeal-statistics'],
    // One's own.
    ...['me', 'acknowledgements/mine', 'rounds/mine', 'rounds/ratings/{id}'],
  ].map((path) => `GET /api/${path}`),
);

/** Whoever leaves changes nothing but that they are gone. */
export const leaves = 'POST /api/auth/sign-out';

const patterns = [...computesOnly, leaves].map(
  (route) => new RegExp(`^${route.replace(/[./]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`),
);

/** Whether a request that succeeded must have left a line in the audit log. */
export async function mustBeAudited(method: string, path: string, response: Response): Promise<boolean> {
  // 202: what was begun is written down when it is done.
  if (method === 'GET' || response.status >= 300 || response.status === 202) return false;
  const [plain = ''] = path.split('?');
  if (patterns.some((pattern) => pattern.test(`${method} ${plain}`))) return false;
  const text = await response.clone().text();
  if (text === '' || !response.headers.get('content-type')?.includes('json')) return true;
  const answer: unknown = JSON.parse(text);
  const values = typeof answer === 'object' && answer !== null ? Object.values(answer) : [];
  // { reminded: 0 }, { set: 0, removed: 0 }: there was nothing to do, and nothing was done.
  const counts = values.filter((value) => typeof value === 'number');
  // A sample that was only looked at has no number.
  const isPreview = typeof answer === 'object' && answer !== null && 'id' in answer && answer.id === null;
  return !isPreview && !(counts.length > 0 && counts.every((count) => count === 0));
}
