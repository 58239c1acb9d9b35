import { useEffect, useRef } from 'react';
import { type EditHistory, redo, undo } from './editHistory.ts';

/** Undo and redo by the usual keys, wherever in the editor the caret is. */
export function useUndoKeys(change: (step: (history: EditHistory) => EditHistory) => void) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = frame.current;
    const keys = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y')) return;
      event.preventDefault();
      change(key === 'y' || event.shiftKey ? redo : undo);
    };
    element?.addEventListener('keydown', keys);
    return () => element?.removeEventListener('keydown', keys);
  }, [change]);
  return frame;
}
