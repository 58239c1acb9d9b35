import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { verdictRules } from '../../facts/orderVerdict.ts';
import type { OrderList } from '../../metrics/orderSchemas.ts';
import { instantInTable, periodName, separated, withUnit } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { type OrdersAsked, ordersQuery, organisationQuery } from '../queries.ts';
import { Table, type TableColumn } from '../table/Table.tsx';
import { useReader } from '../text/language.ts';
import { Credited } from './AgentName.tsx';

type Row = OrderList['rows'][number];

/** Orders of a period, those on which the rules differ first. */
export function OrderTable({ asked }: { readonly asked: OrdersAsked }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const navigate = useNavigate();
  const query = useInfiniteQuery(ordersQuery(asked));
  const when = (row: Row) => instantInTable(row.paidAt ?? row.createdAt, organisation.timeZone, language);
  const state = (row: Row) => (row.brushed ? t('orders.brushed') : row.paidAt === null ? t('orders.unpaid') : null);
  const yuan = (row: Row) => withUnit(row.amount, 'yuan', language);
  const columns: TableColumn<Row>[] = [
    { id: 'id', title: t('orders.id'), width: 180, shown: 'always', cell: (row) => row.orderId },
    {
      id: 'at',
      title: t('orders.at'),
      width: 236,
      cell: (row) => (
        <>
          <span className="figure">{when(row)}</span> <span className="quiet small figure">{state(row)}</span>
        </>
      ),
    },
    { id: 'shop', title: t('orders.shop'), width: 120, cell: (row) => row.shop },
    { id: 'customer', title: t('orders.customer'), width: 100, cell: (row) => row.customer },
    { id: 'amount', title: t('orders.amount'), width: 120, end: true, cell: yuan },
    ...verdictRules.map(
      (rule): TableColumn<Row> => ({
        id: rule,
        title: t(`orders.rule.${rule}`),
        width: 148,
        cell: (row) => <Credited verdict={row.verdicts[rule]} />,
      }),
    ),
    {
      id: 'differs',
      title: t('orders.differs'),
      width: 112,
      cell: (row) => (row.differs ? <span className="orders-differs">{t('orders.differs')}</span> : null),
    },
  ];
  return (
    <Answer
      query={query}
      empty={({ pages }) =>
        pages[0]?.rows.length ? null : <Empty title={t('orders.empty')} text={t('orders.emptyText')} />
      }
    >
      {({ pages }) => (
        <Table
          name="orders"
          caption={`${t('orders.title')} ${periodName(asked.period, language)}`}
          rows={pages.flatMap((page) => page.rows)}
          columns={columns}
          rowKey={(row) => row.orderId}
          served={{ more: query.hasNextPage ? query.fetchNextPage : undefined, loading: query.isFetchingNextPage }}
          open={(row) => navigate({ to: '/orders/$orderId', params: { orderId: row.orderId } })}
          tools={
            <span className="quiet">
              {t('orders.count', {
                total: separated(String(pages[0]?.total ?? 0)),
                differing: pages[0]?.differing ?? 0,
              })}
            </span>
          }
          narrow={(row) => (
            <Link to="/orders/$orderId" params={{ orderId: row.orderId }} className="orders-entry">
              <span>
                <b>{row.orderId}</b> <span className="figure">{yuan(row)}</span>
              </span>
              <span className="quiet small">
                {[when(row), state(row), row.shop].filter(Boolean).join(' · ')}
                {row.differs ? <span className="orders-differs"> {t('orders.differs')}</span> : null}
              </span>
              {(row.differs ? verdictRules : (['order'] as const)).map((rule) => (
                <span key={rule} className="small">
                  <span className="quiet">{row.differs ? t(`orders.rule.${rule}`) : t('orders.allRules')}</span>{' '}
                  <Credited verdict={row.verdicts[rule]} />
                </span>
              ))}
            </Link>
          )}
        />
      )}
    </Answer>
  );
}
