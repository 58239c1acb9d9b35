import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { defaultVerdict, type VerdictRule, verdictRules } from '../../facts/orderVerdict.ts';
import type { VerdictSwitch } from '../../metrics/orderSchemas.ts';
import { amount, figure, type Unit, withUnit } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { Defined } from '../parts/Defined.tsx';
import { verdictSwitchQuery } from '../queries.ts';
import { Table, type TableColumn } from '../table/Table.tsx';
import { useReader } from '../text/language.ts';
import { difference, optionText, type Settings } from './orderView.ts';
import { SettingsPick } from './SettingsPick.tsx';

type Row = VerdictSwitch['rows'][number];
type Side = Settings & { readonly rule: VerdictRule };
const standard: Settings = { credit: defaultVerdict.credit, windowDays: defaultVerdict.windowDays };

/** Whose figures of a period change, and by how much, under another rule, credit or window. */
export function SwitchRule({ period }: { readonly period: string }) {
  const { t } = useReader();
  const [before, setBefore] = useState<Side>({ ...standard, rule: 'order' });
  const [after, setAfter] = useState<Side>({ ...standard, rule: 'payment' });
  const [one, other] = [optionText(before.rule, before), optionText(after.rule, after)];
  const query = useQuery(verdictSwitchQuery(period, one, other));
  return (
    <section>
      <div className="orders-settings">
        <PickSide name={t('orders.now')} side={before} change={setBefore} />
        <PickSide name={t('orders.instead')} side={after} change={setAfter} />
      </div>
      <p className="quiet small">{t('orders.switchText')}</p>
      {one === other ? (
        <p className="notice">{t('orders.sameSettings')}</p>
      ) : (
        <Answer
          query={query}
          empty={({ rows }) =>
            rows.length === 0 ? <Empty title={t('orders.empty')} text={t('orders.emptyText')} /> : null
          }
        >
          {({ rows }) => <Changes rows={rows} />}
        </Answer>
      )}
    </section>
  );
}

function PickSide({
  name,
  side,
  change,
}: {
  readonly name: string;
  readonly side: Side;
  readonly change: (side: Side) => void;
}) {
  const { t } = useReader();
  return (
    <fieldset>
      <legend>{name}</legend>
      <Select
        aria-label={name}
        value={side.rule}
        onChange={(rule) => change({ ...side, rule })}
        options={verdictRules.map((rule) => ({ value: rule, label: t(`orders.rule.${rule}`) }))}
        popupMatchSelectWidth={false}
      />
      <SettingsPick value={side} change={(settings) => change({ ...side, ...settings })} />
    </fieldset>
  );
}

function Changes({ rows }: { readonly rows: readonly Row[] }) {
  const { t, language } = useReader();
  const changed = rows.filter((row) => row.changed);
  const told = (value: string | null, unit: Unit) =>
    unit === 'count' ? amount(value) : withUnit(value, unit, language);
  const figures: readonly { id: 'orders' | 'revenue' | 'conversion'; title: string; unit: Unit; head?: ReactNode }[] = [
    { id: 'orders', title: t('orders.credited'), unit: 'count' },
    { id: 'revenue', title: t('orders.revenue'), unit: 'yuan' },
    { id: 'conversion', ...conversion(), unit: 'percent' },
  ];
  function conversion() {
    const title = t('orders.conversion');
    return { title, head: <Defined metric="inquiry_conversion_rate">{title}</Defined> };
  }
  const columns: TableColumn<Row>[] = [
    { id: 'who', title: t('orders.who'), width: 120, shown: 'always', cell: (row) => <b>{row.name}</b> },
    ...figures.flatMap(({ id, title, unit, head }): TableColumn<Row>[] => [
      {
        id,
        title,
        ...(head ? { head } : {}),
        width: 220,
        end: true,
        cell: (row) => (
          <span className="figure">
            <span className="quiet">{told(row.before[id], unit)} →</span> {told(row.after[id], unit)}
          </span>
        ),
      },
      {
        id: `${id}.change`,
        title: t('orders.change'),
        width: 130,
        end: true,
        cell: (row) => <Change row={row} id={id} unit={unit} />,
        sort: (row) => Number(difference(row.before[id], row.after[id])),
      },
    ]),
  ];
  if (changed.length === 0) return <p className="notice">{t('orders.noneMoves')}</p>;
  return (
    <>
      <Table
        name="verdict-switch"
        caption={t('orders.switch')}
        rows={changed}
        columns={columns}
        rowKey={(row) => row.agentId}
        narrow={(row) => (
          <div className="orders-entry">
            <b>{row.name}</b>
            {figures.map(({ id, title, unit }) => (
              <span key={id} className="small">
                <span className="quiet">{title}</span>
                <span className="figure">
                  {told(row.before[id], unit)} → {told(row.after[id], unit)}
                </span>
              </span>
            ))}
          </div>
        )}
      />
      {rows.length > changed.length ? (
        <p className="quiet small">{t('orders.same', { count: rows.length - changed.length })}</p>
      ) : null}
    </>
  );
}

function Change({
  row,
  id,
  unit,
}: {
  readonly row: Row;
  readonly id: 'orders' | 'revenue' | 'conversion';
  readonly unit: Unit;
}) {
  const { t, language } = useReader();
  const moved = difference(row.before[id], row.after[id]);
  if (moved === null || Number(moved) === 0) return <span className="quiet">0</span>;
  const size = moved.replace('-', '');
  return (
    <span className="figure">
      {moved.startsWith('-') ? '−' : '+'}
      {unit === 'percent'
        ? t('orders.percentPoints', { size: figure(size, unit) })
        : unit === 'count'
          ? amount(size)
          : withUnit(size, unit, language)}
    </span>
  );
}
