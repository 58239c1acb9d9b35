import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { periodName } from '../format.ts';
import { offeredPeriods } from '../parts/offeredPeriods.ts';
import { draftsQuery, organisationQuery, planQuery, plansQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import type { TryChoice } from './runTry.ts';

const inForce = '';

/** What to try: a plan and its version or draft, what to hold it against, and the past periods. */
export function TryForm({ asked, run }: { readonly asked: TryChoice; readonly run: (choice: TryChoice) => void }) {
  const { t, language, say } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [choice, setChoice] = useState(asked);
  const plans = useQuery(plansQuery);
  const stored = plans.data?.plans.some(({ id }) => id === choice.plan) ?? false;
  const plan = useQuery({ ...planQuery(choice.plan), enabled: stored });
  const drafts = useQuery(draftsQuery);
  const periods = choice.periods.split(',').filter((period) => period !== '');
  const versions = stored && plan.data?.id === choice.plan ? plan.data.versions : [];
  const ownDrafts = (drafts.data?.drafts ?? []).filter((draft) => draft.plan === choice.plan);
  const published = plans.data?.plans.map(({ id, name }) => ({ value: id, label: say(name) })) ?? [];
  const fresh = (drafts.data?.drafts ?? [])
    .filter((draft) => plans.data && !published.some(({ value }) => value === draft.plan))
    .map(({ plan: value, name }) => ({ value, label: name ? say(name) : value }));
  const offered = [...published, ...fresh];
  const shown = offered.length > 0 ? offered : [{ value: choice.plan, label: '…' }];
  const state = choice.draft ? `draft ${choice.draft}` : (choice.version ?? inForce);
  // A plan that exists only as a draft has nothing of its own in force to be held against.
  const pick = (next: string) => {
    const draft = fresh.some(({ value }) => value === next)
      ? drafts.data?.drafts.find((each) => each.plan === next)?.id
      : undefined;
    setChoice({
      ...{ plan: next, version: undefined, draft, periods: choice.periods },
      against: draft ? organisation.defaultPlan : choice.against === next ? undefined : choice.against,
    });
  };
  return (
    <form
      className="try-form"
      onSubmit={(event) => {
        event.preventDefault();
        run(choice);
      }}
    >
      <div className="try-field">
        <span id="try-plan">{t('try.plan')}</span>
        <Select
          aria-labelledby="try-plan"
          value={choice.plan}
          onChange={pick}
          options={shown}
          popupMatchSelectWidth={false}
        />
      </div>
      <div className="try-field">
        <span id="try-version">{t('try.version')}</span>
        <Select
          aria-labelledby="try-version"
          value={state}
          onChange={(next) => {
            const draft = /^draft (.+)$/.exec(next)?.[1];
            setChoice({ ...choice, draft, version: draft ? undefined : next || undefined });
          }}
          options={[
            ...(stored ? [{ value: inForce, label: t('try.versionInForce') }] : []),
            ...ownDrafts.map(({ id, savedBy }) => ({
              value: `draft ${id}`,
              label: t('try.versionDraft', { by: savedBy }),
            })),
            ...versions.map(({ version }) => ({ value: String(version), label: t('plans.version', { version }) })),
          ]}
          popupMatchSelectWidth={false}
        />
      </div>
      <div className="try-field">
        <span id="try-against">{t('try.against')}</span>
        <Select
          aria-labelledby="try-against"
          value={choice.against ?? inForce}
          onChange={(against) => setChoice({ ...choice, against: against || undefined })}
          options={[
            ...(stored ? [{ value: inForce, label: t('try.againstSelf') }] : []),
            ...published.filter(({ value }) => value !== choice.plan),
          ]}
          popupMatchSelectWidth={false}
        />
      </div>
      <div className="try-field">
        <span id="try-periods">{t('try.periods')}</span>
        <Select
          aria-labelledby="try-periods"
          mode="multiple"
          value={periods}
          onChange={(next: string[]) => setChoice({ ...choice, periods: next.join(',') })}
          options={offeredPeriods(organisation.periods, periods[0] ?? '')
            .filter((period) => period !== '')
            .map((period) => ({ value: period, label: periodName(period, language) }))}
        />
      </div>
      <button type="submit" className="press" disabled={periods.length === 0}>
        {t('try.run')}
      </button>
    </form>
  );
}
