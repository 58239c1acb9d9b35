import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useState } from 'react';
import type { Transcript } from '../../metrics/schemas.ts';
import { type BestCase, excerptMax, type TemplateInput } from '../../quality/cases/schemas.ts';
import { type Strategy, strategies } from '../../quality/cases/strategies.ts';
import { errorSentence, send } from '../api.ts';
import { Answer } from '../parts/Answer.tsx';
import { transcriptQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** What was said by people, in words. */
const quotable = ({ messages }: Transcript) =>
  messages.filter(({ kind, text, sender }) => kind === 'text' && text.trim() !== '' && sender !== 'system');

/** A case is written up: which lines, which strategy, and why in own words. */
export function MakeTemplate(props: { readonly of: BestCase; readonly sessionId: string; readonly close: () => void }) {
  const { of, sessionId, close } = props;
  const { t, language } = useReader();
  const client = useQueryClient();
  const query = useQuery(transcriptQuery(sessionId, undefined, false));
  const [title, setTitle] = useState(of.template?.title ?? '');
  const [words, setWords] = useState(of.template?.words ?? '');
  const [named, setNamed] = useState<readonly Strategy[]>(of.template?.strategies ?? []);
  const [lines, setLines] = useState<ReadonlySet<string>>(new Set());
  const keep = useMutation({
    mutationFn: () => {
      const input: TemplateInput = { title, words, strategies: [...named], lines: [...lines] };
      return send('PUT', `/api/cases/${of.id}/template`, input);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['cases'] });
      close();
    },
  });
  const toggle = (key: string) =>
    setLines((before) => new Set(before.has(key) ? [...before].filter((each) => each !== key) : [...before, key]));
  const isReady = title.trim() !== '' && named.length > 0 && lines.size > 0 && lines.size <= excerptMax;
  return (
    <form
      className="case-form"
      onSubmit={(event) => {
        event.preventDefault();
        keep.mutate();
      }}
    >
      <label className="field">
        <span>{t('cases.name')}</span>
        <input required maxLength={80} value={title} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <fieldset className="stack">
        <legend className="quiet">{t('cases.strategy')}</legend>
        <Checkbox.Group
          value={[...named]}
          onChange={(chosen) => setNamed(strategies.filter((each) => chosen.includes(each)))}
          options={strategies.map((value) => ({ value, label: t(`cases.strategies.${value}`) }))}
        />
      </fieldset>
      <label className="form-all">
        <span>{t('cases.words')}</span>
        <textarea rows={2} maxLength={500} value={words} onChange={(event) => setWords(event.target.value)} />
      </label>
      <Answer query={query}>
        {(transcript) => (
          <fieldset>
            <legend className="quiet">{t('cases.lines', { most: excerptMax })}</legend>
            <div className="case-lines">
              {quotable(transcript).map(({ key, sender, text }) => (
                <Checkbox key={key} checked={lines.has(key)} onChange={() => toggle(key)}>
                  <span className="quiet">{t(`cases.who.${sender}`)}</span> {text}
                </Checkbox>
              ))}
            </div>
          </fieldset>
        )}
      </Answer>
      {keep.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(keep.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      <p className="row">
        <button type="submit" className="press" disabled={!isReady || keep.isPending}>
          {t('cases.keep')}
        </button>
        <button type="button" className="press press-plain" onClick={close}>
          {t('quality.cancel')}
        </button>
      </p>
    </form>
  );
}
