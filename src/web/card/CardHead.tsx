import type { ScorecardPage } from '../../scores/schemas.ts';
import { AppealRedLines, CardReceipt } from '../appeals/AppealLink.tsx';
import { absent, dayInSentence, periodName, score, signed, weight } from '../format.ts';
import { useReader } from '../text/language.ts';
import { fullMark } from './cardView.ts';
import { changeOf } from './scorecardTable.ts';

/** Whose card, of when, and what it came to: the total first, then what the plan makes of it. */
export function CardHead({ card }: { readonly card: ScorecardPage }) {
  const { t, language, say } = useReader();
  const { agent } = card;
  const tier =
    agent.tier === 'junior' || agent.tier === 'mid' || agent.tier === 'senior' ? t(`tier.${agent.tier}`) : null;
  const change = changeOf(card);
  const before = card.trend.at(-2)?.period;
  return (
    <header className="card-head">
      <div>
        <h1>{agent.name}</h1>
        <p className="quiet">{[agent.team, agent.shop, tier].filter(Boolean).join(' · ')}</p>
        <p className="quiet">
          {periodName(card.period, language)} · {say(card.plan.name)} ·{' '}
          {t('plans.version', { version: card.plan.version })}
        </p>
        {card.cycle ? (
          <p className="card-cycle small">
            {[
              t(`cycles.state.${card.cycle.state}`),
              card.cycle.publishedOn ? dayInSentence(card.cycle.publishedOn, language) : null,
              card.cycle.version !== null && card.cycle.version > 1
                ? t('cycles.version', { version: card.cycle.version })
                : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        ) : null}
      </div>
      <div className="card-total">
        {card.total === null ? (
          <b className="card-unrated">{t('card.unrated')}</b>
        ) : (
          <>
            <b>{score(card.total)}</b>
            <span className="quiet">{t('card.outOf', { full: weight(fullMark(card)) })}</span>
          </>
        )}
      </div>
      <dl className="card-facts">
        <div>
          <dt>{t('card.grade')}</dt>
          <dd>{card.grade ? say(card.grade) : absent}</dd>
          {card.cycle?.meeting ? (
            <dd className="quiet small">
              {t('sheet.meeting', { grade: card.cycle.meeting.computed ? say(card.cycle.meeting.computed) : absent })}
            </dd>
          ) : null}
        </div>
        <div>
          <dt>{t('card.coefficient')}</dt>
          <dd>{card.coefficient === null ? absent : weight(card.coefficient)}</dd>
        </div>
        {change === null || !before ? null : (
          <div>
            <dt>{t('cards.change')}</dt>
            <dd title={t('card.change', { period: periodName(before, language), change: signed(change) })}>
              {signed(change)}
            </dd>
          </div>
        )}
      </dl>
      {card.total === null ? <p className="card-sentence reading">{say(card.sentence)}</p> : null}
      {card.vetoes.length > 0 ? (
        <div className="notice notice-red">
          <p>{t('card.redLine', { names: card.vetoes.map(say).join(t('mark.comma')) })}</p>
          <AppealRedLines period={card.period} agent={agent.agentId} />
        </div>
      ) : null}
      <CardReceipt period={card.period} agent={agent.agentId} />
    </header>
  );
}
