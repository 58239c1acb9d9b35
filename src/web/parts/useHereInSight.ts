import { type RefObject, useEffect } from 'react';

function middleOf(element: Element): number {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}

/**
 * Keeps the link to where one is in the middle of a row that is longer than a phone's screen, also when a count beside a link arrives
 * later and moves it. Only the row moves, never the page.
 */
export function useHereInSight(row: RefObject<HTMLElement | null>, where: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: on another page another link is the one.
  useEffect(() => {
    const nav = row.current;
    if (!nav) return undefined;
    const show = () => {
      const here = nav.querySelector('.here');
      if (here) nav.scrollLeft += middleOf(here) - middleOf(nav);
    };
    const observer = new ResizeObserver(show);
    for (const link of nav.children) observer.observe(link);
    return () => observer.disconnect();
  }, [row, where]);
}
