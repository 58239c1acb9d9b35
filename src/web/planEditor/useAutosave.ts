import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftPage, SavedDraft } from '../../scores/draftSchemas.ts';
import { ApiError, get, send } from '../api.ts';

export type SaveState =
  | { readonly kind: 'saved' | 'typing' | 'saving' }
  /** Somebody else saved meanwhile: nothing more is saved until their version is taken or overwritten. */
  | { readonly kind: 'conflict'; readonly error: Error }
  | { readonly kind: 'failed'; readonly error: Error };

const pauseMs = 800;

/**
 * Saves the text shortly after each change, one request at a time, over the revision that was read. What could not be saved is
 * tried again with the next change, or by `saveNow`.
 */
export function useAutosave(
  id: string,
  text: string,
  from: { readonly revision: number; readonly text: string },
  enabled: boolean,
) {
  const [state, setState] = useState<SaveState>({ kind: 'saved' });
  const saved = useRef({ revision: from.revision, text: from.text });
  const latest = useRef(text);
  latest.current = text;
  const running = useRef<Promise<void> | null>(null);

  const saveNow = useCallback(async (): Promise<void> => {
    if (running.current) await running.current;
    const now = latest.current;
    if (now === saved.current.text) return;
    setState({ kind: 'saving' });
    running.current = send<SavedDraft>('PUT', `/api/drafts/${id}`, { text: now, revision: saved.current.revision })
      .then(({ revision }) => {
        saved.current = { revision, text: now };
        setState({ kind: latest.current === now ? 'saved' : 'typing' });
      })
      .catch((error: Error) => {
        const conflict = error instanceof ApiError && error.code === 'draft.changed';
        setState({ kind: conflict ? 'conflict' : 'failed', error });
      })
      .finally(() => {
        running.current = null;
      });
    await running.current;
  }, [id]);

  const stuck = state.kind === 'conflict';
  useEffect(() => {
    if (!enabled || stuck || text === saved.current.text) return;
    setState((before) => (before.kind === 'saving' ? before : { kind: 'typing' }));
    const timer = setTimeout(saveNow, pauseMs);
    return () => clearTimeout(timer);
  }, [enabled, stuck, text, saveNow]);

  // Whoever closes the page with something unsaved is asked first.
  const open = enabled && state.kind !== 'saved';
  useEffect(() => {
    if (!open) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [open]);

  // Leaving for another page saves what the pause still held back.
  useEffect(
    () => () => {
      if (enabled) saveNow();
    },
    [enabled, saveNow],
  );

  /** Ends a conflict: with their text, which is answered, or by saving ours over it. */
  const settle = useCallback(
    async (whose: 'theirs' | 'ours'): Promise<string | null> => {
      const theirs = await get<DraftPage>(`/api/drafts/${id}`);
      saved.current = { revision: theirs.revision, text: theirs.text };
      setState({ kind: 'saved' });
      if (whose === 'theirs') return theirs.text;
      await saveNow();
      return null;
    },
    [id, saveNow],
  );

  return { state, saveNow, settle, revision: () => saved.current.revision };
}
