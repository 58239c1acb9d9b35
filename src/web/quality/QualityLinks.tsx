import { getRouteApi, Link } from '@tanstack/react-router';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');

/** The other pages of inspection, for whom they are. */
export function QualityLinks() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const seesAll = me.scope.kind === 'all' && me.role !== 'agent';
  return (
    <nav className="row" aria-label={t('quality.title')}>
      {me.permissions.includes('sample.read') && seesAll ? (
        <Link to="/quality/samples">{t('quality.samples')}</Link>
      ) : null}
      {me.permissions.includes('calibration.read') && (seesAll || me.permissions.includes('inspection.write')) ? (
        <Link to="/quality/calibration">{t('quality.calibration')}</Link>
      ) : null}
      {me.permissions.includes('assistant.read') && seesAll ? (
        <Link to="/quality/assistant">{t('quality.assistantLink')}</Link>
      ) : null}
      <Link to="/quality/cases">{t('cases.title')}</Link>
      <Link to="/quality/rubrics">{t('quality.rubrics')}</Link>
    </nav>
  );
}
