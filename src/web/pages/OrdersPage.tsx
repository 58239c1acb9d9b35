import '../orders/orders.css';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { periodName } from '../format.ts';
import { OrderTable } from '../orders/OrderTable.tsx';
import { SwitchRule } from '../orders/SwitchRule.tsx';
import { NoDataYet } from '../parts/NoDataYet.tsx';
import { offeredPeriods } from '../parts/offeredPeriods.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { useChoice } from '../parts/Pickers.tsx';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/orders');

export function OrdersPage() {
  const { t, language } = useReader();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const period = useChoice({ period: search.period })?.period;
  if (period === undefined) {
    return (
      <>
        <PageHead title={t('orders.title')} />
        <NoDataYet />
      </>
    );
  }
  const change = (more: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, ...more }), replace: true });
  const place = (name: 'team' | 'shop', all: string, values: readonly string[]) => (
    <Select
      aria-label={t(`pick.${name}`)}
      value={search[name] ?? ''}
      onChange={(value) => change({ [name]: value || undefined })}
      options={[{ value: '', label: all }, ...values.map((value) => ({ value, label: value }))]}
      popupMatchSelectWidth={false}
      className="pick-place"
    />
  );
  const switching = search.view === 'switch';
  return (
    <>
      <PageHead
        title={t('orders.title')}
        pickers={
          <>
            <Select
              aria-label={t('pick.period')}
              value={period}
              onChange={(value) => change({ period: value })}
              options={offeredPeriods(organisation.periods, period).map((value) => ({
                value,
                label: periodName(value, language),
              }))}
              popupMatchSelectWidth={false}
              className="pick-period"
            />
            {!switching && organisation.teams.length > 1 ? place('team', t('pick.allTeams'), organisation.teams) : null}
            {!switching && organisation.shops.length > 1 ? place('shop', t('pick.allShops'), organisation.shops) : null}
          </>
        }
      />
      <nav className="orders-views" aria-label={t('orders.title')}>
        {([undefined, 'switch'] as const).map((view) => (
          <Link
            key={view ?? 'list'}
            from="/orders"
            to="/orders"
            search={(before) => ({ ...before, view })}
            activeOptions={{ explicitUndefined: true }}
          >
            {view === 'switch' ? t('orders.switch') : t('orders.list')}
          </Link>
        ))}
      </nav>
      {switching ? (
        <SwitchRule period={period} />
      ) : (
        <OrderTable asked={{ period, agent: search.agent, team: search.team, shop: search.shop }} />
      )}
    </>
  );
}
