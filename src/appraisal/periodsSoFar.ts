import { Temporal } from 'temporal-polyfill';

/** Every month, quarter and year from the one that a day is in to the one that today is in. */
export function periodsSoFar(firstDay: string, today: string): string[] {
  const last = Temporal.PlainDate.from(today).toPlainYearMonth();
  const found = new Set<string>();
  for (
    let month = Temporal.PlainDate.from(firstDay).toPlainYearMonth();
    Temporal.PlainYearMonth.compare(month, last) <= 0;
    month = month.add({ months: 1 })
  ) {
    const year = String(month.year).padStart(4, '0');
    for (const text of [month.toString(), `${year}-Q${Math.ceil(month.month / 3)}`, year]) found.add(text);
  }
  return [...found];
}
