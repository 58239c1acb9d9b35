import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { periodName } from '../format.ts';
import { type Choice, organisationQuery, plansQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { offeredPeriods } from './offeredPeriods.ts';

/** What the address says, completed by what the organisation has; null as long as there is no data at all. */
export function useChoice(search: { plan?: string | undefined; period?: string | undefined }): Choice | null {
  const { data } = useSuspenseQuery(organisationQuery);
  const period = search.period ?? data.defaultPeriod;
  return period === null ? null : { plan: search.plan, period };
}

export interface PickersProps {
  readonly choice: Choice;
  /** What it is called to choose no plan: everybody by their own of the period. */
  readonly ownPlan: string;
  readonly change: (search: Partial<Record<'plan' | 'period' | 'team' | 'shop', string | undefined>>) => void;
  readonly places?: boolean;
}

export function Pickers({ choice, change, ownPlan, places = false }: PickersProps) {
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
          { value: '', label: ownPlan },
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
