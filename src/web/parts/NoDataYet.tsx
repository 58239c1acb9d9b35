import { getRouteApi, Link } from '@tanstack/react-router';
import { useReader } from '../text/language.ts';
import { Empty } from './Answer.tsx';

const app = getRouteApi('/app');

/** A company that has imported nothing: says what will be here, with the button that begins it. */
export function NoDataYet() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  return (
    <Empty title={t('overview.empty')} text={t('overview.emptyText')}>
      {me.permissions.includes('ingest.write') ? (
        <Link to="/data/upload" className="press">
          {t('overview.emptyAction')}
        </Link>
      ) : null}
    </Empty>
  );
}
