import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { periodName } from '../format.ts';
import { type Choice, type ListChoice, organisationQuery, plansQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { offeredPeriods } from './offeredPeriods.ts';

/** What the address says, completed by what the organisation has; null as long as there is no data at all. */
export function useChoice(search: { plan?: string | undefined; period?: string | undefined }): Choice | null {
  const { data } = useSuspenseQuery(organisationQuery);
  const period = search.period ?? data.defaultPeriod;
  return period === null ? null : { plan: search.plan ?? data.defaultPlan, period };
}

export interface PickersProps {
  readonly choice: ListChoice;
  /** Each person by the plan that covers them can be chosen too; then `plan` is left out. */
  readonly assigned?: boolean;
  readonly change: (search: Partial<Record<'plan' | 'period' | 'team' | 'shop', string | undefined>>) => void;
  readonly places?: boolean;
}

export function Pickers({ choice, change, assigned = false, places = false }: PickersProps) {
  const { t, language, say } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const plans = useQuery(plansQuery);
  const periods = offeredPeriods(organisation.periods, choice.period);
  return (
    <>
      <Select
        aria-label={t('pick.period')}
        value={choice.period}
        onChange={(period) => change({ period })}
        options={periods.map((period) => ({ value: period, label: periodName(period, language) }))}
        popupMatchSelectWidth={false}
        className="pick-period"
      />
      <Select
        aria-label={t('pick.plan')}
        value={choice.plan ?? ''}
        onChange={(plan) => change({ plan: plan || undefined })}
        options={[
          ...(assigned ? [{ value: '', label: t('pick.assigned') }] : []),
          ...(plans.data?.plans.map((plan) => ({ value: plan.id, label: say(plan.name) })) ??
            (choice.plan === undefined ? [] : [{ value: choice.plan, label: plans.isError ? choice.plan : '…' }])),
        ]}
        popupMatchSelectWidth={false}
        className="pick-plan"
      />
      {places && organisation.teams.length > 1 ? (
        <Select
          aria-label={t('pick.team')}
          value={choice.team ?? ''}
          onChange={(team) => change({ team: team || undefined })}
          options={[
            { value: '', label: t('pick.allTeams') },
            ...organisation.teams.map((team) => ({ value: team, label: team })),
          ]}
          popupMatchSelectWidth={false}
          className="pick-place"
        />
      ) : null}
      {places && organisation.shops.length > 1 ? (
        <Select
          aria-label={t('pick.shop')}
          value={choice.shop ?? ''}
          onChange={(shop) => change({ shop: shop || undefined })}
          options={[
            { value: '', label: t('pick.allShops') },
            ...organisation.shops.map((shop) => ({ value: shop, label: shop })),
          ]}
          popupMatchSelectWidth={false}
          className="pick-place"
        />
      ) : null}
    </>
  );
}
