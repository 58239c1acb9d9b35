import '../trying/trying.css';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Empty } from '../parts/Answer.tsx';
import { Failed } from '../parts/Failed.tsx';
import { NoDataYet } from '../parts/NoDataYet.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { runTry, type TryChoice } from '../trying/runTry.ts';
import { TryForm } from '../trying/TryForm.tsx';
import { TryResult } from '../trying/TryResult.tsx';

const route = getRouteApi('/app/try');

/** A plan on past periods beside the one in force; what is asked lives in the address, so that it can be sent to a colleague. */
export function TryPage() {
  const { t } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const { plan = organisation.defaultPlan, version, draft, against, periods } = route.useSearch();
  const navigate = route.useNavigate();
  const choice: TryChoice | null = periods === undefined ? null : { plan, version, draft, against, periods };
  return (
    <>
      <PageHead title={t('try.title')}>
        <Link to="/try/funnel">{t('try.toFunnel')}</Link>
      </PageHead>
      <p className="quiet">{t('try.text')}</p>
      {organisation.defaultPeriod === null ? (
        <NoDataYet />
      ) : (
        <>
          <TryForm
            key={JSON.stringify([plan, version, draft, against, periods])}
            asked={{ plan, version, draft, against, periods: periods ?? organisation.defaultPeriod }}
            run={(asked) => navigate({ search: () => asked })}
          />
          {choice ? <Running choice={choice} /> : <Empty title={t('try.choosePeriods')} text={t('try.chooseText')} />}
        </>
      )}
    </>
  );
}

const slowMs = 1000;

function Running({ choice }: { readonly choice: TryChoice }) {
  const { t } = useReader();
  const [progress, setProgress] = useState<{ done: number; of: number } | null>(null);
  const [slow, setSlow] = useState(false);
  const query = useQuery({
    queryKey: ['try', choice],
    queryFn: ({ signal }) => runTry(choice, (done, of) => setProgress({ done, of }), signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const waiting = query.isFetching;
  useEffect(() => {
    setSlow(false);
    const timer = setTimeout(() => setSlow(waiting), slowMs);
    return () => clearTimeout(timer);
  }, [waiting]);
  if (query.error) return <Failed error={query.error} reset={() => query.refetch()} />;
  if (query.data) return <TryResult choice={choice} result={query.data} />;
  return (
    <>
      {slow && progress ? (
        <p className="try-progress" role="status">
          <progress value={progress.done} max={progress.of} />{' '}
          {t('try.running', { done: progress.done + 1, of: progress.of })}
        </p>
      ) : null}
      <Waiting />
    </>
  );
}
