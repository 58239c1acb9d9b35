import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { DevelopmentView } from '../../outcomes/developmentSchemas.ts';
import { absent, dayInTable, instantInTable, periodName, roundHalfUp, score, withUnit } from '../format.ts';
import { definitionsQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { EndForm, NoteForm } from './DevelopmentForms.tsx';
import { SkillGaps } from './SkillGaps.tsx';

/** One training or improvement plan: goals, what happened on the way, and how it ended. */
export function DevelopmentItem({ plan }: { readonly plan: DevelopmentView }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [open, setOpen] = useState<'note' | 'end' | null>(null);
  const { agent, kind, opened, endsOn, overdue, ended, paidMonths, period } = plan;
  const when = (instant: string) => instantInTable(instant, organisation.timeZone, language);
  return (
    <li>
      <p className="outcome-head">
        <Link to="/scorecards/$agentId" params={{ agentId: agent.agentId }} search={{ period }}>
          <b>{agent.name}</b>
        </Link>
        <span className="quiet">{agent.team}</span>
        <span className="outcome-kind">{t(`outcomes.improvement.kinds.${kind}`)}</span>
        <span className={overdue ? 'red' : 'quiet'}>
          {overdue
            ? t('outcomes.improvement.overdue')
            : t('outcomes.improvement.until', { day: dayInTable(endsOn, language) })}
        </span>
        {paidMonths === null ? null : <span>{t('outcomes.improvement.paid', { months: paidMonths })}</span>}
      </p>
      <p className="quiet small">
        {t('outcomes.improvement.opened', {
          ...{ name: opened.by, at: when(opened.at), period: periodName(period, language) },
        })}
      </p>
      <Goals plan={plan} />
      {ended ? null : <SkillGaps agentId={agent.agentId} />}
      <Notes plan={plan} />
      {ended ? (
        <p>
          <b>
            {t('outcomes.improvement.ended', {
              ...{ name: ended.by, at: when(ended.at), reason: ended.reason },
              result: t(`outcomes.improvement.results.${ended.result}`),
            })}
          </b>
        </p>
      ) : null}
      {plan.mayWrite && open === null ? (
        <p className="row">
          <button type="button" className="text-button" onClick={() => setOpen('note')}>
            {t('outcomes.improvement.addNote')}
          </button>
          <button type="button" className="text-button" onClick={() => setOpen('end')}>
            {t('outcomes.improvement.end')}
          </button>
        </p>
      ) : null}
      {open === 'note' ? <NoteForm plan={plan} close={() => setOpen(null)} /> : null}
      {open === 'end' ? <EndForm plan={plan} close={() => setOpen(null)} /> : null}
    </li>
  );
}

function Goals({ plan: { goals } }: { readonly plan: DevelopmentView }) {
  const { t, say, language } = useReader();
  const { data: definitions } = useQuery(definitionsQuery);
  const shown = (value: string | null, metric: string) => {
    const unit = definitions?.get(metric)?.unit;
    if (value === null) return absent;
    return unit ? withUnit(value, unit, language) : roundHalfUp(value, 2);
  };
  return (
    <ol className="development-goals">
      {goals.map(({ item, name, metric, value, target, lost, learn, reached }) => (
        <li key={item}>
          <p>
            <b>{say(name)}</b>{' '}
            {target === null
              ? t('outcomes.improvement.goalByPlan', { value: shown(value, metric), lost: score(lost) })
              : t('outcomes.improvement.goal', {
                  ...{ target: shown(target, metric), value: shown(value, metric), lost: score(lost) },
                })}{' '}
            {reached ? <b className="development-reached">{t('outcomes.improvement.reached')}</b> : null}
          </p>
          <p className="quiet small">{t('outcomes.improvement.learn', { text: say(learn) })}</p>
        </li>
      ))}
    </ol>
  );
}

function Notes({ plan: { notes, goals } }: { readonly plan: DevelopmentView }) {
  const { t, say, language } = useReader();
  if (notes.length === 0) return null;
  const named = (items: readonly string[]) =>
    goals
      .filter(({ item }) => items.includes(item))
      .map(({ name }) => say(name))
      .join(t('mark.comma'));
  return (
    <>
      <h3>{t('outcomes.improvement.notes')}</h3>
      <ol className="outcome-history">
        {notes.map(({ at, by, day, note, reached, endsOn }) => (
          <li key={at}>
            <span className="figure quiet">{dayInTable(day, language)}</span> {by}
            {t('mark.colon')}
            {[
              note,
              reached.length === 0 ? '' : t('outcomes.improvement.noteReached', { items: named(reached) }),
              endsOn === null ? '' : t('outcomes.improvement.extended', { day: dayInTable(endsOn, language) }),
            ]
              .filter((word) => word !== '')
              .join(' · ')}
          </li>
        ))}
      </ol>
    </>
  );
}
