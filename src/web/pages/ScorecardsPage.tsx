import '../card/card.css';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useState } from 'react';
import type { ScorecardList } from '../../scores/schemas.ts';
import { apiPath } from '../api.ts';
import { BeamLine } from '../beam/Beam.tsx';
import { drawn, segments } from '../beam/placeBeams.ts';
import { type CardRow, changeOf, medianTotal, tableItems } from '../card/scorecardTable.ts';
import { absent, periodName, roundHalfUp, score, signed, weight } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { Defined } from '../parts/Defined.tsx';
import { NoDataYet } from '../parts/NoDataYet.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Pickers, useChoice } from '../parts/Pickers.tsx';
import { type Choice, organisationQuery, scorecardsQuery } from '../queries.ts';
import { Table, type TableColumn } from '../table/Table.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/scorecards');
const app = getRouteApi('/app');

export function ScorecardsPage() {
  const { t } = useReader();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const chosen = useChoice(search);
  if (!chosen) {
    return (
      <>
        <PageHead title={t('cards.title')} />
        <NoDataYet />
      </>
    );
  }
  const choice = { ...chosen, team: search.team, shop: search.shop };
  return (
    <>
      <PageHead
        title={t('cards.title')}
        pickers={
          <Pickers
            choice={choice}
            places
            ownPlan={t('pick.assigned')}
            change={(change) => navigate({ search: (before) => ({ ...before, ...change }), replace: true })}
          />
        }
      >
        <Exports choice={choice} />
      </PageHead>
      <Cards choice={choice} />
    </>
  );
}

function Exports({ choice }: { readonly choice: Choice }) {
  const { t, language } = useReader();
  const { me } = app.useRouteContext();
  if (!me.permissions.includes('scorecard.export')) return null;
  return (
    <>
      <a className="press" href={apiPath('/api/scorecards.xlsx', { ...choice, language })} download>
        {t('cards.exportXlsx')}
      </a>
      <a className="press press-plain" href={apiPath('/api/scorecards.csv', { ...choice, language })} download>
        {t('cards.exportCsv')}
      </a>
    </>
  );
}

function Cards({ choice }: { readonly choice: Choice }) {
  const { t } = useReader();
  const query = useQuery(scorecardsQuery(choice));
  return (
    <Answer
      query={query}
      empty={(list) => (list.rows.length === 0 ? <Empty title={t('cards.empty')} text={t('cards.emptyText')} /> : null)}
    >
      {(list) => <CardTable list={list} />}
    </Answer>
  );
}

function CardTable({ list }: { readonly list: ScorecardList }) {
  const { t, say, language } = useReader();
  const navigate = route.useNavigate();
  const { plan } = route.useSearch();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [find, setFind] = useState('');
  const wanted = find.trim().toLowerCase();
  const rows = list.rows.filter((row) => `${row.name} ${row.agentId}`.toLowerCase().includes(wanted));
  // Totals by different plans have no middle.
  const median = list.plan === null ? null : medianTotal(list.rows);
  const tier = (row: CardRow) =>
    row.tier === 'junior' || row.tier === 'mid' || row.tier === 'senior' ? t(`tier.${row.tier}`) : absent;
  const grade = (row: CardRow) => (row.grade ? say(row.grade) : t('cards.unrated'));
  const beam = (row: CardRow) => (
    <BeamLine
      {...segments(tableItems(row))}
      name={t('cards.beamName', { name: row.name, total: score(row.total), grade: grade(row) })}
    />
  );
  const open = (row: CardRow) =>
    navigate({
      to: '/scorecards/$agentId',
      params: { agentId: row.agentId },
      search: { plan, period: list.period },
    });

  const columns: TableColumn<CardRow>[] = [
    {
      id: 'agent',
      title: t('cards.agent'),
      width: 150,
      shown: 'always',
      cell: (row) => (
        <>
          <b>{row.name}</b> {row.vetoes.length > 0 ? <span className="red small">{t('cards.vetoed')}</span> : null}
        </>
      ),
      sort: (row) => row.name,
    },
    { id: 'team', title: t('cards.team'), width: 110, cell: (row) => row.team, sort: (row) => row.team },
    {
      id: 'shop',
      title: t('cards.shop'),
      width: 130,
      cell: (row) => row.shop,
      sort: (row) => row.shop,
      shown: organisation.shops.length > 1 ? 'first' : 'later',
    },
    { id: 'tier', title: t('cards.tier'), width: 90, cell: tier, sort: (row) => row.tier, shown: 'later' },
    ...(list.plan === null
      ? [
          {
            id: 'plan',
            title: t('cards.plan'),
            width: 230,
            cell: (row: CardRow) => say(row.plan.name),
            sort: (row: CardRow) => say(row.plan.name),
          },
        ]
      : []),
    { id: 'beam', title: t('cards.beam'), width: 400, cell: beam },
    {
      id: 'total',
      title: t('cards.total'),
      width: 80,
      end: true,
      cell: (row) => <b className="figure">{score(row.total)}</b>,
      sort: (row) => drawn(row.total),
      shown: 'always',
    },
    {
      id: 'change',
      title: t('cards.change'),
      width: 90,
      end: true,
      cell: (row) => {
        const change = changeOf(row);
        return <span className="quiet">{change === null ? absent : signed(change)}</span>;
      },
      sort: (row) => drawn(changeOf(row)),
    },
    {
      id: 'grade',
      title: t('cards.grade'),
      width: 90,
      cell: grade,
      sort: (row) => drawn(row.total),
    },
    ...(list.rows.some((row) => row.rank !== null)
      ? [
          {
            id: 'rank',
            title: t('cards.rank'),
            width: 110,
            cell: (row: CardRow) =>
              row.rank === null
                ? absent
                : row.rank.levels === 1
                  ? say(row.rank)
                  : t('cards.rankLevel', { grade: say(row.rank), level: row.rank.level }),
            sort: (row: CardRow) => drawn(row.total),
          },
        ]
      : []),
    {
      id: 'coefficient',
      title: t('cards.coefficient'),
      width: 80,
      end: true,
      cell: (row) => (row.coefficient === null ? absent : weight(row.coefficient)),
      sort: (row) => drawn(row.coefficient),
    },
    ...list.columns.map((item): TableColumn<CardRow> => {
      const points = (row: CardRow) => row.items.find((other) => other.id === item.id)?.points ?? null;
      return {
        id: `item.${item.id}`,
        title: say(item.name),
        head: <Defined metric={item.metric}>{say(item.name)}</Defined>,
        width: 130,
        end: true,
        shown: 'later',
        cell: (row) => score(points(row)),
        sort: (row) => drawn(points(row)),
      };
    }),
  ];

  return (
    <>
      <p className="quiet small card-order">
        {[
          // The mean of other cards has no items of its own.
          list.plan === null
            ? t('cards.mixed')
            : rows.some((row) => row.items.length > 0)
              ? t('cards.legendItems', {
                  items: list.columns.map((item) => `${say(item.name)} ${weight(item.weight)}`).join(t('mark.comma')),
                })
              : null,
          median === null ? null : `${t('cards.median')} ${roundHalfUp(String(median), 2)}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Table
        name="scorecards"
        caption={`${t('cards.title')} ${periodName(list.period, language)}`}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.agentId}
        open={open}
        sorting={{ column: 'total', down: true }}
        tools={
          <>
            <Input
              allowClear
              aria-label={t('cards.search')}
              placeholder={t('cards.search')}
              value={find}
              onChange={(event) => setFind(event.target.value)}
              style={{ width: 200 }}
            />
            <span className="quiet">{t('cards.count', { count: rows.length })}</span>
          </>
        }
        narrow={(row) => (
          <Link
            to="/scorecards/$agentId"
            params={{ agentId: row.agentId }}
            search={{ plan, period: list.period }}
            className="card-entry"
          >
            <span>
              <b>{row.name}</b> <span className="quiet">{row.team}</span>
              {list.plan === null ? <span className="quiet small"> {say(row.plan.name)}</span> : null}
            </span>
            <span className="figure">
              <span className="quiet">{grade(row)}</span> <b>{score(row.total)}</b>
            </span>
            {beam(row)}
          </Link>
        )}
      />
      {rows.length === 0 ? <Empty title={t('cards.emptySearch', { text: find })} /> : null}
    </>
  );
}
