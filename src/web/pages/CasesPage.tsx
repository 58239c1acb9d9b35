import '../quality/quality.css';
import '../cases/cases.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Segmented, Select } from 'antd';
import { useState } from 'react';
import { caseReasons } from '../../quality/cases/proposeCases.ts';
import { strategies } from '../../quality/cases/strategies.ts';
import { CaseItem } from '../cases/CaseItem.tsx';
import { Propose } from '../cases/Propose.tsx';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { casesQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');
const route = getRouteApi('/app/quality/cases');
const views = ['templates', 'proposed'] as const;
type View = (typeof views)[number];

/** The library of service templates, and the conversations that are proposed for it. */
export function CasesPage() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const view = views.find((each) => each === search.view) ?? 'templates';
  const strategy = strategies.find((each) => each === search.strategy);
  const reason = caseReasons.find((each) => each === search.reason);
  const { text } = search;
  const query = useInfiniteQuery(
    casesQuery(view === 'templates' ? { view, text, strategy, reason } : { view, reason }),
  );
  const first = query.data?.pages[0];
  const isNarrowed = [text, strategy, reason].some((each) => each !== undefined);
  const change = (next: typeof search) => navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <>
      {me.permissions.includes('inspection.read') ? (
        <p className="page-back">
          <Link to="/quality">← {t('quality.back')}</Link>
        </p>
      ) : null}
      <PageHead
        title={t('cases.title')}
        pickers={
          <Segmented<View>
            aria-label={t('cases.title')}
            value={view}
            onChange={(next) => navigate({ search: next === 'templates' ? {} : { view: next }, replace: true })}
            options={views.map((value) => ({
              value,
              label: first ? `${t(`cases.view.${value}`)} ${first.counts[value]}` : t(`cases.view.${value}`),
            }))}
          />
        }
      />
      <p className="reading quality-lead">{t('cases.lead')}</p>
      {view === 'proposed' && first?.may.propose && first.weeks.length > 0 ? <Propose weeks={first.weeks} /> : null}
      <div className="cases-find">
        {view === 'templates' ? (
          <>
            <Search key={text} text={text ?? ''} change={(next) => change({ text: next })} />
            <Select
              aria-label={t('cases.strategy')}
              value={strategy ?? ''}
              onChange={(next) => change({ strategy: next === '' ? undefined : next })}
              popupMatchSelectWidth={false}
              style={{ minWidth: 150 }}
              options={[
                { value: '', label: t('cases.anyStrategy') },
                ...strategies.map((value) => ({ value, label: t(`cases.strategies.${value}`) })),
              ]}
            />
          </>
        ) : null}
        <Select
          aria-label={t('cases.reason')}
          value={reason ?? ''}
          onChange={(next) => change({ reason: next === '' ? undefined : next })}
          popupMatchSelectWidth={false}
          style={{ minWidth: 130 }}
          options={[
            { value: '', label: t('cases.anyReason') },
            ...caseReasons.map((value) => ({ value, label: t(`cases.reasons.${value}`) })),
          ]}
        />
      </div>
      <Answer
        query={query}
        empty={({ pages }) => {
          if (pages[0]?.cases.length !== 0) return null;
          const kind = isNarrowed ? 'found' : view;
          const needed = pages[0].votesNeeded;
          return <Empty title={t(`cases.none.${kind}`)} text={t(`cases.noneText.${kind}`, { needed })} />;
        }}
      >
        {({ pages }) => (
          <>
            <ul className="cases">
              {pages.flatMap((page) => page.cases.map((of) => <CaseItem key={of.id} of={of} list={page} />))}
            </ul>
            {query.hasNextPage ? (
              <button type="button" className="press press-plain" onClick={() => query.fetchNextPage()}>
                {t('quality.more')}
              </button>
            ) : null}
          </>
        )}
      </Answer>
    </>
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
        aria-label={t('cases.search')}
        placeholder={t('cases.search')}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </form>
  );
}
