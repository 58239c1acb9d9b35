import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import type { BudgetInput, FittedView } from '../../outcomes/paySchemas.ts';
import { errorSentence, send } from '../api.ts';
import { money } from '../format.ts';
import { useReader } from '../text/language.ts';
import { fenOf } from './payView.ts';

/** What a budget changed, or would change, in words. */
export function useFitted(): (fitted: FittedView) => string {
  const { t } = useReader();
  return (fitted) => {
    switch (fitted.status) {
      case 'fits':
        return fitted.limited === 0
          ? t('outcomes.pay.fits')
          : t('outcomes.pay.fitsLimited', { limited: fitted.limited });
      case 'scaled': {
        const { factor, atFloor, atCeiling, roundedUp } = fitted;
        return t('outcomes.pay.scaled', { factor, atFloor, atCeiling, roundedUp });
      }
      case 'impossible':
        return t('outcomes.pay.impossible', { least: money(fitted.leastFen) });
    }
  };
}

interface BudgetFormProps {
  readonly period: string;
  readonly isSet: boolean;
  readonly close: () => void;
}

/** A budget for the period: looked at first, then set, or lifted. */
export function BudgetForm({ period, isSet, close }: BudgetFormProps) {
  const { t, language } = useReader();
  const says = useFitted();
  const client = useQueryClient();
  const [cap, setCap] = useState('');
  const [floor, setFloor] = useState('0');
  const [ceiling, setCeiling] = useState('');
  const [reason, setReason] = useState('');
  const act = useMutation({
    mutationFn: (input: BudgetInput) => send<{ fitted: FittedView | null }>('POST', '/api/payouts/budget', input),
    onSuccess: async (_, { preview }) => {
      if (preview) return;
      await client.invalidateQueries({ queryKey: ['outcomes'] });
      close();
    },
  });
  const capFen = fenOf(cap);
  const ceilingFen = ceiling.trim() === '' ? null : fenOf(ceiling);
  const wrong =
    capFen === null || (ceiling.trim() !== '' && ceilingFen === null) || !/^\d{1,3}(\.\d{1,2})?$/.test(floor);
  const ask = (preview: boolean, lift = false) => {
    if (!lift && capFen === null) return;
    const budget = lift || capFen === null ? null : { capFen, floorPercent: floor, ceilingFen };
    act.mutate({ period, budget, reason: reason.trim(), preview });
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    ask(false);
  }
  return (
    <form className="outcome-form" onSubmit={submit}>
      <label className="field">
        <span>{t('outcomes.pay.cap')}</span>
        <input inputMode="decimal" value={cap} required onChange={(event) => setCap(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('outcomes.pay.floor')}</span>
        <input inputMode="decimal" value={floor} required onChange={(event) => setFloor(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('outcomes.pay.ceiling')}</span>
        <input inputMode="decimal" value={ceiling} onChange={(event) => setCeiling(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('outcomes.pay.reason')}</span>
        <input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </label>
      {act.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(act.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      {act.data?.fitted ? (
        <p className="notice" role="status">
          {says(act.data.fitted)}
        </p>
      ) : null}
      <p className="row">
        <Button disabled={wrong} loading={act.isPending} onClick={() => ask(true)}>
          {t('outcomes.pay.look')}
        </Button>
        <Button type="primary" htmlType="submit" disabled={wrong || reason.trim() === ''}>
          {t('outcomes.pay.keep')}
        </Button>
        {isSet ? (
          <Button disabled={reason.trim() === ''} onClick={() => ask(false, true)}>
            {t('outcomes.pay.lift')}
          </Button>
        ) : null}
        <Button onClick={close}>{t('state.cancel')}</Button>
      </p>
    </form>
  );
}
