import { useEffect } from 'react';

const dialogs = '[role="dialog"], dialog';

/**
 * Where a dialog goes away together with the part of the page that showed it, nobody is left to give the keyboard back.
 * This remembers what had the focus outside of dialogs and returns there, unless something else has taken it.
 */
export function useFocusBack(): void {
  useEffect(() => {
    let before: HTMLElement | null = null;
    let inside: Element | null = null;
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return;
      inside = target.closest(dialogs);
      if (inside === null) before = target;
    };
    // Dialogs hang in the body itself; what is removed there may be an emptied container.
    const watch = new MutationObserver(() => {
      if (inside === null || inside.isConnected) return;
      inside = null;
      if (document.activeElement === document.body && before?.isConnected) before.focus();
    });
    document.addEventListener('focusin', remember);
    watch.observe(document.body, { childList: true });
    return () => {
      document.removeEventListener('focusin', remember);
      watch.disconnect();
    };
  }, []);
}
