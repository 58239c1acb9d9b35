import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Select } from 'antd';
import { useState } from 'react';
import { type AssistantPage, type ChangeAssistant, thresholdMin } from '../../quality/assistant/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { useReader } from '../text/language.ts';

type Settings = AssistantPage['settings'];
const kinds = ['calls', 'tokens'] as const;

/** Endpoint, key and limits; the key goes in and never comes out. */
export function AssistantSettings({ settings }: { readonly settings: Settings }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const { key: keyState, fromEnvironment, baseUrl, ...limits } = settings;
  const [form, setForm] = useState<ChangeAssistant>({ ...limits, baseUrl: baseUrl ?? '', key: null });
  const save = useMutation({
    mutationFn: () => send('PUT', '/api/assistant', form),
    onSuccess: () => {
      setForm((before) => ({ ...before, key: null }));
      return client.invalidateQueries();
    },
  });
  const set = (change: Partial<ChangeAssistant>) => {
    setForm({ ...form, ...change });
    save.reset();
  };
  return (
    <section className="section">
      <h2>{t('quality.assistant.settings')}</h2>
      <p className="reading">{t('quality.assistant.leaves')}</p>
      <p className="quiet small reading">{t('quality.assistant.addresses')}</p>
      <form
        className="sample-form"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <p>
          <Checkbox checked={form.on} onChange={(event) => set({ on: event.target.checked })}>
            {t('quality.assistant.on')}
          </Checkbox>
        </p>
        {fromEnvironment ? (
          <p className="notice">{t('quality.assistant.fromEnvironment')}</p>
        ) : (
          <EndpointFields {...{ form, set, keyState }} />
        )}
        <Limits {...{ form, set }} />
        {save.error ? (
          <p className="notice notice-fault" role="alert">
            {errorSentence(save.error, language) ?? t('state.broken')}
          </p>
        ) : null}
        <p className="row">
          <button type="submit" className="press" disabled={save.isPending}>
            {t('quality.assistant.save')}
          </button>
          <span className="quiet" role="status">
            {save.isSuccess ? t('quality.assistant.saved') : ''}
          </span>
        </p>
      </form>
    </section>
  );
}

interface Fields {
  readonly form: ChangeAssistant;
  readonly set: (change: Partial<ChangeAssistant>) => void;
}

function EndpointFields({ form, set, keyState }: Fields & { readonly keyState: Settings['key'] }) {
  const { t } = useReader();
  return (
    <>
      <label className="field">
        <span>{t('quality.assistant.baseUrl')}</span>
        <input
          type="url"
          maxLength={500}
          required={form.on}
          value={form.baseUrl}
          title={t('quality.assistant.baseUrlHint')}
          placeholder="https://api.deepseek.com/v1"
          onChange={(event) => set({ baseUrl: event.target.value })}
        />
      </label>
      <label className="field">
        <span>{t('quality.assistant.model')}</span>
        <input
          maxLength={200}
          required={form.on}
          value={form.model}
          onChange={(event) => set({ model: event.target.value })}
        />
      </label>
      <label className="field">
        <span>{t('quality.assistant.key')}</span>
        <input
          type="password"
          autoComplete="off"
          maxLength={1000}
          value={form.key ?? ''}
          placeholder={t(`quality.assistant.keyHint.${keyState}`)}
          onChange={(event) => set({ key: event.target.value === '' ? null : event.target.value })}
        />
      </label>
      <p className="quiet small">
        {t('quality.assistant.baseUrlHint')}
        {t('mark.semicolon')}
        {t('quality.assistant.keyText')}
      </p>
      {keyState === 'none' ? null : (
        <p>
          <Checkbox checked={form.key === ''} onChange={(event) => set({ key: event.target.checked ? '' : null })}>
            {t('quality.assistant.removeKey')}
          </Checkbox>
        </p>
      )}
    </>
  );
}

/** Each with its least, its most and its step. */
const numbers = [
  ['budget', 0, 1_000_000_000, 1],
  ['perMinute', 1, 600, 1],
  ['timeoutSeconds', 1, 120, 1],
  ['threshold', thresholdMin, 1, 0.001],
  ['sharedMin', 5, 1000, 1],
] as const;

function Limits({ form, set }: Fields) {
  const { t } = useReader();
  return (
    <>
      <div className="field">
        <span>{t('quality.assistant.budgetKind')}</span>
        <Select
          aria-label={t('quality.assistant.budgetKind')}
          value={form.budgetKind}
          onChange={(budgetKind) => set({ budgetKind })}
          options={kinds.map((value) => ({ value, label: t(`quality.assistant.kinds.${value}`) }))}
        />
      </div>
      {numbers.map(([name, min, max, step]) => (
        <label key={name} className="field">
          <span>{t(`quality.assistant.${name}`)}</span>
          <input
            type="number"
            {...{ min, max, step }}
            required
            value={form[name]}
            onChange={(event) => set({ [name]: Number(event.target.value) })}
          />
        </label>
      ))}
    </>
  );
}
