import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { openPlaces, placesOf } from '../../appraisal/assessments/answers.ts';
import type { RatingPage } from '../../appraisal/rounds/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { answered, keyAct } from '../assess/assessView.ts';
import { Places } from '../assess/Places.tsx';
import { SaveState } from '../assess/SaveState.tsx';
import { useSheets } from '../assess/useSheets.ts';
import { KeysHint } from '../parts/KeysHint.tsx';
import { useReader } from '../text/language.ts';

const only = 'rating';

/** One colleague: a level for each question, a comment, handed in and on to the next. */
export function Rate({ rating }: { readonly rating: RatingPage }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const navigate = useNavigate();
  const path = `/api/rounds/ratings/${rating.id}`;
  const { sheets, change, state, flush, revisionOf } = useSheets(
    [{ agentId: only, answers: rating.answers, note: rating.comment, revision: rating.revision }],
    (_, { answers, note }, revision) => send<{ revision: number }>('PUT', path, { answers, comment: note, revision }),
  );
  const { answers, note } = sheets.get(only) ?? { answers: rating.answers, note: rating.comment };
  const places = placesOf(rating.form, []);
  const [spot, setSpot] = useState(0);
  const here = useRef(0);
  const goTo = (index: number) => {
    here.current = Math.min(places.length - 1, Math.max(0, index));
    setSpot(here.current);
  };
  const isWritable = rating.isOpen && !rating.isSubmitted;
  const open = openPlaces(places, answers);
  const after = async () => {
    await client.invalidateQueries({ queryKey: ['feedback'] });
  };
  const submit = useMutation({
    mutationFn: async () => {
      await flush();
      await send('POST', `${path}/submit`, { revision: revisionOf(only) });
    },
    onSuccess: async () => {
      await after();
      if (rating.next === null) await navigate({ to: '/rounds' });
      else await navigate({ to: '/rounds/rate/$ratingId', params: { ratingId: String(rating.next) } });
    },
  });
  const reopen = useMutation({
    mutationFn: () => send('POST', `${path}/reopen`, { revision: revisionOf(only) }),
    onSuccess: after,
  });
  const answer = (key: string, value: string | undefined) => {
    if (isWritable) change(only, (before) => ({ ...before, answers: answered(before.answers, key, value) }));
  };
  const handIn = () => {
    const [first] = open;
    if (first) goTo(places.indexOf(first));
    else submit.mutate();
  };

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (target?.closest('textarea, input, select')) {
        if (event.key === 'Escape') target.blur();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || !isWritable) return;
      if (event.key === 'Enter' && target?.closest('button:not([role=radio]), a')) return;
      const place = places[here.current];
      const act = keyAct(event.key, place);
      if (!act) return;
      event.preventDefault();
      switch (act.act) {
        case 'answer':
          if (place) answer(place.key, act.answer);
          return goTo(here.current + 1);
        case 'move':
          return goTo(here.current + act.by);
        case 'undo':
          if (place) answer(place.key, undefined);
          return;
        case 'note':
          return document.querySelector<HTMLTextAreaElement>('[data-note]')?.focus();
        case 'person':
        case 'submit':
          return handIn();
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });

  const failed = submit.error ?? reopen.error;
  return (
    <div className="rate">
      <Places
        places={places}
        answers={answers}
        current={isWritable ? spot : -1}
        choose={goTo}
        answer={answer}
        isDisabled={!isWritable}
      />
      <label className="field assess-note">
        <span>{t('rounds.comment')}</span>
        <textarea
          data-note
          rows={4}
          maxLength={4000}
          disabled={!isWritable}
          value={note}
          onChange={(event) => {
            const text = event.target.value;
            change(only, (before) => ({ ...before, note: text }));
          }}
        />
      </label>
      {isWritable ? <KeysHint text={t('rounds.keys')} /> : null}
      <footer className="assess-foot">
        {isWritable ? (
          <>
            <span className="quiet">
              {open.length > 0 ? t('rounds.openQuestions', { count: open.length }) : t('rounds.complete')}
            </span>
            <SaveState state={state} changed="rating.changed" keyOf="feedback" />
            <button type="button" className="press rate-submit" disabled={submit.isPending} onClick={handIn}>
              {rating.next === null ? t('rounds.submit') : t('rounds.submitNext', { left: rating.left })}
            </button>
          </>
        ) : (
          <>
            <span className="assess-ok">{rating.isSubmitted ? `✓ ${t('rounds.done')}` : t('rounds.ended')}</span>
            {rating.isOpen ? (
              <button
                type="button"
                className="press press-plain"
                disabled={reopen.isPending}
                onClick={() => reopen.mutate()}
              >
                {t('rounds.reopen')}
              </button>
            ) : null}
          </>
        )}
        {failed ? (
          <p className="notice notice-fault" role="alert">
            {errorSentence(failed, language) ?? t('state.unreachable')}
          </p>
        ) : null}
      </footer>
    </div>
  );
}
