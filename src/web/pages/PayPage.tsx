import '../outcomes/outcomes.css';
import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { PayLine, PayRow, PayTable } from '../../outcomes/paySchemas.ts';
import { apiPath } from '../api.ts';
import { AppraisalLinks } from '../cycles/AppraisalLinks.tsx';
import { absent, instantInTable, money, periodName } from '../format.ts';
import { BudgetForm, useFitted } from '../outcomes/BudgetForm.tsx';
import { OutcomeLinks } from '../outcomes/OutcomeLinks.tsx';
import { isOpen } from '../outcomes/payView.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { organisationQuery, outcomesQuery, payoutsQuery } from '../queries.ts';
import { Table, type TableColumn } from '../table/Table.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/outcomes/pay');

/** Who is paid what for a published period, and the budget for it. */
export function PayPage() {
  const { t, language } = useReader();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const offered = useInfiniteQuery(outcomesQuery({ state: 'proposed' }));
  const first = offered.data?.pages[0];
  const period = search.period ?? first?.period ?? null;
  return (
    <>
      <PageHead
        title={t('outcomes.pay.title')}
        pickers={
          first && period !== null ? (
            <Select
              aria-label={t('pick.period')}
              value={period}
              onChange={(next) => navigate({ search: (before) => ({ ...before, period: next }), replace: true })}
              options={first.periods.map((value) => ({ value, label: periodName(value, language) }))}
              popupMatchSelectWidth={false}
              className="pick-period"
            />
          ) : null
        }
      />
      <AppraisalLinks />
      <OutcomeLinks />
      <p className="reading outcome-lead">{t('outcomes.pay.lead')}</p>
      <Answer
        query={offered}
        empty={() =>
          period === null ? (
            <Empty title={t('outcomes.none.unpublished')} text={t('outcomes.noneText.unpublished')} />
          ) : null
        }
      >
        {() => (period === null ? null : <Payouts key={period} period={period} />)}
      </Answer>
    </>
  );
}

function Payouts({ period }: { readonly period: string }) {
  const { t } = useReader();
  const query = useQuery(payoutsQuery(period));
  return (
    <Answer
      query={query}
      empty={({ rows }) =>
        rows.length === 0 ? <Empty title={t('outcomes.pay.noRows')} text={t('outcomes.pay.noRowsText')} /> : null
      }
    >
      {(table) => (
        <>
          <Totals table={table} />
          <Budget table={table} />
          <People table={table} />
        </>
      )}
    </Answer>
  );
}

function Totals({ table: { totals, budget, period } }: { readonly table: PayTable }) {
  const { t, language } = useReader();
  const { waiting, lacking, unrated } = totals;
  const rest = [
    waiting > 0 ? t('outcomes.pay.waiting', { count: waiting }) : null,
    lacking > 0 ? t('outcomes.pay.lacking', { count: lacking }) : null,
    unrated > 0 ? t('outcomes.pay.unrated', { count: unrated }) : null,
  ].filter((each) => each !== null);
  const sums = [
    ['approved', totals.approvedFen],
    ...(budget ? ([['share', totals.shareFen]] as const) : []),
    ['held', totals.heldFen],
    ['payable', totals.payableFen],
  ] as const;
  return (
    <>
      <dl className="pay-sums">
        {sums.map(([name, fen]) => (
          <div key={name}>
            <dt>{t(`outcomes.pay.${name}`)}</dt>
            <dd className="figure">{sumText(fen)}</dd>
          </div>
        ))}
      </dl>
      {totals.heldFen === null || totals.heldFen === '0' ? null : (
        <p className="reading quiet">
          {/^\d{4}-\d{2}$/.test(period)
            ? t('outcomes.pay.heldHow')
            : t('outcomes.pay.heldHowLonger', { period: periodName(period, language) })}
        </p>
      )}
      {rest.length === 0 ? null : <p className="outcome-lacks">{rest.join(t('mark.semicolon'))}</p>}
    </>
  );
}

function Budget({ table: { budget, period, mayDecide } }: { readonly table: PayTable }) {
  const { t, language } = useReader();
  const says = useFitted();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [changing, setChanging] = useState(false);
  return (
    <section className="section pay-budget">
      <h2>{t('outcomes.pay.budget')}</h2>
      {budget ? (
        <>
          <p>
            {t('outcomes.pay.budgetSet', {
              ...{ cap: money(budget.capFen), name: budget.by, reason: budget.reason },
              at: instantInTable(budget.at, organisation.timeZone, language),
            })}
          </p>
          {budget.fitted.status === 'impossible' ? (
            <p className="notice notice-fault" role="alert">
              {says(budget.fitted)} {t('outcomes.pay.noShares')}
            </p>
          ) : (
            <p>{says(budget.fitted)}</p>
          )}
        </>
      ) : (
        <p className="quiet">{t('outcomes.pay.budgetNone')}</p>
      )}
      {changing ? (
        <BudgetForm period={period} isSet={budget !== null} close={() => setChanging(false)} />
      ) : mayDecide ? (
        <Button onClick={() => setChanging(true)}>{t('outcomes.pay.set')}</Button>
      ) : null}
    </section>
  );
}

function People({ table: { rows, period, budget } }: { readonly table: PayTable }) {
  const { t, language } = useReader();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const open = search.view === 'open';
  const columns: TableColumn<PayRow>[] = [
    {
      ...{ id: 'who', title: t('outcomes.pay.who'), width: 130, shown: 'always' },
      cell: (row) => <Who row={row} period={period} />,
      sort: (row) => row.name,
    },
    { id: 'team', title: t('outcomes.pay.team'), width: 120, cell: (row) => row.team, sort: (row) => row.team },
    { id: 'made', title: t('outcomes.pay.made'), width: 380, cell: (row) => <Lines row={row} /> },
    fen('approved', (row) => row.approvedFen),
    ...(budget ? [fen('share', (row) => row.shareFen)] : []),
    fen('held', (row) => row.heldFen),
    fen('payable', (row) => row.payableFen),
  ];
  function fen(id: 'approved' | 'share' | 'held' | 'payable', of: (row: PayRow) => string | null): TableColumn<PayRow> {
    const common = { id, title: t(`outcomes.pay.${id}`), width: 130, end: true };
    return { ...common, cell: (row) => sumText(of(row)), sort: (row) => sumOrder(of(row)) };
  }
  return (
    <Table
      name="payouts"
      caption={t('outcomes.pay.title')}
      rows={open ? rows.filter(isOpen) : rows}
      columns={columns}
      rowKey={(row) => row.agentId}
      narrow={(row) => (
        <div className="pay-narrow">
          <span>
            <Who row={row} period={period} /> <span className="quiet small">{row.team}</span>
          </span>
          <b className="figure">{sumText(row.payableFen)}</b>
          <Lines row={row} />
        </div>
      )}
      tools={
        <>
          <Segmented
            aria-label={t('outcomes.pay.find')}
            value={open ? 'open' : 'all'}
            onChange={(view) =>
              navigate({
                search: (before) => ({ ...before, view: view === 'open' ? 'open' : undefined }),
                replace: true,
              })
            }
            options={[
              { value: 'all', label: t('outcomes.pay.all') },
              { value: 'open', label: t('outcomes.pay.open') },
            ]}
          />
          {(['csv', 'xlsx', 'json'] as const).map((format) => (
            <a key={format} href={apiPath(`/api/payouts.${format}`, { period, language })} download>
              {t(`outcomes.pay.${format}`)}
            </a>
          ))}
        </>
      }
    />
  );
}

/** Nothing approved yet is no zero. */
const sumText = (fen: string | null): string => (fen === null ? absent : money(fen));
const sumOrder = (fen: string | null): number | null => (fen === null ? null : Number(fen));

function Who({ row, period }: { readonly row: PayRow; readonly period: string }) {
  return (
    <Link to="/scorecards/$agentId" params={{ agentId: row.agentId }} search={{ period }}>
      {row.name}
    </Link>
  );
}

function Lines({ row }: { readonly row: PayRow }) {
  const { t, say } = useReader();
  const textOf = ({ kind, name, approvedFen, waiting }: PayLine): string[] => {
    const called = name ? say(name) : t(`outcomes.kinds.${kind}`);
    const approved = approvedFen === null ? [] : [t('outcomes.pay.line', { name: called, amount: money(approvedFen) })];
    if (waiting === null) return approved.length > 0 ? approved : [t('outcomes.pay.lineDeclined', { name: called })];
    return waiting.status === 'known'
      ? [...approved, t('outcomes.pay.lineWaiting', { name: called, amount: money(waiting.amountFen) })]
      : [...approved, t('outcomes.pay.lineLacking', { name: called, lack: t(`outcomes.lacks.${waiting.lack}`) })];
  };
  const words = [...row.lines.flatMap(textOf), ...(row.unrated ? [t('outcomes.pay.rowUnrated')] : [])];
  return (
    <span className={isOpen(row) ? 'outcome-lacks pay-lines' : 'quiet pay-lines'}>
      {words.join(t('mark.semicolon'))}
    </span>
  );
}
