import '../metrics/metrics.css';
import { Link } from '@tanstack/react-router';
import { Log } from '../metrics/Log.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { useReader } from '../text/language.ts';

/** Every decision about definitions, the latest first. */
export function DefinitionLogPage() {
  const { t } = useReader();
  return (
    <>
      <p className="page-back">
        <Link to="/metrics">← {t('metrics.title')}</Link>
      </p>
      <PageHead title={t('metrics.log.title')} />
      <Log />
    </>
  );
}
