import type { CalendarKey, CalendarRow, CalendarType } from '../../facts/schemas.ts';
import { keyOf, nextDay, type Run } from './calendarView.ts';

/** The form in which somebody declares something; the fields that its type has no use for are ignored. */
export interface EntryFields {
  readonly type: CalendarType;
  readonly first: string;
  readonly last: string;
  readonly shop: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly closed?: boolean | undefined;
  readonly factor?: string | undefined;
  readonly metric?: string | undefined;
  readonly name?: string | undefined;
}

/** As many days as one entry may span. */
export const daysMax = 366;

export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last && days.length <= daysMax; day = nextDay(day)) days.push(day);
  return days;
}

export interface Change {
  readonly set: readonly CalendarRow[];
  readonly remove: readonly CalendarKey[];
}

/** What the fields change in the calendar, in place of what was there before (null: nothing). */
export function changeOf(fields: EntryFields, before: Run | null): Change {
  const { type, shop } = fields;
  const isPromotion = type === 'promotion';
  const set = daysBetween(fields.first, fields.last).map((date) => ({
    ...{ date, type, shop, metric: isPromotion ? (fields.metric ?? '') : '' },
    ...times(fields),
    factor: isPromotion && fields.factor ? fields.factor.trim() : null,
    name: fields.name?.trim() ?? '',
  }));
  const kept = new Set(set.map((row) => JSON.stringify(keyOf(row))));
  const remove = before ? before.rows.map(keyOf).filter((key) => !kept.has(JSON.stringify(key))) : [];
  return { set, remove };
}

function times({ type, from = '', to = '', closed = false }: EntryFields): { from: string; to: string } {
  if (type === 'outage') return { from, to };
  if (type !== 'hours') return { from: '', to: '' };
  return closed ? { from: '00:00', to: '00:00' } : { from: from || '00:00', to: to || '24:00' };
}

export function fieldsOf(run: Run): EntryFields {
  const { type, shop, from, to, factor, metric, name } = run.row;
  const closed = type === 'hours' && from === to && from !== '';
  return {
    ...{ type, shop, metric, name, closed, first: run.first, last: run.last },
    ...(closed ? {} : { from, to: to === '24:00' ? '' : to }),
    ...(factor === null ? {} : { factor }),
  };
}
