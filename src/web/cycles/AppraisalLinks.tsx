import { getRouteApi, Link } from '@tanstack/react-router';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');

/** The pages of appraisal, each for whoever may see it. */
export function AppraisalLinks() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const may = (permission: (typeof me.permissions)[number]) => me.permissions.includes(permission);
  const active = { className: 'here' };
  return (
    <nav className="appraisal-links" aria-label={t('cycles.nav')}>
      {may('cycle.read') ? (
        <Link to="/cycles" activeProps={active}>
          {t('cycles.title')}
        </Link>
      ) : null}
      {may('appeal.read') ? (
        <Link to="/appeals" activeProps={active}>
          {t('appeals.title')}
        </Link>
      ) : null}
    </nav>
  );
}
