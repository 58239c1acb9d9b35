import type { Freshness, Import } from '../../ingest/schemas.ts';
import type { Overview } from '../../scores/schemas.ts';

type Bin = Overview['plans'][number]['distribution'][number];

/** The bins from the first to the last with somebody in it, one empty bin on either side, never fewer than eight. */
export function shownBins(bins: readonly Bin[]): Bin[] {
  const filled = bins.flatMap((bin, place) => (bin.count > 0 ? [place] : []));
  const first = filled[0];
  const last = filled.at(-1);
  if (first === undefined || last === undefined) return bins.slice(-8);
  const to = Math.min(bins.length, last + 2);
  const from = Math.max(0, Math.min(first - 1, to - 8));
  return bins.slice(from, to);
}

export type Alert =
  | { readonly kind: 'stale'; readonly data: Freshness['kinds'][number]['kind']; readonly newestAt: string }
  | { readonly kind: 'never'; readonly data: Freshness['kinds'][number]['kind'] }
  | { readonly kind: 'rejected'; readonly importId: number; readonly file: string; readonly count: number }
  | { readonly kind: 'failed'; readonly importId: number; readonly file: string };

/** Without these nobody can be scored; the others may rightly be missing. */
const needed: readonly Freshness['kinds'][number]['kind'][] = ['agents', 'sessions', 'messages', 'tickets', 'ratings'];
const staleAfterDays = 3;
const recentImports = 10;

function fileName(run: Import): string {
  const path = run.files[0]?.path;
  return path === undefined ? `#${run.id}` : path.replace(/^.*\//, '');
}

/** What somebody should look at before they trust the scores. */
export function alertsOf(freshness: Freshness, imports: readonly Import[], nowMs: number): Alert[] {
  const ofData = freshness.kinds.flatMap(({ kind, rows, newestAt }): Alert[] => {
    if (!needed.includes(kind)) return [];
    if (rows === 0) return [{ kind: 'never', data: kind }];
    const old = newestAt !== null && nowMs - Date.parse(newestAt) > staleAfterDays * 86_400_000;
    return old && kind !== 'agents' ? [{ kind: 'stale', data: kind, newestAt }] : [];
  });
  const ofImports = imports.slice(0, recentImports).flatMap((run): Alert[] => {
    if (run.state === 'failed') return [{ kind: 'failed', importId: run.id, file: fileName(run) }];
    return run.rejected > 0 ? [{ kind: 'rejected', importId: run.id, file: fileName(run), count: run.rejected }] : [];
  });
  return [...ofImports, ...ofData];
}
