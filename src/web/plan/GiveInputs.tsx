import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { PlanPage, PublishedPlan } from '../../scores/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { periodName } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { firstMonthFor, inRange, plainAmount } from './planView.ts';

const app = getRouteApi('/app');

interface Publishing {
  readonly plan: string;
  readonly version: number;
  readonly inputs: Readonly<Record<string, string>>;
  readonly inForceFrom?: string;
}

/** What the organisation still has to decide, as fields for those who may publish the plan with it. */
export function GiveInputs({ page }: { readonly page: PlanPage }) {
  const { t, language, say } = useReader();
  const { me } = app.useRouteContext();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const client = useQueryClient();
  const [wrong, setWrong] = useState<string | null>(null);
  const publish = useMutation({
    mutationFn: (asked: Publishing) => send<PublishedPlan>('POST', '/api/plans', asked),
    onSuccess: () => client.invalidateQueries(),
  });
  const missing = page.plan.inputs.filter((input) => input.value === undefined);
  const newest = Math.max(...page.versions.map(({ version }) => version));
  const ruling = page.versions.find(({ version }) => version === page.version);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name)).trim();
    const values = new Map(missing.map(({ id }) => [id, text(id)]));
    const bad = missing.find((input) => !inRange(values.get(input.id) ?? '', input));
    setWrong(
      bad ? t('plans.giveWrong', { min: plainAmount(bad.min), max: plainAmount(bad.max), name: say(bad.name) }) : null,
    );
    if (bad) return;
    const month = text('month');
    publish.mutate({
      ...{ plan: page.id, version: page.version, inputs: Object.fromEntries(values) },
      ...(month === '' ? {} : { inForceFrom: month }),
    });
  }

  if (publish.data) {
    const { version, inForceFrom } = publish.data;
    return (
      <p className="notice plan-issues" role="status">
        {t('plans.given', { version, month: inForceFrom ? periodName(inForceFrom, language) : '' })}
      </p>
    );
  }
  if (missing.length === 0) return null;
  if (!me.permissions.includes('plan.publish')) return <p className="plan-issues">{t('plans.giveAsk')}</p>;
  if (page.version !== newest) {
    return (
      <p className="plan-issues">
        {t('plans.giveNewer')}
        <Link to="/plans/$planId" params={{ planId: page.id }} search={{ version: String(newest) }}>
          {t('plans.version', { version: newest })}
        </Link>
      </p>
    );
  }
  const problem = wrong ?? (publish.error ? (errorSentence(publish.error, language) ?? t('state.broken')) : null);
  return (
    <form className="plan-give" onSubmit={submit}>
      <p className="quiet">{t('plans.giveText')}</p>
      {missing.map((input) => (
        <label key={input.id} className="field">
          <span>
            {say(input.name)} · {t('plans.inputRange', { min: plainAmount(input.min), max: plainAmount(input.max) })}
          </span>
          <input name={input.id} inputMode="decimal" autoComplete="off" maxLength={12} required />
        </label>
      ))}
      <label className="field">
        <span>{t('plans.giveFrom')}</span>
        <input
          name="month"
          autoComplete="off"
          pattern="\d{4}-(0[1-9]|1[0-2])"
          placeholder="2026-12"
          defaultValue={firstMonthFor(ruling?.origin ?? 'own', organisation.defaultPeriod)}
        />
        <span className="small">{t('plans.giveFromText')}</span>
      </label>
      {problem ? (
        <p className="notice notice-fault" role="alert">
          {problem}
        </p>
      ) : null}
      <p>
        <button type="submit" className="press" disabled={publish.isPending}>
          {t('plans.giveSubmit')}
        </button>
      </p>
    </form>
  );
}
