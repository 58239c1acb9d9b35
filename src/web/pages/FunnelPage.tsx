import '../trying/trying.css';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Select } from 'antd';
import type { Funnel } from '../../metrics/comparisonSchemas.ts';
import { unitOf } from '../card/cardView.ts';
import { amount, periodName, withUnit } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { Defined } from '../parts/Defined.tsx';
import { NoDataYet } from '../parts/NoDataYet.tsx';
import { offeredPeriods } from '../parts/offeredPeriods.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { definitionsQuery, funnelQuery, organisationQuery } from '../queries.ts';
import { Table } from '../table/Table.tsx';
import { useReader } from '../text/language.ts';
import { FunnelChart } from '../trying/FunnelChart.tsx';
import { countPlaces } from '../trying/funnelView.ts';

const route = getRouteApi('/app/try/funnel');

/** People of unequal volume on one metric: what may be chance, and what is worth a look. */
export function FunnelPage() {
  const { t, language, say } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const definitions = useQuery(definitionsQuery);
  const { metric = 'csat_rate', period: asked } = route.useSearch();
  const navigate = route.useNavigate();
  const period = asked ?? organisation.defaultPeriod;
  const suited = [...(definitions.data?.values() ?? [])].filter(
    ({ dimensions, unit }) => dimensions.includes('agent') && unit !== 'count',
  );
  const change = (search: { metric?: string; period?: string }) =>
    navigate({ search: (before) => ({ ...before, ...search }), replace: true });
  return (
    <>
      <PageHead
        title={t('funnel.title')}
        pickers={
          period === null ? null : (
            <>
              <Select
                aria-label={t('pick.period')}
                value={period}
                onChange={(next) => change({ period: next })}
                options={offeredPeriods(organisation.periods, period).map((each) => ({
                  value: each,
                  label: periodName(each, language),
                }))}
                popupMatchSelectWidth={false}
                className="pick-period"
              />
              <Select
                aria-label={t('funnel.metric')}
                value={metric}
                onChange={(next) => change({ metric: next })}
                options={suited.map(({ id, name }) => ({ value: id, label: say(name) }))}
                popupMatchSelectWidth={false}
                className="pick-plan"
              />
            </>
          )
        }
      >
        <Link to="/try">← {t('funnel.back')}</Link>
      </PageHead>
      <p className="quiet">{t('funnel.text')}</p>
      {period === null ? <NoDataYet /> : <Compared metric={metric} period={period} />}
    </>
  );
}

function Compared({ metric, period }: { readonly metric: string; readonly period: string }) {
  const { t } = useReader();
  const query = useQuery(funnelQuery(metric, period));
  return (
    <Answer
      query={query}
      empty={({ points }) =>
        points.length === 0 ? <Empty title={t('funnel.empty')} text={t('funnel.emptyText')} /> : null
      }
    >
      {(funnel) => <Ready funnel={funnel} />}
    </Answer>
  );
}

function Ready({ funnel }: { readonly funnel: Funnel }) {
  const { t, language, say } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const { data: definitions } = useQuery(definitionsQuery);
  const names = new Map(organisation.agents.map(({ agentId, name }) => [agentId, name]));
  const definition = definitions?.get(funnel.metric.split(':')[0] ?? '');
  const unit = unitOf(definition?.unit ?? '');
  const nameOf = (agentId: string) => names.get(agentId) ?? agentId;
  const shown = (value: number | null) => withUnit(value === null ? null : value.toFixed(6), unit, language);
  const title = definition ? say(definition.name) : funnel.metric;
  const limits = { share: 'funnel.limitsShare', events: 'funnel.limitsEvents', mean: 'funnel.limitsMean' } as const;
  return (
    <>
      <FunnelChart
        funnel={funnel}
        title={title}
        unit={unit}
        denominator={definition ? say(definition.denominator) : ''}
        nameOf={nameOf}
      />
      <p>{t('funnel.count', countPlaces(funnel.points))}</p>
      <details>
        <summary className="quiet">{t('funnel.how')}</summary>
        <p className="quiet small">{t(limits[funnel.kind])}</p>
        <p className="quiet small">
          {funnel.caseMix ? t('funnel.mixText', { strata: funnel.caseMix.strata }) : t('funnel.mixNone')}
        </p>
      </details>
      <Table
        name="funnel"
        caption={t('funnel.chart', { metric: title })}
        rows={funnel.points}
        rowKey={({ agentId }) => agentId}
        sorting={{ column: 'value', down: true }}
        columns={[
          {
            ...{ id: 'name', title: t('funnel.name'), width: 160, shown: 'always' },
            cell: ({ agentId }) => nameOf(agentId),
            sort: ({ agentId }) => nameOf(agentId),
          },
          {
            ...{ id: 'value', title: t('funnel.value'), width: 150, end: true },
            head: <Defined metric={funnel.metric}>{t('funnel.value')}</Defined>,
            cell: ({ value }) => shown(value),
            sort: ({ value }) => value,
          },
          {
            ...{ id: 'standardised', title: t('funnel.standardised'), width: 150, end: true },
            cell: ({ standardised }) => shown(standardised),
            sort: ({ standardised }) => standardised,
          },
          {
            ...{ id: 'volume', title: t('funnel.volume'), width: 120, end: true },
            cell: ({ volume }) => amount(volume.toFixed(2)),
            sort: ({ volume }) => volume,
          },
          {
            ...{ id: 'place', title: t('funnel.place'), width: 160 },
            cell: ({ place }) => t(`funnel.${place}`),
            sort: ({ place }) => place,
          },
        ]}
        narrow={({ agentId, value, standardised, volume, place }) => (
          <div className="try-entry">
            <b>{nameOf(agentId)}</b>
            <span className="figure">{shown(value)}</span>
            <span className="quiet small">
              {standardised === null ? '' : `${t('funnel.standardised')} ${shown(standardised)} · `}
              {t('funnel.volume')} {amount(volume.toFixed(2))} · {t(`funnel.${place}`)}
            </span>
          </div>
        )}
      />
    </>
  );
}
