import { getRouteApi, Link } from '@tanstack/react-router';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');

/** Proposals, payouts, and what was opened for improvement, for whom they are. */
export function OutcomeLinks() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  // An agent comes here from their card, and there is nothing beside it.
  if (me.role === 'agent') return null;
  const active = { className: 'here' };
  return (
    <nav className="row outcome-links" aria-label={t('outcomes.title')}>
      <Link to="/outcomes" activeProps={active} activeOptions={{ exact: true, includeSearch: false }}>
        {t('outcomes.links.proposals')}
      </Link>
      {me.permissions.includes('pay.read') ? (
        <Link to="/outcomes/pay" activeProps={active}>
          {t('outcomes.links.pay')}
        </Link>
      ) : null}
      {me.permissions.includes('improvement.read') ? (
        <Link to="/improvement" activeProps={active}>
          {t('outcomes.links.improvement')}
        </Link>
      ) : null}
    </nav>
  );
}
