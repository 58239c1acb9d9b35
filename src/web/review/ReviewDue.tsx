import './review.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { dayInSentence } from '../format.ts';
import { reviewsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { duePlans } from './reviewView.ts';

const app = getRouteApi('/app');

/** On a plan's page: since when and why it is due for review. An aid: the page stands without it. */
export function ReviewDue({ plan }: { readonly plan: string }) {
  const { t, language } = useReader();
  const { me } = app.useRouteContext();
  const { data } = useQuery({ ...reviewsQuery, enabled: me.permissions.includes('review.read') });
  const due = data ? duePlans(data, plan) : [];
  if (due.length === 0) return null;
  return (
    <section className="notice review-waits">
      {due.map(({ occasion, title, day }) => (
        <p key={occasion}>
          {t('review.dueSince', { day: dayInSentence(day, language) })}
          {t('mark.colon')}
          {title} <Link to="/review">{t('review.see')}</Link>
        </p>
      ))}
    </section>
  );
}

/** On the overview: plans that wait for their review, and actions whose day has passed. */
export function ReviewAlerts() {
  const { t, say, language } = useReader();
  const { data } = useQuery(reviewsQuery);
  const due = data ? duePlans(data) : [];
  const late = data?.actions.filter(({ overdue }) => overdue) ?? [];
  if (due.length + late.length === 0) return null;
  return (
    <section className="section">
      <h2>{t('review.alertTitle')}</h2>
      <ul className="alerts">
        {due.map(({ occasion, title, day, plan }) => (
          <li key={`${occasion} ${plan.plan}`}>
            {t('review.alertPlan', { plan: say(plan.name), day: dayInSentence(day, language), title })}{' '}
            <Link to="/review">{t('review.see')}</Link>
          </li>
        ))}
        {late.map(({ id, department, owner, what, dueOn }) => (
          <li key={id}>
            <span className="red">
              {t('review.alertAction', { department, owner, what, day: dayInSentence(dueOn, language) })}
            </span>{' '}
            <Link to="/review" search={{ view: 'committee' }}>
              {t('review.see')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
