import '../outcomes/outcomes.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ScorecardPage } from '../../scores/schemas.ts';
import { OutcomeItem } from '../outcomes/OutcomeItem.tsx';
import { approvedQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { warmthOf } from './warmth.ts';

const app = getRouteApi('/app');

/** What people approved for this person, honours in gold, and a badge that is for show. Nothing where there is neither. */
export function Approved({ card }: { readonly card: ScorecardPage }) {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  // An aid to reading: the card stands without it.
  const { data } = useQuery({ ...approvedQuery(card.agent.agentId), enabled: me.permissions.includes('outcome.read') });
  const warmth = warmthOf(card);
  const approved = data?.approved ?? [];
  if (approved.length === 0 && warmth === null) return null;
  const own = me.agentId === card.agent.agentId;
  return (
    <section className="section">
      <h2>{own ? t('outcomes.mine') : t('outcomes.theirs', { name: card.agent.name })}</h2>
      {data?.stars == null ? null : <p className="approved-gold">{t('outcomes.stars', { count: data.stars })}</p>}
      {warmth === null ? null : (
        <p>
          <span className="approved-gold">{t(`outcomes.warmth.${warmth}`)}</span>{' '}
          <span className="quiet small">{t('outcomes.warmthNote')}</span>
        </p>
      )}
      <ul className="approved">
        {approved.map((proposal) => (
          <li key={proposal.id}>
            <OutcomeItem proposal={proposal} named={false} />
            {proposal.kind === 'training' || proposal.kind === 'improvementPlan' ? (
              <Link to="/improvement">{t('outcomes.links.improvement')}</Link>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
