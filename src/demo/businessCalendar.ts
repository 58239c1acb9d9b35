import type { Span } from './company.ts';
import { shops } from './company.ts';
import { dateOf, day, startOfDay, weekday } from './demoTime.ts';

/** First day, last day and peak day (month-day) of the year's shopping festivals. */
const festivals = [
  { first: '01-05', last: '01-08', peak: '01-08' },
  { first: '03-05', last: '03-08', peak: '03-08' },
  { first: '06-15', last: '06-18', peak: '06-18' },
  { first: '08-16', last: '08-18', peak: '08-18' },
  { first: '11-08', last: '11-12', peak: '11-11' },
  { first: '12-10', last: '12-12', peak: '12-12' },
];

export interface BusinessCalendar {
  readonly promotionDays: ReadonlySet<string>;
  /** How many contacts a day brings, 1 on an ordinary Tuesday. */
  readonly volume: (dayMs: number) => number;
  readonly outage: { readonly date: string; readonly shop: string; readonly from: string; readonly to: string };
  readonly shortDay: { readonly date: string; readonly shop: string; readonly from: string; readonly to: string };
}

/** Festivals that fall into the span; a span without one gets an anniversary sale, so that there is always a peak. */
export function businessCalendar(span: Span): BusinessCalendar {
  const firstYear = Number(dateOf(span.firstMs).slice(0, 4));
  const lastYear = Number(dateOf(span.endMs - day).slice(0, 4));
  const sales: { first: number; last: number; peak: number }[] = [];
  for (let year = firstYear; year <= lastYear; year++) {
    for (const festival of festivals) {
      const sale = {
        first: startOfDay(`${year}-${festival.first}`),
        last: startOfDay(`${year}-${festival.last}`),
        peak: startOfDay(`${year}-${festival.peak}`),
      };
      if (sale.first >= span.firstMs && sale.last < span.endMs) sales.push(sale);
    }
  }
  const at = (share: number) => span.firstMs + Math.floor(((span.endMs - span.firstMs) / day) * share) * day;
  if (sales.length === 0) sales.push({ first: at(0.6), last: at(0.6) + 2 * day, peak: at(0.6) + day });

  const promotionDays = new Set<string>();
  for (const sale of sales) {
    for (let ms = sale.first; ms <= sale.last && ms < span.endMs; ms += day) promotionDays.add(dateOf(ms));
  }
  const volume = (dayMs: number) => {
    const weekly = [1.06, 1, 0.97, 0.97, 1.0, 1.12, 1.1][weekday(dayMs) - 1] as number;
    const promotion = sales.reduce((most, sale) => Math.max(most, pull(dayMs, sale)), 1);
    const nationalDay = /-10-0[1-4]$/.test(dateOf(dayMs)) ? 0.85 : 1;
    return weekly * promotion * nationalDay;
  };
  return {
    promotionDays,
    volume,
    outage: { date: dateOf(at(0.35)), shop: shops[1], from: '14:00', to: '14:40' },
    shortDay: { date: dateOf(at(0.8)), shop: shops[2], from: '10:00', to: '20:00' },
  };
}

/** The sale's days bring more, its peak most, and the week after brings the deliveries, installations and regrets. */
function pull(dayMs: number, sale: { first: number; last: number; peak: number }): number {
  if (dayMs === sale.peak) return 2.4;
  if (dayMs >= sale.first && dayMs <= sale.last) return 1.7;
  const after = (dayMs - sale.last) / day;
  return after > 0 && after <= 7 ? 1.45 - after * 0.05 : 1;
}
