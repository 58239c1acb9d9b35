import type { ScorecardPage } from '../../scores/schemas.ts';
import { monthName, periodName, score } from '../format.ts';
import { useReader } from '../text/language.ts';
import { figureBelow, placeTrend, trendRuns } from './cardView.ts';

/** Room for the drawing inside its frame, in per cent: points never touch the edge. */
const inset = { left: 6, right: 6, top: 14, bottom: 8 };

export function Trend({ card }: { readonly card: ScorecardPage }) {
  const { t, language } = useReader();
  const others = card.trend.filter((point) => point.total !== null && point.plan !== card.plan.id);
  const rated = card.trend.filter((point) => point.total !== null);
  return (
    <section className="section trend">
      <h2>
        {t('card.trend')} <span className="quiet small">({t('unit.points')})</span>
      </h2>
      {rated.length < 2 ? <p className="quiet">{t('card.trendNone')}</p> : <Line card={card} />}
      {rated.length < 2 || others.length === 0 ? null : (
        <p className="quiet small">
          {t('card.trendPlans', {
            periods: others.map(({ period }) => periodName(period, language)).join(t('mark.comma')),
          })}
        </p>
      )}
    </section>
  );
}

function Line({ card }: { readonly card: ScorecardPage }) {
  const { t, language } = useReader();
  const { points, low, high } = placeTrend(card.trend);
  const x = (share: number) => inset.left + share * (100 - inset.left - inset.right);
  const y = (share: number) => 100 - inset.bottom - share * (100 - inset.top - inset.bottom);
  const ticks = Array.from({ length: (high - low) / 10 + 1 }, (_, place) => low + place * 10);
  const name = card.trend
    .map((point) =>
      t('card.trendPoint', {
        period: periodName(point.period, language),
        total: point.total === null ? t('card.unrated') : score(point.total),
      }),
    )
    .join(t('mark.semicolon'));
  return (
    <figure className="trend-figure">
      <div className="trend-axis" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ top: `${y((tick - low) / (high - low))}%` }}>
            {tick}
          </span>
        ))}
      </div>
      <svg role="img" aria-label={name}>
        {ticks.map((tick) => (
          <line
            key={tick}
            className="beam-rule"
            x1="0"
            x2="100%"
            y1={`${y((tick - low) / (high - low))}%`}
            y2={`${y((tick - low) / (high - low))}%`}
          />
        ))}
        {trendRuns(points).flatMap((run) =>
          run.slice(1).map((point, place) => {
            const before = run[place];
            return before && before.y !== null && point.y !== null ? (
              <line
                key={point.period}
                className="trend-line"
                x1={`${x(before.x)}%`}
                y1={`${y(before.y)}%`}
                x2={`${x(point.x)}%`}
                y2={`${y(point.y)}%`}
              />
            ) : null;
          }),
        )}
        {points.map((point, place) =>
          point.y === null || point.total === null ? null : (
            <g key={point.period}>
              <circle className="trend-point" cx={`${x(point.x)}%`} cy={`${y(point.y)}%`} r="4" />
              <text
                x={`${x(point.x)}%`}
                y={`${y(point.y)}%`}
                dy={figureBelow(points, place) ? 22 : -12}
                textAnchor="middle"
              >
                {score(String(point.total))}
              </text>
            </g>
          ),
        )}
      </svg>
      <div className="trend-months" aria-hidden="true">
        {points.map((point) => (
          <span key={point.period} style={{ left: `${x(point.x)}%` }}>
            {monthName(point.period, language)}
          </span>
        ))}
      </div>
    </figure>
  );
}
