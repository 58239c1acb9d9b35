import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Inspection } from '../../quality/inspections/schemas.ts';
import { itemsOf } from '../../quality/rubrics/points.ts';
import { errorSentence, send } from '../api.ts';
import { AppealLink } from '../appeals/AppealLink.tsx';
import { instantInTable } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { Anchors } from './RubricForm.tsx';
import { Suggestion } from './Suggestion.tsx';
import { TalkPane } from './TalkPane.tsx';

const app = getRouteApi('/app');

type Form = Inspection['forms'][number];

/** A result as everybody reads it who may: points lost with their reasons first, and what one can do about it. */
export function Finished({ inspection }: { readonly inspection: Inspection }) {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const counting = inspection.forms.find(({ counts }) => counts);
  const others = inspection.forms.filter(({ counts }) => !counts);
  return (
    <div className="workplace workplace-finished">
      <TalkPane from={`/api/inspections/${inspection.id}/transcript`} message={inspection.message} />
      <section className="workplace-form" aria-label={t('quality.formHead')}>
        {counting ? <Result form={counting} inspection={inspection} /> : null}
        <Acts inspection={inspection} />
        {inspection.closed && inspection.agentId ? (
          <p>
            <AppealLink
              period={inspection.month}
              agent={inspection.agentId}
              kind="inspection"
              subject={String(inspection.id)}
            />
          </p>
        ) : null}
        {others.length > 0 ? (
          <details className="finished-more">
            <summary>{t('quality.others')}</summary>
            {others.map((form) => (
              <Result key={form.inspector} form={form} inspection={inspection} />
            ))}
          </details>
        ) : null}
        {me.permissions.includes('inspection.write') ? (
          <Suggestion task={inspection.id} rubric={inspection.rubric} />
        ) : null}
        <History inspection={inspection} />
      </section>
    </div>
  );
}

/** One form as it was handed in: points lost first. */
export function Result({ form, inspection }: { readonly form: Form; readonly inspection: Inspection }) {
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const rows = itemsOf(inspection.rubric).map((item) => {
    const mark = form.marks[item.id];
    return { item, mark, level: item.levels.find(({ id }) => id === mark?.level), best: item.levels[0]?.id };
  });
  const lost = rows.filter(({ level, best }) => level && level.id !== best);
  // What holds no points (a red line not crossed) is nothing won.
  const kept = rows.filter(
    ({ item, level, best, mark }) => item.levels[0]?.points !== '0' && (level?.id === best || mark?.level === 'na'),
  );
  return (
    <article className="finished">
      <p className="finished-total">
        <span className="figure">{form.score}</span>
        <span className="quiet small">
          {t(`quality.purpose.${form.purpose}`)} ·{' '}
          {t('quality.resultOf', {
            name: form.inspector,
            at: instantInTable(form.submittedAt, organisation.timeZone, language),
          })}
          {form.counts ? ` · ${t('quality.final')}` : ''}
        </span>
      </p>
      {form.comment ? <p className="reading">{form.comment}</p> : null}
      <h3>{t('quality.lost')}</h3>
      {lost.length === 0 ? <p>{t('quality.allFull')}</p> : null}
      <ul className="finished-items">
        {lost.map(({ item, level, mark }) => (
          <li key={item.id}>
            <p className="row spread">
              <span>
                <b>{say(item.name)}</b> {level ? say(level.name) : ''}
                {item.critical ? <span className="form-critical">{t('quality.critical')}</span> : null}
              </span>
              <span className="figure quiet">
                {level?.points} / {item.levels[0]?.points}
              </span>
            </p>
            {mark?.comment ? <p>{mark.comment}</p> : null}
            <Anchors item={item} />
          </li>
        ))}
      </ul>
      <h3>{t('quality.won')}</h3>
      <ul className="finished-kept">
        {kept.map(({ item, mark }) => (
          <li key={item.id}>
            {say(item.name)} <span className="quiet">{mark?.level === 'na' ? t('quality.na') : ''}</span>
            {mark?.comment ? <p className="quiet">{mark.comment}</p> : null}
          </li>
        ))}
      </ul>
    </article>
  );
}

/** Taking back, asking somebody else, disputing: each where it is possible. */
function Acts({ inspection: { id, may } }: { readonly inspection: Inspection }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const [writing, setWriting] = useState<'ask' | 'dispute' | null>(null);
  const [text, setText] = useState('');
  const act = useMutation({
    mutationFn: (what: 'undo' | 'ask' | 'dispute') =>
      send('POST', `/api/inspections/${id}/${what}`, what === 'undo' ? undefined : { text }),
    onSuccess: () => {
      setWriting(null);
      setText('');
      return client.invalidateQueries();
    },
  });
  return (
    <div className="finished-acts">
      <p className="row">
        {may.dispute ? (
          <button type="button" className="press" onClick={() => setWriting('dispute')}>
            {t('quality.dispute')}
          </button>
        ) : null}
        {may.undo ? (
          <button
            type="button"
            className="press press-plain"
            title={t('quality.undoText')}
            onClick={() => act.mutate('undo')}
          >
            {t('quality.undo')}
          </button>
        ) : null}
        {may.ask ? (
          <button type="button" className="press press-plain" onClick={() => setWriting('ask')}>
            {t('quality.ask')}
          </button>
        ) : null}
      </p>
      {writing ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') act.mutate(writing);
          }}
        >
          {writing === 'dispute' ? <p>{t('quality.disputeText')}</p> : null}
          <label className="form-all">
            <span>{t(`quality.${writing}Reason`)}</span>
            <textarea rows={3} maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />
          </label>
          <p className="row">
            <button type="submit" className="press" disabled={act.isPending || text.trim() === ''}>
              {writing === 'dispute' ? t('quality.send') : t('quality.sendAsk')}
            </button>
            <button type="button" className="press press-plain" onClick={() => setWriting(null)}>
              {t('quality.cancel')}
            </button>
          </p>
        </form>
      ) : null}
      {act.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(act.error, language) ?? t('state.broken')}
        </p>
      ) : null}
    </div>
  );
}

function History({ inspection: { events } }: { readonly inspection: Inspection }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  return (
    <details className="finished-more" open={events.some(({ what }) => what === 'disputed' || what === 'asked')}>
      <summary>{t('quality.history')}</summary>
      <ol className="finished-events">
        {events.map(({ at, by, what, text, score }) => (
          <li key={`${at} ${what}`}>
            <span className="quiet figure">{instantInTable(at, organisation.timeZone, language)}</span>{' '}
            {by ?? t('quality.agent')} {t(`quality.events.${what}`)} <b className="figure">{score}</b>
            {text ? <p>{text}</p> : null}
          </li>
        ))}
      </ol>
    </details>
  );
}
