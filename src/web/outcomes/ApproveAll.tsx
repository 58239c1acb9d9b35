import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import type { DecideAllInput, Decided } from '../../outcomes/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { useReader } from '../text/language.ts';

interface ApproveAllProps {
  readonly period: string;
  readonly kind: DecideAllInput['kind'];
  readonly count: number;
}

/** One reason for everything of a kind that waits. */
export function ApproveAll({ period, kind, count }: ApproveAllProps) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [endsOn, setEndsOn] = useState('');
  const act = useMutation({
    mutationFn: (input: DecideAllInput) => send<Decided>('POST', '/api/outcomes/approvals', input),
    onSuccess: async () => {
      setAsking(false);
      await client.invalidateQueries({ queryKey: ['outcomes'] });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    act.mutate({ period, kind, reason: reason.trim(), ...(kind === 'training' ? { endsOn } : {}) });
  }
  return (
    <div className="outcome-all">
      {asking ? (
        <form className="outcome-form" onSubmit={submit}>
          <p className="quiet">{t('outcomes.approveAllHint')}</p>
          {kind === 'training' ? (
            <label className="field">
              <span>{t('outcomes.ask.endsOn')}</span>
              <input type="date" required value={endsOn} onChange={(event) => setEndsOn(event.target.value)} />
            </label>
          ) : null}
          <label className="field">
            <span>{t('outcomes.ask.reason')}</span>
            <input value={reason} maxLength={500} required onChange={(event) => setReason(event.target.value)} />
          </label>
          <p className="row">
            <Button type="primary" htmlType="submit" loading={act.isPending} disabled={reason.trim() === ''}>
              {t('outcomes.approveAll', { count })}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('state.cancel')}</Button>
          </p>
        </form>
      ) : count > 1 ? (
        <Button onClick={() => setAsking(true)}>{t('outcomes.approveAll', { count })}</Button>
      ) : null}
      {act.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(act.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      {act.data ? (
        <p className="notice" role="status">
          {t('outcomes.approvedAll', act.data)}
        </p>
      ) : null}
    </div>
  );
}
