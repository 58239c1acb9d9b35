import '../data/data.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiKeys } from '../data/ApiKeys.tsx';
import { Erasures } from '../data/Erasures.tsx';
import { Fresh } from '../data/Fresh.tsx';
import { ImportDrawer } from '../data/ImportDrawer.tsx';
import { Imports } from '../data/Imports.tsx';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { freshnessQuery, importsQuery, inspectionProgressQuery } from '../queries.ts';
import { Progress } from '../rules/Progress.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/data');
const app = getRouteApi('/app');

export function DataPage() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const freshness = useQuery(freshnessQuery);
  const imports = useQuery(importsQuery);
  const inspection = useQuery(inspectionProgressQuery);
  const look = (id: string | undefined) =>
    navigate({ search: id === undefined ? {} : { import: id }, resetScroll: false });
  return (
    <>
      <PageHead title={t('data.title')}>
        <Link to="/calendar" className="press press-plain">
          {t('calendar.title')}
        </Link>
        {me.permissions.includes('ingest.write') ? (
          <Link to="/data/upload" className="press">
            {t('data.upload')}
          </Link>
        ) : null}
      </PageHead>
      <section className="section">
        <h2>{t('data.imports')}</h2>
        <Answer query={imports}>{(list) => <Imports imports={list.imports} look={look} />}</Answer>
      </section>
      <section className="section">
        <h2>{t('data.fresh')}</h2>
        <p className="quiet small">{t('data.freshText')}</p>
        <Answer query={freshness}>{(fresh) => <Fresh kinds={fresh.kinds} look={look} />}</Answer>
      </section>
      <section className="section">
        <h2>{t('rules.progress.title')}</h2>
        <p className="quiet small">{t('rules.progress.apart')}</p>
        <Answer query={inspection}>{(progress) => <Progress progress={progress} />}</Answer>
      </section>
      {me.permissions.includes('key.write') ? <ApiKeys /> : null}
      {me.permissions.includes('erasure.write') ? <Erasures /> : null}
      {search.import === undefined ? null : <ImportDrawer id={Number(search.import)} close={() => look(undefined)} />}
    </>
  );
}
