import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { MetricDefinitionView, MetricsAnswer } from '../../metrics/schemas.ts';
import { dayInTable, periodName, separated, withUnit } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { NoDataYet } from '../parts/NoDataYet.tsx';
import { offeredPeriods } from '../parts/offeredPeriods.ts';
import { figuresQuery, organisationQuery } from '../queries.ts';
import { MeasuredBy } from '../rules/MeasuredBy.tsx';
import { useReader } from '../text/language.ts';

type Row = MetricsAnswer['rows'][number];
type Unit = MetricDefinitionView['unit'];

/** A metric's figures of one period: together, by team, by day. */
export function Figures({ metric }: { readonly metric: MetricDefinitionView }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [period, setPeriod] = useState(organisation.defaultPeriod);
  if (period === null) return <NoDataYet />;
  const by = (['team', 'day'] as const).filter((dimension) => metric.dimensions.includes(dimension));
  return (
    <section className="section">
      <div className="row spread">
        <h2>{t('metrics.figures')}</h2>
        <Select
          aria-label={t('pick.period')}
          className="pick-period"
          value={period}
          onChange={setPeriod}
          options={offeredPeriods(organisation.periods, period).map((value) => ({
            ...{ value, label: periodName(value, language) },
          }))}
        />
      </div>
      <Split metric={metric} period={period} by={null} />
      <MeasuredBy metric={metric.id} period={period} />
      {by.map((dimension) => (
        <Split key={dimension} metric={metric} period={period} by={dimension} />
      ))}
    </section>
  );
}

function Split({
  metric,
  period,
  by,
}: {
  readonly metric: MetricDefinitionView;
  readonly period: string;
  readonly by: 'team' | 'day' | null;
}) {
  const { t, language } = useReader();
  const query = useQuery(figuresQuery(metric.id, period, by));
  const name = ({ key }: Row): string =>
    by === 'day' ? dayInTable(key.day ?? '', language) : by === 'team' ? key.team || t('metrics.noTeam') : '';
  return (
    <Answer query={query}>
      {({ rows }) => {
        const counted = rows.filter(({ status }) => status !== 'noData');
        if (by === null) return <Whole row={counted[0]} unit={metric.unit} />;
        if (counted.length === 0) return null;
        return (
          <div className="scroll-x">
            <table className="plain-table">
              <thead>
                <tr>
                  <th>{by === 'team' ? t('metrics.byTeam') : t('metrics.byDay')}</th>
                  <th className="end">{t('metrics.value')}</th>
                  <th className="end">{t('metrics.n')}</th>
                </tr>
              </thead>
              <tbody>
                {counted.map((row) => (
                  <tr key={name(row)}>
                    <td>{name(row)}</td>
                    <td className="end">{withUnit(row.value, metric.unit, language)}</td>
                    <td className="end">
                      {separated(String(row.n))}{' '}
                      {row.status === 'lowSample' ? <span className="quiet">{t('metrics.few')}</span> : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        );
      }}
    </Answer>
  );
}

function Whole({ row, unit }: { readonly row: Row | undefined; readonly unit: Unit }) {
  const { t, language } = useReader();
  if (!row) return <p className="quiet">{t('metrics.noFigures')}</p>;
  return (
    <p className="reading">
      {t('metrics.whole')} <b className="figure">{withUnit(row.value, unit, language)}</b>{' '}
      <span className="quiet small">
        {t('metrics.n')} {separated(String(row.n))}
        {row.status === 'lowSample' ? ` · ${t('metrics.few')}` : ''}
      </span>
    </p>
  );
}
