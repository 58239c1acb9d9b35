import type { CalendarDay, CalendarRow, CalendarType } from '../../facts/schemas.ts';
import { dayInSentence } from '../format.ts';
import type { Language, useReader } from '../text/language.ts';
import type { Run } from './calendarView.ts';

/** A shape beside each word, so that neither colour nor reading alone tells them apart. */
export const shapes: Readonly<Record<CalendarType, string>> = {
  holiday: '○',
  workday: '●',
  promotion: '◆',
  outage: '▲',
  hours: '■',
};

type Say = ReturnType<typeof useReader>['t'];

/** 14:00–14:40, 全天, 不服务, ×1.5: what of the row is more than its type; '' where nothing is. */
export function detailOf(row: CalendarRow, t: Say): string {
  switch (row.type) {
    case 'holiday':
    case 'workday':
      return '';
    case 'promotion':
      return row.factor === null ? '' : `×${row.factor}`;
    case 'hours':
      return row.from === row.to && row.from !== ''
        ? t('calendar.closed')
        : `${row.from || '00:00'}–${row.to || '24:00'}`;
    case 'outage':
      return row.from === '' && row.to === '' ? t('calendar.wholeDay') : `${row.from || '00:00'}–${row.to || '24:00'}`;
  }
}

/** What kind of day it is, with the holiday's name. */
export function kindWords(day: CalendarDay, t: Say, language: Language): string {
  const name = day.name?.[language] ?? '';
  const kind = t(
    day.kind === 'workday' && day.source === 'official' ? 'calendar.kinds.makeUp' : `calendar.kinds.${day.kind}`,
  );
  return name === '' ? kind : `${name} ${kind}`;
}

export function spanWords(run: Run, t: Say, language: Language): string {
  const first = dayInSentence(run.first, language);
  return run.first === run.last
    ? first
    : t('calendar.span', { first, last: dayInSentence(run.last, language), days: run.rows.length });
}

export const shopWords = (shop: string, t: Say): string => shop || t('pick.allShops');

/** The metric's name in the reader's language, its id where no definition is known. */
export const metricWords = (metric: string, names: ReadonlyMap<string, string>, t: Say): string =>
  metric === '' ? t('calendar.allMetrics') : (names.get(metric) ?? metric);
