/**
 * Does something again and again, so long after it ended each time, until it is stopped; stopping waits for what is being done. A failure
 * is told and does not end it.
 */
export function repeating(
  pauseMs: number,
  work: () => Promise<void>,
  failed: (cause: unknown) => void,
): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let doing: Promise<void> = Promise.resolve();
  const later = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      doing = work().catch(failed).then(later);
    }, pauseMs);
    timer.unref();
  };
  later();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await doing;
    },
  };
}
