import { useSyncExternalStore } from 'react';
import type { Mode } from './theme.ts';

const remembered = 'heng.mode';
const listeners = new Set<() => void>();

function chosen(): Mode | null {
  const mode = document.documentElement.dataset.mode;
  return mode === 'light' || mode === 'dark' ? mode : null;
}

function system(): MediaQueryList {
  return window.matchMedia('(prefers-color-scheme: dark)');
}

function current(): Mode {
  return chosen() ?? (system().matches ? 'dark' : 'light');
}

/** Takes up what the reader chose on an earlier visit; without a choice the system decides. */
export function startMode(): void {
  const stored = storage((kept) => kept.getItem(remembered));
  if (stored === 'light' || stored === 'dark') document.documentElement.dataset.mode = stored;
}

export function switchMode(mode: Mode): void {
  document.documentElement.dataset.mode = mode;
  storage((kept) => kept.setItem(remembered, mode));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const media = system();
  listeners.add(listener);
  media.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    media.removeEventListener('change', listener);
  };
}

export function useMode(): Mode {
  return useSyncExternalStore(subscribe, current);
}

/** Browsers may forbid storage altogether; then a choice lasts for this visit. */
export function storage<Result>(use: (kept: Storage) => Result): Result | null {
  try {
    return use(window.localStorage);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
