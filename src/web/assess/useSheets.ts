import { useCallback, useEffect, useRef, useState } from 'react';
import type { Sheet } from './assessView.ts';

export type Saving =
  | { readonly kind: 'saved' | 'typing' | 'saving' }
  | { readonly kind: 'failed'; readonly error: Error };

/** Keeps one sheet over the revision that was read; answers the next. */
type Save = (agentId: string, sheet: Sheet, revision: number) => Promise<{ revision: number }>;

const pauseMs = 500;

/**
 * Everybody's sheet as typed, saved one after another over the revision that was read; what could not be saved is tried again with the next
 * change. `flush` saves at once and throws where that fails.
 */
export function useSheets(
  read: readonly (Sheet & { readonly agentId: string; readonly revision: number })[],
  save: Save,
) {
  const revisions = useRef(new Map(read.map(({ agentId, revision }) => [agentId, revision])));
  const [sheets, setSheets] = useState<ReadonlyMap<string, Sheet>>(
    () => new Map(read.map(({ agentId, answers, note }) => [agentId, { answers, note }])),
  );
  const saver = useRef(save);
  saver.current = save;
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const [state, setState] = useState<Saving>({ kind: 'saved' });
  const latest = useRef(sheets);
  const waiting = useRef(new Set<string>());
  const running = useRef<Promise<void>>(Promise.resolve());

  const flush = useCallback((): Promise<void> => {
    const work = running.current
      .catch(() => undefined)
      .then(async () => {
        for (const agentId of [...waiting.current]) {
          const sheet = latest.current.get(agentId);
          if (!sheet) continue;
          setState({ kind: 'saving' });
          const revision = revisions.current.get(agentId) ?? 0;
          const saved = await saver.current(agentId, sheet, revision);
          revisions.current.set(agentId, saved.revision);
          if (latest.current.get(agentId) === sheet) waiting.current.delete(agentId);
        }
        setState({ kind: waiting.current.size === 0 ? 'saved' : 'typing' });
      });
    running.current = work;
    work.catch((error: Error) => setState({ kind: 'failed', error }));
    return work;
  }, []);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const change = useCallback(
    (agentId: string, how: (before: Sheet) => Sheet) => {
      const before = latest.current.get(agentId);
      if (!before) return;
      latest.current = new Map(latest.current).set(agentId, how(before));
      waiting.current.add(agentId);
      setSheets(latest.current);
      setChanged((known) => (known.has(agentId) ? known : new Set(known).add(agentId)));
      setState({ kind: 'typing' });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => flush().catch(() => undefined), pauseMs);
    },
    [flush],
  );

  // Leaving the page saves what the pause still held back.
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (waiting.current.size > 0) flush().catch(() => undefined);
    },
    [flush],
  );
  const revisionOf = (agentId: string) => revisions.current.get(agentId) ?? 0;
  return { sheets, changed, change, state, flush, revisionOf };
}
