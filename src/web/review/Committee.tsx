import { useState } from 'react';
import type { Action, CommitteeMeeting, ReviewPage } from '../../review/schemas.ts';
import { dayInTable } from '../format.ts';
import { useReader } from '../text/language.ts';
import { AddAction } from './AddAction.tsx';
import { MoveAction } from './MoveAction.tsx';

/** Meetings of the committee across departments, each with its actions. */
export function Committee({ page }: { readonly page: ReviewPage }) {
  const { t } = useReader();
  const overdue = page.actions.filter((action) => action.overdue).length;
  return (
    <>
      {overdue > 0 ? (
        <p className="notice notice-red review-late" role="status">
          {t('review.overdueActions', { count: overdue })}
        </p>
      ) : null}
      <ul className="reviews">
        {page.meetings.map((meeting) => (
          <Meeting key={meeting.id} meeting={meeting} page={page} />
        ))}
      </ul>
    </>
  );
}

interface MeetingProps {
  readonly meeting: CommitteeMeeting;
  readonly page: ReviewPage;
}

function Meeting({ meeting, page }: MeetingProps) {
  const { t, language } = useReader();
  const [isOpen, setOpen] = useState(false);
  const { id, day, departments, notes, taken } = meeting;
  const actions = page.actions.filter((action) => action.meeting === id);
  return (
    <li>
      <p className="review-head">
        <b>{t('review.meeting', { day: dayInTable(day, language) })}</b>
        <span className="quiet">{departments.join(t('mark.comma'))}</span>
      </p>
      {notes === '' ? null : <p className="review-said">{notes}</p>}
      <p className="quiet small">{t('review.takenBy', { name: taken.by })}</p>
      <h3>{t('review.actions')}</h3>
      {actions.length === 0 ? <p className="quiet">{t('review.actionsNone')}</p> : null}
      <ul className="review-actions">
        {actions.map((action) => (
          <ActionLine key={action.id} action={action} page={page} />
        ))}
      </ul>
      {page.may.write && !isOpen ? (
        <p>
          <button type="button" className="text-button" onClick={() => setOpen(true)}>
            ＋ {t('review.addAction')}
          </button>
        </p>
      ) : null}
      {isOpen ? <AddAction meeting={meeting} page={page} close={() => setOpen(false)} /> : null}
    </li>
  );
}

function ActionLine({ action, page }: { readonly action: Action; readonly page: ReviewPage }) {
  const { t, language } = useReader();
  const [move, setMove] = useState<Action['events'][number]['what'] | null>(null);
  const { department, owner, what, dueOn, state, overdue, events } = action;
  const occasion = page.occasions.find(({ id }) => id === action.occasion);
  const moves = state === 'open' ? (['done', 'moved', 'dropped'] as const) : (['reopened'] as const);
  return (
    <li>
      <p className="review-action">
        <span>
          <b>{owner}</b> <span className="quiet">{department}</span>
        </span>
        <span>{what}</span>
        <span className={overdue ? 'red' : 'quiet'}>
          {overdue ? `${t('review.overdue')} · ` : ''}
          {t('review.by', { day: dayInTable(dueOn, language) })}
        </span>
        <span className={state === 'done' ? 'review-done' : 'quiet'}>{t(`review.states.${state}`)}</span>
      </p>
      {occasion ? <p className="quiet small">{occasion.title}</p> : null}
      {events.map(({ at, by, what: moved, reason, dueOn: to }) => (
        <p key={at} className="quiet small">
          {t('review.event', {
            ...{ name: by, reason },
            what:
              moved === 'moved'
                ? t('review.moved', { day: dayInTable(to, language) })
                : moved === 'reopened'
                  ? t('review.moves.reopened')
                  : t(`review.states.${moved}`),
          })}
        </p>
      ))}
      {page.may.write && move === null ? (
        <p className="row">
          {moves.map((each) => (
            <button key={each} type="button" className="text-button" onClick={() => setMove(each)}>
              {t(`review.moves.${each}`)}
            </button>
          ))}
        </p>
      ) : null}
      {move === null ? null : <MoveAction action={action} move={move} close={() => setMove(null)} />}
    </li>
  );
}
