import { Link } from '@tanstack/react-router';
import { useReader } from '../text/language.ts';

/** The pages on which people judge people. */
export function AssessLinks() {
  const { t } = useReader();
  return (
    <nav className="row" aria-label={t('assess.title')}>
      <Link to="/rounds">{t('rounds.title')}</Link>
      <Link to="/assessments/nominations">{t('assess.nominations')}</Link>
    </nav>
  );
}
