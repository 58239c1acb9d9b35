import { useEffect } from 'react';

const forms = '[role="dialog"], dialog, form';
const controls = 'a[href], button:not(:disabled), summary, input, select, textarea, [tabindex="0"]';

/** What had the keyboard, all that it stood in, and which forms were there then. Noted at once: it may be gone when its form is entered. */
interface Place {
  readonly way: readonly Element[];
  readonly beside: ReadonlySet<Element>;
  readonly words: string;
  readonly page: string;
}

/**
 * Where a dialog or a form in place goes away, nobody is left to give the keyboard back. For those of all pages this remembers what had
 * it before they were entered and returns there, unless something else has taken the keyboard or another page has come.
 */
export function useFocusBack(): void {
  useEffect(() => {
    const openers = new WeakMap<Element, Place>();
    let last: Place | null = null;
    let inside: Element | null = null;
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return;
      const form = target.closest(forms);
      // A form that was there before is not what it opened.
      if (form && last && !openers.has(form) && !last.beside.has(form)) openers.set(form, last);
      inside = form;
      last = placeOf(target);
    };
    const watch = new MutationObserver(() => {
      if (inside === null || inside.isConnected) return;
      const opener = openers.get(inside);
      inside = null;
      if (document.activeElement !== document.body || opener?.page !== window.location.pathname) return;
      controlAt(opener)?.focus();
    });
    document.addEventListener('focusin', remember);
    // Dialogs hang in the body itself, forms in place anywhere in it.
    watch.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      watch.disconnect();
    };
  }, []);
}

function placeOf(target: Element): Place {
  const way: Element[] = [];
  for (let each: Element | null = target; each && each !== document.body; each = each.parentElement) way.push(each);
  const beside = new Set(document.querySelectorAll(forms));
  return { way, beside, words: wordsOf(target), page: window.location.pathname };
}

/** What opened the form, or what was drawn anew with its words in its place. Where there is neither, the browser goes on from there. */
function controlAt({ way, words }: Place): HTMLElement | null {
  const [opener, ...around] = way;
  if (opener instanceof HTMLElement && opener.isConnected) return opener;
  const place = around.find((each) => each.isConnected);
  return [...(place?.querySelectorAll<HTMLElement>(controls) ?? [])].find((each) => wordsOf(each) === words) ?? null;
}

const wordsOf = (each: Element): string => `${each.getAttribute('aria-label') ?? ''} ${each.textContent ?? ''}`.trim();
