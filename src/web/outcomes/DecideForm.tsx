import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Decided, DecideInput, ProposalView } from '../../outcomes/schemas.ts';
import { tiers } from '../../scores/planAmounts.ts';
import { errorSentence, send } from '../api.ts';
import { useReader } from '../text/language.ts';
import { type Asked, asksForAll } from './outcomeView.ts';

interface DecideFormProps {
  readonly proposals: readonly ProposalView[];
  readonly decision: 'approved' | 'declined';
  readonly close: () => void;
  readonly done: (count: number) => void;
}

/** A decision with its reason, and whatever the proposals leave to the person who decides. */
export function DecideForm({ proposals, decision, close, done }: DecideFormProps) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const asked = decision === 'approved' ? asksForAll(proposals) : [];
  const [reason, setReason] = useState('');
  const [given, setGiven] = useState<Partial<Record<Asked, string>>>(() => startOf(proposals));
  const form = useRef<HTMLFormElement>(null);
  // It opens by a key, and the next key belongs into it.
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select')?.focus(), []);
  const act = useMutation({
    mutationFn: (input: DecideInput) => send<Decided>('POST', '/api/outcomes/decisions', input),
    onSuccess: async ({ decided }) => {
      await client.invalidateQueries({ queryKey: ['outcomes'] });
      done(decided);
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    const entered = Object.fromEntries(asked.map((field) => [field, given[field]?.trim()]));
    act.mutate({ ids: proposals.map(({ id }) => id), decision, reason: reason.trim(), ...entered });
  }
  const set = (field: Asked) => (value: string) => setGiven((before) => ({ ...before, [field]: value }));
  return (
    <form
      className="outcome-form"
      ref={form}
      onSubmit={submit}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') close();
      }}
    >
      {proposals.length > 1 && asked.length > 0 ? <p className="quiet">{t('outcomes.forAll')}</p> : null}
      {asked.map((field) => (
        <Ask key={field} field={field} value={given[field] ?? ''} change={set(field)} />
      ))}
      <label className="field">
        <span>{t('outcomes.ask.reason')}</span>
        <input value={reason} maxLength={500} required onChange={(event) => setReason(event.target.value)} />
      </label>
      {act.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(act.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      <p className="row">
        <Button type="primary" htmlType="submit" loading={act.isPending} disabled={reason.trim() === ''}>
          {decision === 'approved' ? t('outcomes.approve') : t('outcomes.decline')}
        </Button>
        <Button onClick={close}>{t('state.cancel')}</Button>
      </p>
    </form>
  );
}

/** What the only one suggests; what several suggest differs. */
function startOf(proposals: readonly ProposalView[]): Partial<Record<Asked, string>> {
  const [only] = proposals;
  if (!only || proposals.length > 1) return {};
  const { suggestion } = only;
  if (suggestion.kind === 'raise' && suggestion.from !== null) return { percent: suggestion.from };
  if (suggestion.kind === 'promotion' && suggestion.to !== null) return { toTier: suggestion.to };
  if (suggestion.kind === 'honour' && suggestion.title) return { title: suggestion.title.zh };
  return {};
}

interface AskProps {
  readonly field: Asked;
  readonly value: string;
  readonly change: (value: string) => void;
}

function Ask({ field, value, change }: AskProps) {
  const { t } = useReader();
  const id = useId();
  const common = {
    ...{ id, value, required: true },
    onChange: (event: { target: { value: string } }) => change(event.target.value),
  };
  const number = { inputMode: 'decimal', pattern: '[0-9]{1,12}([.][0-9]{1,2})?' } as const;
  return (
    <label className="field" htmlFor={id}>
      <span>{t(`outcomes.ask.${field}`)}</span>
      {field === 'toTier' ? (
        <select {...common}>
          <option value="" />
          {tiers.map((tier) => (
            <option key={tier} value={tier}>
              {t(`tier.${tier}`)}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          {...(field === 'endsOn' ? { type: 'date' } : field === 'title' ? { maxLength: 60 } : number)}
        />
      )}
    </label>
  );
}
