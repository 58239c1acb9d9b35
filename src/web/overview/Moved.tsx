import { Link } from '@tanstack/react-router';
import type { Overview } from '../../scores/schemas.ts';
import { periodName, score, signed } from '../format.ts';
import { useReader } from '../text/language.ts';

type Mover = Overview['movedUp'][number];

interface MovedProps {
  readonly overview: Overview;
  /** The plan that was chosen; without one each card opens by the person's own. */
  readonly plan: string | undefined;
}

export function Moved({ overview, plan }: MovedProps) {
  const { t, language } = useReader();
  const none = overview.movedUp.length + overview.movedDown.length === 0;
  const since =
    overview.previousPeriod === null
      ? null
      : t('overview.comparedWith', { period: periodName(overview.previousPeriod, language) });
  return (
    <section className="section">
      {none ? (
        <>
          <h2>{t('overview.up')}</h2>
          <p className="quiet">{t('overview.noMoves')}</p>
        </>
      ) : (
        <>
          <h2>
            {t('overview.up')} <span className="quiet small">{since}</span>
          </h2>
          <List people={overview.movedUp} overview={overview} plan={plan} />
          <h2 className="moved-second">
            {t('overview.down')} <span className="quiet small">{since}</span>
          </h2>
          <List people={overview.movedDown} overview={overview} plan={plan} />
        </>
      )}
      {overview.changedPlan > 0 ? (
        <p className="quiet small">{t('overview.changedPlan', { count: overview.changedPlan })}</p>
      ) : null}
      {overview.unrated.length > 0 ? (
        <details className="moved-second">
          <summary>
            {t('overview.unrated')} · {t('cards.count', { count: overview.unrated.length })}
          </summary>
          <Unrated overview={overview} />
        </details>
      ) : null}
    </section>
  );
}

function List({ people, overview, plan }: MovedProps & { readonly people: readonly Mover[] }) {
  return (
    <ul className="moved">
      {people.map((person) => (
        <li key={person.agentId}>
          <Link
            to="/scorecards/$agentId"
            params={{ agentId: person.agentId }}
            search={{ plan, period: overview.period }}
          >
            <span>
              {person.name} <span className="quiet small">{person.team}</span>
            </span>
            <span className="figure quiet">{score(person.previousTotal)} →</span>
            <span className="figure">{score(person.total)}</span>
            <b className="figure">{signed(person.change)}</b>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Unrated({ overview }: { readonly overview: Overview }) {
  const { say } = useReader();
  return (
    <ul className="unrated">
      {overview.unrated.map((person) => (
        <li key={person.agentId}>
          {person.name} <span className="quiet small">{person.team}</span>
          <span className="quiet"> {say(person.reason)}</span>
        </li>
      ))}
    </ul>
  );
}
