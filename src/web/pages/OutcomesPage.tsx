import '../outcomes/outcomes.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Segmented, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { proposalKinds, proposalStates } from '../../outcomes/proposal.ts';
import { decideAllInputSchema, type OutcomeList as List, type OutcomesQuery } from '../../outcomes/schemas.ts';
import { sortings } from '../../outcomes/sortProposals.ts';
import { AppraisalLinks } from '../cycles/AppraisalLinks.tsx';
import { periodName } from '../format.ts';
import { ApproveAll } from '../outcomes/ApproveAll.tsx';
import { OutcomeLinks } from '../outcomes/OutcomeLinks.tsx';
import { OutcomeTable } from '../outcomes/OutcomeTable.tsx';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { outcomesQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/outcomes');
const EnterProposal = lazy(() => import('../outcomes/EnterProposal.tsx'));

type Listed = OutcomesQuery['state'];
const listed: readonly Listed[] = [...proposalStates, 'all'];

/** What rules propose after publishing, and what people decided. */
export function OutcomesPage() {
  const { t, language } = useReader();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [entering, setEntering] = useState(false);
  const state = listed.find((each) => each === search.state) ?? 'proposed';
  const kind = proposalKinds.find((each) => each === search.kind);
  const sort = sortings.find((each) => each === search.sort) ?? 'kind';
  const order = search.order === 'down' ? 'down' : 'up';
  const asked = { period: search.period, state, kind, text: search.text };
  const query = useInfiniteQuery(outcomesQuery({ ...asked, sort, order }));
  const first = query.data?.pages[0];
  const change = (next: typeof search) => navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const countOf = (of: Listed) => sumOf(first?.counts.filter(isIn(of)) ?? []);
  const waiting = sumOf(first?.counts.filter((each) => each.state === 'proposed' && each.kind === kind) ?? []);
  const bulk = decideAllInputSchema.shape.kind.safeParse(kind);
  return (
    <>
      <PageHead
        title={t('outcomes.title')}
        pickers={
          first && first.period !== null ? (
            <>
              <Select
                aria-label={t('pick.period')}
                value={first.period}
                onChange={(period) => change({ period })}
                options={first.periods.map((value) => ({ value, label: periodName(value, language) }))}
                popupMatchSelectWidth={false}
                className="pick-period"
              />
              <Segmented<Listed>
                aria-label={t('outcomes.title')}
                value={state}
                onChange={(next) => change({ state: next === 'proposed' ? undefined : next })}
                options={listed.map((value) => ({
                  value,
                  label: `${t(`outcomes.states.${value}`)} ${countOf(value)}`,
                }))}
              />
            </>
          ) : null
        }
      >
        {first?.may.enter && first.period !== null ? (
          <Button onClick={() => setEntering(true)}>{t('outcomes.enter')}</Button>
        ) : null}
      </PageHead>
      <AppraisalLinks />
      <OutcomeLinks />
      <p className="reading outcome-lead">{t('outcomes.lead')}</p>
      {first && first.period !== null ? (
        <div className="outcome-find">
          <Kinds list={first} state={state} kind={kind} pick={(next) => change({ kind: next })} />
          <Search key={search.text} text={search.text ?? ''} change={(text) => change({ text })} />
        </div>
      ) : null}
      {first?.may.decide &&
      first.period !== null &&
      state === 'proposed' &&
      bulk.success &&
      !search.text &&
      query.hasNextPage ? (
        <ApproveAll key={`${first.period} ${kind}`} period={first.period} kind={bulk.data} count={waiting} />
      ) : null}
      <Answer
        query={query}
        empty={({ pages }) => {
          if (pages[0]?.proposals.length !== 0) return null;
          const why = first?.period === null ? 'unpublished' : search.text || kind ? 'found' : state;
          return <Empty title={t(`outcomes.none.${why}`)} text={t(`outcomes.noneText.${why}`)} />;
        }}
      >
        {({ pages }) =>
          first?.period == null ? null : (
            <OutcomeTable
              key={Object.values({ ...asked, period: first.period }).join(' ')}
              period={first.period}
              proposals={pages.flatMap(({ proposals }) => proposals)}
              mayLook={first.may.enter}
              served={{
                ...{ sorting: { column: sort, down: order === 'down' }, loading: query.isFetchingNextPage },
                more: query.hasNextPage ? query.fetchNextPage : undefined,
                sortBy: ({ column, down }) =>
                  change({ sort: column === 'kind' ? undefined : column, order: down ? 'down' : undefined }),
              }}
            />
          )
        }
      </Answer>
      <Suspense fallback={null}>
        {entering && first && first.period !== null ? (
          <EnterProposal period={first.period} close={() => setEntering(false)} />
        ) : null}
      </Suspense>
    </>
  );
}

const sumOf = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0);

const isIn =
  (state: Listed) =>
  (each: List['counts'][number]): boolean =>
    state === 'all' || each.state === state;

interface KindsProps {
  readonly list: List;
  readonly state: Listed;
  readonly kind: (typeof proposalKinds)[number] | undefined;
  readonly pick: (kind: string | undefined) => void;
}

/** Only kinds there are something of, each with how many. */
function Kinds({ list, state, kind, pick }: KindsProps) {
  const { t } = useReader();
  const counts = new Map<string, number>();
  for (const { kind: of, count } of list.counts.filter(isIn(state))) counts.set(of, count + (counts.get(of) ?? 0));
  const shown = proposalKinds.filter((each) => counts.has(each) || each === kind);
  return (
    <fieldset className="outcome-kinds">
      <legend className="unseen">{t('outcomes.kind')}</legend>
      <button type="button" aria-pressed={kind === undefined} onClick={() => pick(undefined)}>
        {t('outcomes.anyKind')}
      </button>
      {shown.map((each) => (
        <button key={each} type="button" aria-pressed={kind === each} onClick={() => pick(each)}>
          {t(`outcomes.kinds.${each}`)} {counts.get(each) ?? ''}
        </button>
      ))}
    </fieldset>
  );
}

function Search({ text, change }: { readonly text: string; readonly change: (text: string | undefined) => void }) {
  const { t } = useReader();
  const [typed, setTyped] = useState(text);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change(typed.trim() === '' ? undefined : typed.trim());
      }}
    >
      <input
        type="search"
        aria-label={t('outcomes.search')}
        placeholder={t('outcomes.search')}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </form>
  );
}
