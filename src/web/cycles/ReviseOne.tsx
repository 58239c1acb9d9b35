import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import { useId, useState } from 'react';
import { errorSentence, send } from '../api.ts';
import { cyclePeopleQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

interface Revised {
  readonly before: string | null;
  readonly after: string | null;
  readonly version: number;
}

/** Makes one person's card again from today's data, beside the one that was frozen. */
export function ReviseOne({ period }: { readonly period: string }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const people = useQuery(cyclePeopleQuery(period, text));
  const [agentId, setAgent] = useState<string | null>(null);
  const who = useId();
  const [reason, setReason] = useState('');
  const revise = useMutation({
    mutationFn: () => send<Revised>('POST', `/api/cycles/${period}/revise`, { agentId, reason }),
    onSuccess: () => {
      setReason('');
      return client.invalidateQueries();
    },
  });
  return (
    <details className="cycle-revise">
      <summary>{t('cycles.revise')}</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          revise.mutate();
        }}
      >
        <p className="quiet">{t('cycles.reviseText')}</p>
        <div className="row">
          <label className="field" htmlFor={who}>
            <span>{t('cycles.reviseWho')}</span>
            <Select
              id={who}
              showSearch={{ filterOption: false, onSearch: setText }}
              style={{ minWidth: 220 }}
              value={agentId}
              onChange={setAgent}
              options={
                people.data?.people.map(({ agentId: id, name, team }) => ({ value: id, label: `${name} ${team}` })) ??
                []
              }
            />
          </label>
          <label className="field">
            <span>{t('cycles.reviseWhy')}</span>
            <input value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} />
          </label>
          <button
            type="submit"
            className="press press-plain"
            disabled={agentId === null || reason.trim() === '' || revise.isPending}
          >
            {t('cycles.reviseDo')}
          </button>
        </div>
        {revise.data ? (
          <p role="status">
            {t('cycles.revisedTo', {
              version: revise.data.version,
              before: revise.data.before ?? t('cycles.noTotal'),
              after: revise.data.after ?? t('cycles.noTotal'),
            })}
          </p>
        ) : null}
        {revise.error ? (
          <p className="notice notice-fault" role="alert">
            {errorSentence(revise.error, language) ?? t('state.broken')}
          </p>
        ) : null}
      </form>
    </details>
  );
}
