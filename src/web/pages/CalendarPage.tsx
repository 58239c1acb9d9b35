import '../calendar/calendar.css';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { CalendarDay, CalendarMonth } from '../../facts/schemas.ts';
import { covers, monthBeside, type Run, runsOf } from '../calendar/calendarView.ts';
import { EntryForm } from '../calendar/EntryForm.tsx';
import { MonthGrid } from '../calendar/MonthGrid.tsx';
import { RemoveRun } from '../calendar/RemoveRun.tsx';
import { Runs } from '../calendar/Runs.tsx';
import { kindWords } from '../calendar/words.ts';
import { dayInTable, dayOf, periodName } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { calendarQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/calendar');
const app = getRouteApi('/app');

type Doing = { readonly kind: 'write'; readonly about: Run | string } | { readonly kind: 'remove'; readonly run: Run };

export function CalendarPage() {
  const { t, language } = useReader();
  const { me } = app.useRouteContext();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const today = dayOf(new Date().toISOString(), organisation.timeZone);
  const month = search.month ?? search.day?.slice(0, 7) ?? today.slice(0, 7);
  const chosen = search.day?.startsWith(month) ? search.day : today.startsWith(month) ? today : `${month}-01`;
  const query = useQuery(calendarQuery(month));
  const [doing, setDoing] = useState<Doing | null>(null);
  const [saved, setSaved] = useState(false);
  const may = me.permissions.includes('calendar.write');
  const look = (to: { month?: string; day?: string }) => {
    setSaved(false);
    navigate({ search: to, replace: true, resetScroll: false });
  };
  const done = () => {
    setDoing(null);
    setSaved(true);
  };
  return (
    <>
      {me.permissions.includes('import.read') ? (
        <p className="calendar-back">
          <Link to="/data">← {t('data.title')}</Link>
        </p>
      ) : null}
      <PageHead
        title={t('calendar.title')}
        pickers={
          <div className="month-pick">
            <Button onClick={() => look({ month: monthBeside(month, -1) })} aria-label={t('calendar.previous')}>
              ←
            </Button>
            <b aria-live="polite">{periodName(month, language)}</b>
            <Button onClick={() => look({ month: monthBeside(month, 1) })} aria-label={t('calendar.next')}>
              →
            </Button>
            <Button onClick={() => look({})}>{t('calendar.toToday')}</Button>
          </div>
        }
      >
        {may ? (
          <Button type="primary" onClick={() => setDoing({ kind: 'write', about: chosen })}>
            {t('calendar.add')}
          </Button>
        ) : null}
      </PageHead>
      {saved ? (
        <p className="notice calendar-saved" role="status">
          {t('calendar.saved')}
        </p>
      ) : null}
      <Answer query={query}>
        {(calendar) => (
          <Month
            calendar={calendar}
            chosen={chosen}
            may={may}
            choose={(day) => look({ month, day })}
            act={(next) => {
              setSaved(false);
              setDoing(next);
            }}
          />
        )}
      </Answer>
      {doing?.kind === 'write' ? <EntryForm about={doing.about} close={() => setDoing(null)} saved={done} /> : null}
      {doing?.kind === 'remove' ? (
        <RemoveRun run={doing.run} chosen={chosen} close={() => setDoing(null)} saved={done} />
      ) : null}
    </>
  );
}

interface MonthProps {
  readonly calendar: CalendarMonth;
  readonly chosen: string;
  readonly may: boolean;
  readonly choose: (date: string) => void;
  readonly act: (doing: Doing) => void;
}

function Month({ calendar, chosen, may, choose, act }: MonthProps) {
  const { t } = useReader();
  const runs = runsOf(calendar.days);
  const tools = {
    may,
    edit: (run: Run) => act({ kind: 'write', about: run }),
    remove: (run: Run) => act({ kind: 'remove', run }),
  };
  const day = calendar.days.find(({ date }) => date === chosen);
  const year = calendar.month.slice(0, 4);
  return (
    <div className="calendar">
      <div>
        {calendar.days.some(({ kind }) => kind === 'unknown') ? (
          <p className="notice calendar-unknown">
            {t('calendar.unannounced', { year })}
            {calendar.festivalsKnown ? null : <br />}
            {calendar.festivalsKnown ? null : t('calendar.noFestivals', { year })}
          </p>
        ) : null}
        <MonthGrid calendar={calendar} chosen={chosen} choose={choose} />
        <p className="quiet small calendar-default">{t('calendar.defaultHours', calendar.serviceHours)}</p>
      </div>
      <div className="calendar-side">
        {day ? <ChosenDay day={day} runs={runs.filter((run) => covers(run, chosen))} tools={tools} /> : null}
        <section className="section">
          <h2>{t('calendar.ofMonth')}</h2>
          {runs.length === 0 ? (
            <p className="quiet">{may ? t('calendar.emptyMay') : t('calendar.empty')}</p>
          ) : (
            <Runs runs={runs} {...tools} />
          )}
        </section>
      </div>
    </div>
  );
}

function ChosenDay({
  day,
  runs,
  tools,
}: {
  readonly day: CalendarDay;
  readonly runs: readonly Run[];
  readonly tools: Omit<Parameters<typeof Runs>[0], 'runs'>;
}) {
  const { t, language } = useReader();
  return (
    <section className="chosen-day" aria-live="polite">
      <h2>{dayInTable(day.date, language)}</h2>
      <p>
        {kindWords(day, t, language)}{' '}
        <span className="quiet small">{t(`calendar.sources.${day.source ?? 'nobody'}`)}</span>
      </p>
      {runs.length === 0 ? <p className="quiet">{t('calendar.dayEmpty')}</p> : <Runs runs={runs} {...tools} />}
    </section>
  );
}
