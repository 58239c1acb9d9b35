import { KeysHint } from '../parts/KeysHint.tsx';
import '../appeals/appeals.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { type KeyboardEvent, useRef } from 'react';
import { type AppealLine, type AppealList, appealViews } from '../../appraisal/appeals/schemas.ts';
import { Reviews } from '../appeals/Reviews.tsx';
import { Statistics } from '../appeals/Statistics.tsx';
import { AppraisalLinks } from '../cycles/AppraisalLinks.tsx';
import { dayInTable, periodName } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { appealsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');
const route = getRouteApi('/app/appeals');
type View = AppealList['view'];

/** The appeals in reach: what waits, the one due first on top; what was decided; and what is to be looked at again. */
export function AppealsPage() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const navigate = route.useNavigate();
  const asked = route.useSearch().view;
  const reviews = me.permissions.includes('appeal.conclude');
  const views = appealViews.filter((each) => each !== 'reviews' || reviews);
  const view = views.find((each) => each === asked) ?? 'open';
  const query = useQuery(appealsQuery(view));
  const counts = query.data?.counts;
  const label = (each: View) =>
    counts && each !== 'final' ? `${t(`appeals.view.${each}`)} ${counts[each]}` : t(`appeals.view.${each}`);
  return (
    <>
      <PageHead
        title={t('appeals.title')}
        pickers={
          <Segmented<View>
            value={view}
            onChange={(chosen) => navigate({ search: { view: chosen }, replace: true })}
            options={views.map((each) => ({ value: each, label: label(each) }))}
          />
        }
      />
      <AppraisalLinks />
      <p className="reading appeals-lead">{me.role === 'agent' ? t('appeals.leadAgent') : t('appeals.lead')}</p>
      {counts && counts.overdue > 0 ? (
        <p className="notice notice-red" role="status">
          {t('appeals.overdue', { count: counts.overdue })}
        </p>
      ) : null}
      <Answer
        query={query}
        empty={(list) =>
          list.appeals.length + list.reviews.length === 0 ? (
            <Empty title={t(`appeals.none.${view}`)} text={t(`appeals.noneText.${view}`)} />
          ) : null
        }
      >
        {({ appeals, reviews: cases }) =>
          view === 'reviews' ? <Reviews reviews={cases} /> : <Queue appeals={appeals} />
        }
      </Answer>
      {view === 'final' && me.permissions.includes('appeal.statistics') ? <Statistics /> : null}
    </>
  );
}

const moves: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

function Queue({ appeals }: { readonly appeals: readonly AppealLine[] }) {
  const { t } = useReader();
  const list = useRef<HTMLUListElement>(null);
  const navigate = useNavigate();

  function press(event: KeyboardEvent<HTMLUListElement>) {
    const step = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key];
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    const at = links.findIndex((link) => link.matches(':focus'));
    if (step !== undefined) {
      event.preventDefault();
      links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
    }
    const line = appeals[at];
    if (event.key === 'o' && line) navigate({ to: '/appeals/$appealId', params: { appealId: String(line.id) } });
  }

  return (
    <>
      {appeals.length > 1 ? <KeysHint text={t('appeals.keys')} /> : null}
      <ul className="appeals" ref={list} onKeyDown={press}>
        {appeals.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ul>
    </>
  );
}

function Line({ line }: { readonly line: AppealLine }) {
  const { t, say, language } = useReader();
  return (
    <li>
      <Link to="/appeals/$appealId" params={{ appealId: String(line.id) }} className="appeals-line">
        <span>
          <b>{say(line.title)}</b> <span className="quiet">{t(`appeals.kind.${line.kind}`)}</span>
        </span>
        <span>
          {line.agentName} <span className="quiet">{line.team}</span>
        </span>
        <span className="quiet">{periodName(line.period, language)}</span>
        <span className="appeals-state">
          <b className={line.outcome === 'upheld' ? 'appeals-upheld' : undefined}>
            {line.outcome ? t(`appeals.outcome.${line.outcome}`) : t(`appeals.state.${line.state}`)}
          </b>
          {line.dueOn ? (
            <span className={line.overdue ? 'red' : 'quiet'}>
              {line.overdue ? `${t('appeals.late')} · ` : ''}
              {t('appeals.due', { day: dayInTable(line.dueOn, language) })}
            </span>
          ) : null}
        </span>
      </Link>
    </li>
  );
}
