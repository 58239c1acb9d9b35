import { useCallback, useEffect, useRef, useState } from 'react';
import type { Marks } from '../../quality/rubrics/marksSchema.ts';
import { send } from '../api.ts';

export interface Filled {
  readonly marks: Marks;
  readonly comment: string;
}
export type Saving =
  | { readonly kind: 'saved' | 'typing' | 'saving' }
  | { readonly kind: 'failed'; readonly error: Error };

const pauseMs = 600;
/** Time counts while the page is in front and something was done in the last minutes. */
const idleMs = 120_000;

/**
 * A form that is saved as it is typed, one request at a time, over the revision that was read; what could not be saved is tried again
 * with the next change. `flush` saves at once and answers the revision.
 */
export function useForm(path: string, from: Filled & { readonly revision: number; readonly seconds: number }) {
  const [form, setForm] = useState<Filled>({ marks: from.marks, comment: from.comment });
  const [state, setState] = useState<Saving>({ kind: 'saved' });
  const latest = useRef(form);
  latest.current = form;
  const saved = useRef<{ form: Filled; revision: number }>({ form, revision: from.revision });
  const running = useRef<Promise<void> | null>(null);
  const clock = useWorkClock(from.seconds);

  const flush = useCallback(async (): Promise<number> => {
    while (running.current) await running.current;
    const now = latest.current;
    // The first save also says that somebody has begun.
    if (now === saved.current.form && saved.current.revision > 0) return saved.current.revision;
    setState({ kind: 'saving' });
    const body = { ...now, seconds: clock.current.seconds, revision: saved.current.revision };
    const work = send<{ revision: number }>('PUT', path, body).then(({ revision }) => {
      saved.current = { form: now, revision };
      setState({ kind: latest.current === now ? 'saved' : 'typing' });
    });
    running.current = work
      .catch((error: Error) => setState({ kind: 'failed', error }))
      .finally(() => {
        running.current = null;
      });
    await work;
    return saved.current.revision;
  }, [path, clock]);

  useEffect(() => {
    if (form === saved.current.form) return;
    setState({ kind: 'typing' });
    const timer = setTimeout(() => flush().catch(() => undefined), pauseMs);
    return () => clearTimeout(timer);
  }, [form, flush]);

  // Leaving for another page saves what the pause still held back.
  useEffect(
    () => () => {
      if (latest.current !== saved.current.form) flush().catch(() => undefined);
    },
    [flush],
  );
  return { form, change: setForm, state, flush, clock };
}

/** Seconds of work: the page in front, and a key or pointer not longer ago than two minutes. */
function useWorkClock(from: number) {
  const clock = useRef({ seconds: from });
  useEffect(() => {
    let lastAct = Date.now();
    const act = () => {
      lastAct = Date.now();
    };
    const timer = setInterval(() => {
      if (!document.hidden && Date.now() - lastAct < idleMs && clock.current.seconds < 86_400)
        clock.current.seconds += 1;
    }, 1000);
    for (const name of ['keydown', 'pointermove', 'wheel'] as const)
      window.addEventListener(name, act, { passive: true });
    return () => {
      clearInterval(timer);
      for (const name of ['keydown', 'pointermove', 'wheel'] as const) window.removeEventListener(name, act);
    };
  }, []);
  return clock;
}
