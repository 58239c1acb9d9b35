/** The months with data, newest first, then their quarters; what the address asks for is offered in any case. */
export function offeredPeriods(months: readonly string[], asked: string): string[] {
  const newestFirst = [...months].sort().reverse();
  const quarters = newestFirst.map((month) => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`);
  const offered = [...new Set([...newestFirst, ...quarters])];
  return offered.includes(asked) ? offered : [asked, ...offered];
}
