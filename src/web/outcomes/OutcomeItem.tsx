import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ProposalView } from '../../outcomes/schemas.ts';
import { dayInTable, instantInTable, money, periodName, score } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { organisationQuery, outcomeEventsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { isOutside } from './outcomeView.ts';
import { useSuggestion } from './useSuggestion.ts';

/** A proposal: whose, what, by which rule, resting on which cards, and what was decided. */
export function OutcomeItem({ proposal, named = true }: { readonly proposal: ProposalView; readonly named?: boolean }) {
  const { t, say } = useReader();
  const says = useSuggestion();
  const { agent, kind, words, plan, proposed, suggestion, supported, replaced } = proposal;
  return (
    <>
      <p className="outcome-head">
        {named ? (
          <>
            <b>{agent.name}</b> <span className="quiet">{agent.team}</span>
          </>
        ) : null}{' '}
        <span className={`outcome-kind outcome-kind-${kind}`}>{t(`outcomes.kinds.${kind}`)}</span>
        {supported ? null : <span className="fault">{t('outcomes.fell')}</span>}
        {replaced ? <span className="quiet">{t('outcomes.replaced')}</span> : null}
      </p>
      <p className="outcome-says">
        {says(suggestion)} <Amount proposal={proposal} />
      </p>
      <Granted proposal={proposal} />
      <p className="quiet small outcome-basis">
        <span>
          {proposed.byHand
            ? t('outcomes.byHand', { name: proposed.by })
            : [
                words && kind !== 'incentive' ? say(words) : null,
                t('outcomes.byRule', { plan: say(plan.name), version: plan.version }),
              ]
                .filter(Boolean)
                .join(' · ')}
        </span>
        <Basis proposal={proposal} />
      </p>
    </>
  );
}

function Basis({ proposal: { agent, basis } }: { readonly proposal: ProposalView }) {
  const { t, say, language } = useReader();
  return (
    <span>
      {t('outcomes.basis')}
      {t('mark.colon')}
      {basis.map(({ period, grade, total }) => (
        <Link
          key={period}
          to="/scorecards/$agentId"
          params={{ agentId: agent.agentId }}
          search={{ period }}
          className="outcome-card"
        >
          {[
            periodName(period, language),
            grade ? say(grade) : t('outcomes.unrated'),
            total === null ? '' : score(total),
          ]
            .join(' ')
            .trim()}
        </Link>
      ))}
    </span>
  );
}

function Amount({ proposal: { amount } }: { readonly proposal: ProposalView }) {
  const { t } = useReader();
  if (amount === null) return null;
  if (amount.status === 'lacking') return <b className="outcome-lacks">{t(`outcomes.lacks.${amount.lack}`)}</b>;
  return (
    <>
      <b className="figure">{money(amount.amountFen)}</b>
      {amount.baseFen === null ? null : (
        <span className="quiet small"> {t('outcomes.amountOf', { base: money(amount.baseFen) })}</span>
      )}
    </>
  );
}

/** What was decided, by whom and why. */
export function Granted({ proposal }: { readonly proposal: ProposalView }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const { decided, kind, state } = proposal;
  if (!decided) return null;
  const { percent, toTier, title, endsOn, amountFen } = decided.decision;
  const granted = [
    percent === undefined
      ? null
      : t('outcomes.granted.percent', { percent }) + (isOutside(proposal) ? t('outcomes.granted.outside') : ''),
    toTier === undefined ? null : t('outcomes.granted.toTier', { tier: t(`tier.${toTier}`) }),
    title ?? null,
    amountFen === undefined ? null : money(amountFen),
    endsOn === undefined ? null : t('outcomes.granted.endsOn', { day: dayInTable(endsOn, language) }),
  ].filter((each) => each !== null);
  return (
    <p className={`outcome-decided outcome-${state}`}>
      <b className={kind === 'honour' || kind === 'star' ? 'outcome-gold' : ''}>
        {[t(`outcomes.states.${state}`), ...granted].join(' · ')}
      </b>{' '}
      <span className="quiet">
        {t('outcomes.decidedBy', {
          ...{ name: decided.by, reason: decided.reason },
          at: instantInTable(decided.at, organisation.timeZone, language),
        })}
      </span>
    </p>
  );
}

/** Everything that happened to a proposal. */
export function History({ id }: { readonly id: number }) {
  const { t, language } = useReader();
  const says = useSuggestion();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const query = useQuery(outcomeEventsQuery(id));
  return (
    <Answer query={query}>
      {({ events }) => (
        <ol className="outcome-history small">
          {events.map(({ at, what, by, reason, before }) => (
            <li key={`${at} ${what}`}>
              <span className="figure quiet">{instantInTable(at, organisation.timeZone, language)}</span>{' '}
              {[t(`outcomes.events.${what}`), by, reason, before ? t('outcomes.before', { text: says(before) }) : '']
                .filter((word) => word !== '')
                .join(' · ')}
            </li>
          ))}
        </ol>
      )}
    </Answer>
  );
}
