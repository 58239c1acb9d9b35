import '../signals/signals.css';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Segmented, Select } from 'antd';
import { lazy, Suspense } from 'react';
import type { SignalsPage as Page } from '../../insights/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { instantInTable, periodName } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { NoDataYet } from '../parts/NoDataYet.tsx';
import { offeredPeriods } from '../parts/offeredPeriods.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { organisationQuery, signalsQuery } from '../queries.ts';
import { FindingText, type Look, PersonName } from '../signals/FindingText.tsx';
import { SignalSection } from '../signals/SignalSection.tsx';
import { byAgent, bySignal } from '../signals/signalsView.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/signals');
const RecordDrawer = lazy(() => import('../signals/RecordDrawer.tsx'));

/** What is worth a look, by signal or by agent; never who is to blame. */
export function SignalsPage() {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const { period: asked, by, session, ticket } = route.useSearch();
  const navigate = route.useNavigate();
  const period = asked ?? organisation.defaultPeriod;
  const change = (search: Partial<Record<'period' | 'by' | 'session' | 'ticket', string | undefined>>) =>
    navigate({ search: (before) => ({ ...before, ...search }), replace: true });
  if (period === null) {
    return (
      <>
        <PageHead title={t('signals.title')} />
        <NoDataYet />
      </>
    );
  }
  const look: Look = (record) => change({ session: undefined, ticket: undefined, ...record });
  return (
    <>
      <PageHead
        title={t('signals.title')}
        pickers={
          <>
            <Select
              aria-label={t('pick.period')}
              value={period}
              onChange={(chosen) => change({ period: chosen })}
              options={offeredPeriods(organisation.periods, period).map((each) => ({
                value: each,
                label: periodName(each, language),
              }))}
              popupMatchSelectWidth={false}
              className="pick-period"
            />
            <Segmented
              aria-label={t('signals.view')}
              value={by === 'agent' ? 'agent' : 'signal'}
              onChange={(view) => change({ by: view === 'agent' ? 'agent' : undefined })}
              options={[
                { value: 'signal', label: t('signals.bySignal') },
                { value: 'agent', label: t('signals.byAgent') },
              ]}
            />
          </>
        }
      />
      <p className="reading signals-care">{t('signals.care')}</p>
      <Found period={period} people={by === 'agent'} look={look} />
      <Suspense fallback={null}>
        {session || ticket ? <RecordDrawer session={session} ticket={ticket} look={look} /> : null}
      </Suspense>
    </>
  );
}

function Found({ period, people, look }: { readonly period: string; readonly people: boolean; readonly look: Look }) {
  const { t, language } = useReader();
  const query = useQuery(signalsQuery(period));
  return (
    <Answer
      query={query}
      empty={(page) =>
        page.run === null ? (
          <Empty
            title={t('signals.notRun', { period: periodName(period, language) })}
            text={page.mayChange ? t('signals.notRunText') : t('signals.notRunWait')}
          >
            {page.mayChange ? <LookAgain period={period} word={t('signals.run')} /> : null}
          </Empty>
        ) : null
      }
    >
      {(page) => (
        <>
          <Run page={page} />
          {people ? <People page={page} look={look} /> : <Signals page={page} look={look} />}
        </>
      )}
    </Answer>
  );
}

/** When this was looked for, how long it took, and the button that looks again. */
function Run({ page }: { readonly page: Page }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const when = (instant: string) => instantInTable(instant, organisation.timeZone, language);
  const { run, nightly } = page;
  if (!run) return null;
  return (
    <div className="row spread signals-run">
      <p className="quiet">
        {t('signals.ran', {
          version: run.version,
          at: when(run.checkedAt),
          seconds: (run.durationMs / 1000).toFixed(1),
        })}{' '}
        {nightly?.failure
          ? t('signals.nightlyFailed', { at: when(nightly.startedAt) })
          : nightly?.durationMs != null
            ? t('signals.nightly', {
                at: when(nightly.startedAt),
                seconds: (nightly.durationMs / 1000).toFixed(1),
              })
            : t('signals.nightlyNever')}
      </p>
      {page.mayChange ? <LookAgain period={page.period} word={t('signals.again')} /> : null}
    </div>
  );
}

function LookAgain({ period, word }: { readonly period: string; readonly word: string }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const run = useMutation({
    mutationFn: () => send<Page>('POST', '/api/signals/runs', { period }),
    onSuccess: (page) => client.setQueryData(signalsQuery(period).queryKey, page),
  });
  return (
    <>
      <button type="button" className="press press-plain" disabled={run.isPending} onClick={() => run.mutate()}>
        {run.isPending ? t('signals.running') : word}
      </button>
      {run.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(run.error, language) ?? t('state.broken')}
        </p>
      ) : null}
    </>
  );
}

function Signals({ page, look }: { readonly page: Page; readonly look: Look }) {
  return (
    <ul className="signals">
      {bySignal(page).map(({ signal, findings }) => (
        <li key={signal.id}>
          <SignalSection signal={signal} findings={findings} page={page} look={look} />
        </li>
      ))}
    </ul>
  );
}

function People({ page, look }: { readonly page: Page; readonly look: Look }) {
  const { t, say } = useReader();
  const people = byAgent(page);
  if (people.length === 0) return <p className="reading">{t('signals.nobody')}</p>;
  return (
    <ul className="signals">
      {people.map((person) => (
        <li key={person.agentId}>
          <h2 className="signals-person">
            <PersonName finding={person} period={page.period} />
          </h2>
          {person.findings.map(({ signal, finding }) => (
            <div key={signal.id} className="signals-finding">
              <h3>{say(signal.name)}</h3>
              <FindingText finding={finding} look={look} />
              <p className="quiet">
                {t('signals.innocent')}
                {say(signal.innocent)}
              </p>
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
