import { Button, Select } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { ProposalView } from '../../outcomes/schemas.ts';
import { sortings } from '../../outcomes/sortProposals.ts';
import { absent, dayInTable, money, periodName, score } from '../format.ts';
import { KeysHint } from '../parts/KeysHint.tsx';
import { useNarrow } from '../parts/useNarrow.ts';
import type { Sorting } from '../table/sortRows.ts';
import { type Served, Table, type TableColumn } from '../table/Table.tsx';
import { useReader } from '../text/language.ts';
import { Granted } from './OutcomeItem.tsx';
import { outcomeKey } from './outcomeKey.ts';
import { amountFenOf, mayTake } from './outcomeView.ts';
import { useSuggestion } from './useSuggestion.ts';

const DecideDrawer = lazy(() => import('./DecideDrawer.tsx'));

type Open = { readonly ids: readonly number[]; readonly as: 'approved' | 'declined' | null };

interface OutcomeTableProps {
  readonly period: string;
  readonly proposals: readonly ProposalView[];
  readonly mayLook: boolean;
  readonly served: Served & { readonly sorting: Sorting };
}

/** Proposals to work through, one by one or several with one reason. */
export function OutcomeTable({ period, proposals, mayLook, served }: OutcomeTableProps) {
  const { t, say, language } = useReader();
  const says = useSuggestion();
  const narrow = useNarrow();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [open, setOpen] = useState<Open | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const open1 = (proposal: ProposalView, as: Open['as'] = null) => setOpen({ ids: [proposal.id], as });
  const mine = proposals.filter(({ mayDecide }) => mayDecide);
  const selected = mine.filter(({ id }) => chosen.has(id));
  const opened = open === null ? [] : proposals.filter(({ id }) => open.ids.includes(id));
  const toggle = ({ id }: ProposalView) =>
    setChosen((before) =>
      before.has(id) ? new Set([...before].filter((each) => each !== id)) : new Set([...before, id]),
    );
  const all = (
    <Tick
      label={t('outcomes.selectAll')}
      checked={mine.length > 0 && selected.length === mine.length}
      partly={selected.length > 0 && selected.length < mine.length}
      change={() => setChosen(selected.length === mine.length ? new Set() : new Set(mine.map(({ id }) => id)))}
    />
  );
  const tick = (row: ProposalView): ReactNode =>
    row.mayDecide ? (
      <Tick
        label={t('outcomes.selectOne', { name: row.agent.name, kind: t(`outcomes.kinds.${row.kind}`) })}
        checked={chosen.has(row.id)}
        change={() => toggle(row)}
      />
    ) : null;
  const kind = (row: ProposalView) => (
    <span className={`outcome-kind outcome-kind-${row.kind}`}>{t(`outcomes.kinds.${row.kind}`)}</span>
  );
  const what = (row: ProposalView) => (
    <>
      {row.supported ? null : <span className="fault">{t('outcomes.fell')} </span>}
      {row.replaced ? <span className="quiet">{t('outcomes.replaced')} </span> : null}
      {row.decided === null ? says(row.suggestion) : <Granted proposal={row} />}
    </>
  );
  const amount = (row: ProposalView) => {
    if (row.amount?.status === 'lacking')
      return <b className="outcome-lacks">{t(`outcomes.lacking.${row.amount.lack}`)}</b>;
    const fen = amountFenOf(row);
    return <span className="figure">{money(fen)}</span>;
  };
  const basis = ({ basis }: ProposalView) => {
    const last = basis.at(-1);
    return last
      ? [
          last.period === period ? '' : periodName(last.period, language),
          last.grade ? say(last.grade) : t('outcomes.unrated'),
          last.total === null ? '' : score(last.total),
        ]
          .filter(Boolean)
          .join(' · ')
      : absent;
  };
  const state = ({ state, decided }: ProposalView) => (
    <>
      {t(`outcomes.states.${state}`)}
      {decided ? <span className="quiet small"> {dayInTable(decided.at.slice(0, 10), language)}</span> : null}
    </>
  );
  const columns: TableColumn<ProposalView>[] = [
    ...(mine.length > 0
      ? [{ id: 'tick', title: t('outcomes.select'), head: all, width: 44, shown: 'always' as const, cell: tick }]
      : []),
    {
      ...{ id: 'person', title: t('outcomes.who'), width: 130, shown: 'always', sort: 'served' },
      cell: (row) => <b>{row.agent.name}</b>,
    },
    { ...{ id: 'team', title: t('outcomes.team'), width: 110 }, cell: (row) => row.agent.team },
    { ...{ id: 'kind', title: t('outcomes.kind'), width: 130, sort: 'served' }, cell: kind },
    { ...{ id: 'what', title: t('outcomes.what'), width: 420 }, cell: what },
    { ...{ id: 'amount', title: t('outcomes.amount'), width: 150, end: true, sort: 'served' }, cell: amount },
    { ...{ id: 'basis', title: t('outcomes.basis'), width: 200 }, cell: basis },
    { ...{ id: 'state', title: t('outcomes.state'), width: 110, sort: 'served' }, cell: state },
  ];
  return (
    <>
      {mine.length > 0 ? <KeysHint text={t('outcomes.keys')} /> : null}
      {done === null ? null : (
        <p className="notice" role="status">
          {done}
        </p>
      )}
      <Table
        name="outcomes"
        caption={`${t('outcomes.title')} ${periodName(period, language)}`}
        rows={proposals}
        columns={columns}
        rowKey={({ id }) => String(id)}
        open={open1}
        served={served}
        press={(event, row) => {
          const key = outcomeKey(event);
          if (key === null || !row.mayDecide) return false;
          if (key === 'select') toggle(row);
          else if (mayTake(row, key)) open1(row, key);
          return true;
        }}
        tools={
          <>
            {narrow ? <SortSelect served={served} /> : null}
            {narrow && mine.length > 0 ? (
              <span className="outcome-tick-all">
                {all} {t('outcomes.selectAll')}
              </span>
            ) : null}
            {selected.length > 0 ? (
              <span className="row outcome-bulk">
                <b>{t('outcomes.selected', { count: selected.length })}</b>
                {(['approved', 'declined'] as const).map((as) => (
                  <Button
                    key={as}
                    disabled={!selected.some((each) => mayTake(each, as))}
                    onClick={() => setOpen({ ids: selected.map(({ id }) => id), as })}
                  >
                    {as === 'approved' ? t('outcomes.approve') : t('outcomes.decline')}
                  </Button>
                ))}
                <button type="button" className="text-button" onClick={() => setChosen(new Set())}>
                  {t('outcomes.unselect')}
                </button>
              </span>
            ) : null}
          </>
        }
        narrow={(row) => (
          <div className="outcome-entry">
            {tick(row) ?? <span />}
            <button type="button" onClick={() => open1(row)}>
              <span>
                <b>{row.agent.name}</b> <span className="quiet small">{row.agent.team}</span>
              </span>
              <b className="figure">{amount(row)}</b>
              <span className="outcome-entry-what">
                {kind(row)} {what(row)}
              </span>
              <span className="quiet small">{basis(row)}</span>
              <span className="quiet small">{state(row)}</span>
            </button>
          </div>
        )}
      />
      <Suspense fallback={null}>
        {open !== null && opened.length > 0 ? (
          <DecideDrawer
            key={`${open.ids.join()} ${open.as}`}
            proposals={opened}
            as={open.as}
            take={(as) => setOpen({ ...open, as })}
            mayLook={mayLook}
            close={() => setOpen(null)}
            done={(count, as) => {
              setOpen(null);
              setChosen(new Set());
              setDone(t(as === 'approved' ? 'outcomes.approvedSome' : 'outcomes.declinedSome', { count }));
            }}
          />
        ) : null}
      </Suspense>
    </>
  );
}

interface TickProps {
  readonly label: string;
  readonly checked: boolean;
  readonly partly?: boolean;
  readonly change: () => void;
}

function Tick({ label, checked, partly = false, change }: TickProps) {
  return (
    <label className="outcome-tick">
      <span className="unseen">{label}</span>
      <input
        type="checkbox"
        checked={checked}
        ref={(box) => {
          if (box) box.indeterminate = partly;
        }}
        onChange={change}
      />
    </label>
  );
}

/** A list has no heads to sort by. */
function SortSelect({ served: { sorting, sortBy } }: { readonly served: OutcomeTableProps['served'] }) {
  const { t } = useReader();
  return (
    <Select
      aria-label={t('outcomes.sort')}
      value={sorting.column}
      onChange={(column) => sortBy?.({ column, down: column === 'amount' })}
      options={sortings.map((value) => ({ value, label: t(`outcomes.sortBy.${value}`) }))}
      popupMatchSelectWidth={false}
    />
  );
}
