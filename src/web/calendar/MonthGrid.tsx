import type { KeyboardEvent } from 'react';
import type { CalendarDay, CalendarMonth, CalendarRow } from '../../facts/schemas.ts';
import { dayInSentence, dayInTable, periodName } from '../format.ts';
import { useReader } from '../text/language.ts';
import { marksOf, nextDay, weeksOf } from './calendarView.ts';
import { detailOf, kindWords, shapes } from './words.ts';

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const monday = '2026-10-05';

interface GridProps {
  readonly calendar: CalendarMonth;
  readonly chosen: string;
  readonly choose: (date: string) => void;
}

/** The month, a button for each day; arrows walk from day to day, one press of Tab passes the grid. */
export function MonthGrid({ calendar, chosen, choose }: GridProps) {
  const { t, language } = useReader();
  const walk = (event: KeyboardEvent<HTMLTableElement>) => {
    const step = steps[event.key];
    const from = event.target instanceof HTMLElement ? event.target.dataset.date : undefined;
    if (step === undefined || from === undefined) return;
    event.preventDefault();
    const to = nextDay(from, step);
    event.currentTarget.querySelector<HTMLButtonElement>(`[data-date="${to}"]`)?.focus();
    if (to.startsWith(calendar.month)) choose(to);
  };
  return (
    <table className="month" onKeyDown={walk}>
      <caption className="unseen">{periodName(calendar.month, language)}</caption>
      <thead>
        <tr>
          {Array.from({ length: 7 }, (_, index) => {
            const name = dayInTable(nextDay(monday, index), language).split(' ')[1];
            return (
              <th key={name} scope="col">
                {name}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {weeksOf(calendar.days).map((week) => (
          <tr key={week[0]?.date}>
            {week.map(({ date, day }) =>
              day === null ? (
                <td key={date} />
              ) : (
                <td key={date}>
                  <button
                    type="button"
                    className={`day day-${day.kind}`}
                    data-date={day.date}
                    tabIndex={day.date === chosen ? 0 : -1}
                    aria-pressed={day.date === chosen}
                    aria-current={day.date === calendar.today ? 'date' : undefined}
                    aria-label={[
                      dayInSentence(day.date, language),
                      day.date === calendar.today ? t('calendar.today') : '',
                      kindWords(day, t, language),
                      ...marksOf(day).map(({ row, more }) => markWords(row, more, t, 'types')),
                    ]
                      .filter(Boolean)
                      .join(t('mark.comma'))}
                    onClick={() => choose(day.date)}
                  >
                    <DayCell day={day} isToday={day.date === calendar.today} />
                  </button>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Say = ReturnType<typeof useReader>['t'];

function markWords(row: CalendarRow, more: number, t: Say, set: 'types' | 'briefTypes'): string {
  const words = [t(`calendar.${set}.${row.type}`), detailOf(row, t), row.shop].filter(Boolean).join(' ');
  return more === 0 ? words : t('calendar.andMore', { words, count: more });
}

function DayCell({ day, isToday }: { readonly day: CalendarDay; readonly isToday: boolean }) {
  const { t, language } = useReader();
  return (
    <>
      <span className="day-head">
        <span className="day-number">{Number(day.date.slice(8))}</span>
        {isToday ? <span className="day-today">{t('calendar.today')}</span> : null}
        {day.kind === 'ordinary' ? null : <b className="day-kind">{t(`calendar.brief.${day.kind}`)}</b>}
      </span>
      {day.name ? <span className="day-name">{day.name[language]}</span> : null}
      <span className="day-marks">
        {marksOf(day).map(({ row, more }) => (
          <span key={row.type} className={`mark mark-${row.type}`}>
            <i>{shapes[row.type]}</i>
            <span className="mark-words">{markWords(row, more, t, 'briefTypes')}</span>
          </span>
        ))}
      </span>
    </>
  );
}
