import type { Deps } from '../../platform/http.ts';
import { readBatch, recentSessions } from './batchStore.ts';
import { listsOf } from './readRule.ts';
import type { Rule, WordList } from './ruleSchema.ts';
import { startThread } from './thread.ts';

export interface TriedHit {
  readonly rule: string;
  readonly sessionId: string;
  readonly messageKey: string;
  readonly at: string;
  readonly places: readonly { readonly from: number; readonly to: number }[];
}

export interface Tried {
  readonly sessions: number;
  readonly sessionsHit: number;
  readonly hits: readonly TriedHit[];
  /** Start of the earliest conversation looked at. */
  readonly since: string | null;
  readonly stopped: 'timeLimit' | 'sessionLimit' | null;
}

export interface TrialLimits {
  readonly secondsMax: number;
  readonly sessionsMax: number;
}

const sessionsAtOnce = 500;

interface HitLine {
  rule: string;
  session_id: string;
  message_key: string;
  message_at: string;
  hit_from: number[];
  hit_to: number[];
}

/**
 * Looks for what rules would have hit, in the newest conversations first, in a thread of its own that is stopped when the time is
 * up. Nothing is stored. `onProgress` is told after each batch.
 */
export async function tryRules(
  deps: Pick<Deps, 'stores' | 'now'>,
  { rules, lists }: { readonly rules: readonly Rule[]; readonly lists: readonly WordList[] },
  limits: TrialLimits,
  onProgress: (tried: Tried) => Promise<void> = () => Promise.resolve(),
): Promise<Tried> {
  const { clickhouse } = deps.stores;
  const begunMs = performance.now();
  const thread = startThread();
  const expired = setTimeout(() => void thread.stop(), limits.secondsMax * 1000);
  const isLate = () => performance.now() - begunMs >= limits.secondsMax * 1000;
  let tried: Tried = { sessions: 0, sessionsHit: 0, hits: [], since: null, stopped: null };
  try {
    const named = new Set(rules.flatMap(({ when }) => listsOf(when)));
    const ruleSet = {
      ...{ number: 1, savedAt: new Date(deps.now()), rules: rules.map((rule) => ({ rule, version: 1 })) },
      lists: lists.filter(({ id }) => named.has(id)),
    };
    await thread.use(ruleSet, []);
    let before: { startedMs: string; sessionId: string } | null = null;
    for (;;) {
      if (isLate()) return { ...tried, stopped: 'timeLimit' };
      const left = limits.sessionsMax - tried.sessions;
      if (left <= 0) return { ...tried, stopped: 'sessionLimit' };
      const ids = await recentSessions(clickhouse, before, Math.min(left, sessionsAtOnce));
      const last = ids.at(-1);
      if (!last) return tried;
      before = { startedMs: last.startedMs, sessionId: last.id };
      const read = await readBatch(
        clickhouse,
        ids.map(({ id }) => ({ id, since: 0 })),
      );
      const { hits } = await thread.inspect({ ...read, stamp: { version: '0', atMs: deps.now() } });
      tried = added(tried, ids.length, new Date(Number(last.startedMs)).toISOString(), hits);
      await onProgress(tried);
    }
  } catch (cause) {
    if (isLate()) return { ...tried, stopped: 'timeLimit' };
    throw cause;
  } finally {
    clearTimeout(expired);
    await thread.stop();
  }
}

function added(tried: Tried, sessions: number, since: string, lines: string): Tried {
  const rows = lines === '' ? [] : lines.split('\n').map((line) => JSON.parse(line) as HitLine);
  const hits = rows.map((row) => ({
    ...{ rule: row.rule, sessionId: row.session_id, messageKey: row.message_key, at: row.message_at },
    places: row.hit_from.map((from, i) => ({ from, to: row.hit_to[i] ?? from })),
  }));
  return {
    ...tried,
    sessions: tried.sessions + sessions,
    sessionsHit: tried.sessionsHit + new Set(hits.map(({ sessionId }) => sessionId)).size,
    hits: [...tried.hits, ...hits],
    since,
  };
}
