import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Inspection } from '../../quality/inspections/schemas.ts';
import { itemsOf } from '../../quality/rubrics/points.ts';
import { scoreForm } from '../../quality/rubrics/scoreForm.ts';
import { ApiError, errorSentence, send } from '../api.ts';
import { KeysHint } from '../parts/KeysHint.tsx';
import { useReader } from '../text/language.ts';
import { RubricForm } from './RubricForm.tsx';
import { TalkPane } from './TalkPane.tsx';
import { type Saving, useForm } from './useForm.ts';
import { keyAct, marked, nextOpen } from './workplaceView.ts';

type Own = Omit<NonNullable<Inspection['own']>, 'purpose'>;

interface Work {
  /** What is judged: `BASE/transcript`, `BASE/form` and `BASE/submit` belong to it. */
  readonly base: string;
  /** The one message that is judged; null: the whole conversation. */
  readonly message: number | null;
  readonly rubric: Inspection['rubric'];
  readonly own: Own;
  readonly purpose: 'first' | 'second' | 'review' | 'calibration';
  readonly busy: readonly string[];
  readonly toNext: (() => void) | null;
  /** What stands above the form and is no part of it. */
  readonly aside?: ReactNode;
}

/** The conversation and the form side by side; everything can be done with the keyboard. */
export function Workplace({ base, message, rubric, own, purpose, busy, toNext, aside }: Work) {
  const { t } = useReader();
  const items = itemsOf(rubric);
  const { form, change, state, flush, clock } = useForm(`${base}/form`, own);
  const [current, setCurrent] = useState(() => Math.max(0, nextOpen(items, own.marks, -1) ?? 0));
  // Keys may come faster than the page is drawn again: where one is must be known at once.
  const place = useRef(current);
  const moveTo = (to: number) => {
    place.current = Math.min(items.length - 1, Math.max(0, to));
    setCurrent(place.current);
  };
  const [note, setNote] = useState<string | null>(null);
  const client = useQueryClient();
  const submit = useMutation({
    mutationFn: async (as: 'second' | undefined) => {
      const revision = await flush();
      await send('POST', `${base}/submit`, { revision, ...(as ? { as } : {}) });
    },
    onSuccess: () => client.invalidateQueries(),
  });
  const mark = (item: string, to: Parameters<typeof marked>[2]) =>
    change((before) => ({ ...before, marks: marked(before.marks, item, to) }));
  const scored = scoreForm(rubric, form.marks);
  const handIn = () => {
    const open = nextOpen(items, form.marks, -1);
    if (open === null) return submit.mutate(undefined);
    moveTo(open);
    setNote(t('quality.missing', { count: scored.status === 'incomplete' ? scored.missing.length : 0 }));
  };

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isWriting =
        event.target instanceof HTMLElement && event.target.closest('textarea, input, select, [role=combobox]');
      if (isWriting) {
        if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const item = items[place.current];
      const act = keyAct(event.key, item);
      if (!act || !item) return;
      event.preventDefault();
      switch (act.act) {
        case 'move':
          return moveTo(place.current + act.by);
        case 'level':
          mark(item.id, { level: act.level });
          return moveTo(place.current + 1);
        case 'comment':
          return document.querySelector<HTMLTextAreaElement>(`[data-comment="${item.id}"]`)?.focus();
        case 'submit':
          return handIn();
        case 'next':
          return toNext?.();
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });

  const done = items.filter((item) => form.marks[item.id]?.level != null).length;
  return (
    <div className="workplace">
      <TalkPane from={`${base}/transcript`} message={message} />
      <section className="workplace-form" aria-label={t('quality.formHead')}>
        <KeysHint text={t('quality.keys')} />
        {purpose === 'review' ? null : <p className="quiet small">{t('quality.blind')}</p>}
        {busy.length > 0 ? <p className="notice">{t('quality.busy', { names: busy.join(t('mark.comma')) })}</p> : null}
        {aside}
        <RubricForm
          rubric={rubric}
          marks={form.marks}
          current={items[current]?.id ?? ''}
          choose={(item) => moveTo(items.findIndex((each) => each.id === item))}
          mark={mark}
        />
        <label className="form-all">
          <span>{t('quality.comment')}</span>
          <textarea
            rows={3}
            maxLength={4000}
            placeholder={t('quality.commentAll')}
            value={form.comment}
            onChange={(event) => change((before) => ({ ...before, comment: event.target.value }))}
          />
        </label>
        <footer className="workplace-foot">
          <span className="quiet">{t('quality.progress', { done, all: items.length })}</span>
          <b className="figure workplace-score">{scored.status === 'scored' ? scored.score : '—'}</b>
          <SaveState state={state} seconds={clock.current.seconds} />
          <button type="button" className="press" disabled={submit.isPending} onClick={handIn}>
            {purpose === 'second' ? t('quality.submitAsSecond') : t('quality.submit')}
          </button>
          {toNext === null ? null : (
            <button type="button" className="press press-plain" onClick={toNext}>
              {t('quality.next')}
            </button>
          )}
          {note && scored.status === 'incomplete' ? <p role="alert">{note}</p> : null}
          {submit.error ? <Refused error={submit.error} asSecond={() => submit.mutate('second')} /> : null}
        </footer>
      </section>
    </div>
  );
}

function SaveState({ state, seconds }: { readonly state: Saving; readonly seconds: number }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  if (state.kind === 'failed') {
    const isOlder = state.error instanceof ApiError && state.error.code === 'inspection.changed';
    return (
      <span className="fault small" role="alert">
        {t('quality.notSaved', { why: errorSentence(state.error, language) ?? t('state.broken') })}
        {isOlder ? (
          <button type="button" className="text-button" onClick={() => client.resetQueries()}>
            {t('quality.reload')}
          </button>
        ) : null}
      </span>
    );
  }
  return (
    <span className="quiet small" aria-live="polite">
      {t(`quality.${state.kind}`)} · {t('quality.spent', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })}
    </span>
  );
}

/** Why it was not handed in; somebody else's being first is no loss. */
function Refused({ error, asSecond }: { readonly error: Error; readonly asSecond: () => void }) {
  const { t, language } = useReader();
  return (
    <div className="notice notice-fault" role="alert">
      <p>{errorSentence(error, language) ?? t('state.broken')}</p>
      {error instanceof ApiError && error.code === 'inspection.taken' ? (
        <button type="button" className="press" onClick={asSecond}>
          {t('quality.submitAsSecond')}
        </button>
      ) : null}
    </div>
  );
}
