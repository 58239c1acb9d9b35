import { Link } from '@tanstack/react-router';
import type { ScorecardPage } from '../../scores/schemas.ts';
import { Beam, BeamScale } from '../beam/Beam.tsx';
import { periodName, score } from '../format.ts';
import { useReader } from '../text/language.ts';

const full = 100;

interface MadeFromProps {
  readonly card: ScorecardPage;
  /** The plan that was chosen; without one each month opens by the plan it was under. */
  readonly plan: string | undefined;
}

/** The card of a quarter or a year: the months it is the mean of, each the way to its own card. */
export function MadeFrom({ card, plan }: MadeFromProps) {
  const { t, language } = useReader();
  const beam = (name: string, total: string | null, isTotal: boolean) => (
    <Beam
      weight={full}
      won={Number(total)}
      scored={total !== null}
      total={isTotal}
      name={
        total === null
          ? `${name}${t('mark.colon')}${t('card.unrated')}`
          : t('card.trendPoint', { period: name, total: score(total) })
      }
    />
  );
  return (
    <section className="section">
      <h2>{t('card.madeFrom')}</h2>
      <div className="points">
        {card.madeFrom.map((part) => (
          <div key={part.period} className="points-row">
            <Link
              className="points-name"
              to="/scorecards/$agentId"
              params={{ agentId: card.agent.agentId }}
              search={{ plan, period: part.period }}
            >
              {periodName(part.period, language)}
            </Link>
            <div className="points-beam">{beam(periodName(part.period, language), part.total, false)}</div>
            <span className="points-won figure">
              {part.total === null ? <span className="quiet">{t('card.unrated')}</span> : <b>{score(part.total)}</b>}
            </span>
          </div>
        ))}
        <div className="points-row points-total">
          <b className="points-name">{t('card.total')}</b>
          <div className="points-beam">{beam(t('card.total'), card.total, true)}</div>
          <span className="points-won figure">
            <b>{score(card.total)}</b> <span className="quiet">/ {full}</span>
          </span>
        </div>
        <div className="points-row points-scale" aria-hidden="true">
          <span className="points-name" />
          <div className="points-beam">
            <BeamScale scale={full} unit={t('unit.points')} />
          </div>
          <span className="points-won" />
        </div>
      </div>
    </section>
  );
}
