import './cycles.css';
import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import { useRef } from 'react';
import { AppealCount } from '../appeals/AppealCount.tsx';
import { useHereInSight } from '../parts/useHereInSight.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');

/** The pages of appraisal, each for whoever may see it; whoever sees no cycles finds theirs in the main row. */
export function AppraisalLinks() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const may = (permission: (typeof me.permissions)[number]) => me.permissions.includes(permission);
  const active = { className: 'here' };
  const row = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useHereInSight(row, pathname);
  if (!may('cycle.read')) return null;
  return (
    <nav className="appraisal-links" aria-label={t('cycles.nav')} ref={row}>
      <Link to="/cycles" activeProps={active}>
        {t('cycles.title')}
      </Link>
      {may('appeal.read') ? (
        <Link to="/appeals" activeProps={active}>
          {t('appeals.title')}
          {may('appeal.decide') ? <AppealCount /> : null}
        </Link>
      ) : null}
      {may('outcome.read') ? (
        <Link to="/outcomes" activeProps={active} {...(pathname === '/improvement' ? active : {})}>
          {t('outcomes.title')}
        </Link>
      ) : null}
      {may('skill.read') ? (
        <Link to="/skills" activeProps={active} activeOptions={{ includeSearch: false }}>
          {t('skills.title')}
        </Link>
      ) : null}
      {may('review.read') ? (
        <Link to="/review" activeProps={active} activeOptions={{ includeSearch: false }}>
          {t('review.title')}
        </Link>
      ) : null}
      {may('ledger.read') ? (
        <Link to="/ledger" activeProps={active}>
          {t('ledger.title')}
        </Link>
      ) : null}
    </nav>
  );
}
