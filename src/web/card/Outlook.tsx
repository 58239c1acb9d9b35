import type { Outlook as Found } from '../../scores/outlookSchemas.ts';
import type { ScorecardPage } from '../../scores/schemas.ts';
import { useReader } from '../text/language.ts';
import { placeRange } from './outlookView.ts';

/** Where the period may end, and whether the grade is sure; silent where there is nothing to say. */
export function Outlook({ card, outlook }: { readonly card: ScorecardPage; readonly outlook: Found | undefined }) {
  const { t, say } = useReader();
  if (!outlook || (!outlook.projection && !outlook.boundary && !outlook.total)) return null;
  const { projection, total } = outlook;
  return (
    <section className="section outlook">
      {projection ? (
        <>
          <h2>{t('outlook.projection')}</h2>
          <p>{say(projection.text)}</p>
          <Range card={card} low={projection.low} middle={projection.middle} high={projection.high} />
          <p className="quiet small">{t('outlook.projectionHow', { days: projection.historyDays })}</p>
        </>
      ) : null}
      {total && card.total !== null ? (
        <>
          <h2>{t('outlook.sure')}</h2>
          <p>
            {outlook.boundary
              ? say(outlook.boundary)
              : t('outlook.inside', { low: total[0].toFixed(2), high: total[1].toFixed(2) })}
          </p>
          <details>
            <summary className="quiet small">{t('outlook.how')}</summary>
            <p className="quiet small">{t('outlook.howText')}</p>
            {outlook.silent.length > 0 ? (
              <p className="quiet small">
                {t('outlook.silent', { names: outlook.silent.map(say).join(t('mark.comma')) })}
              </p>
            ) : null}
          </details>
        </>
      ) : null}
    </section>
  );
}

/** The 80% range on a scale of points, with the total so far as a tick. */
function Range({
  card,
  low,
  middle,
  high,
}: {
  readonly card: ScorecardPage;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}) {
  const { t } = useReader();
  const now = card.total === null ? null : Number(card.total);
  const { at, ticks } = placeRange([low, high, ...(now === null ? [] : [now])]);
  const name = t('outlook.rangeName', { low: low.toFixed(2), high: high.toFixed(2), now: card.total ?? '—' });
  return (
    <figure className="outlook-range">
      <svg role="img" aria-label={name}>
        <line className="outlook-rule" x1="0" x2="100%" y1="24" y2="24" />
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="beam-mark" x1={`${at(tick)}%`} x2={`${at(tick)}%`} y1="24" y2="30" />
            <text x={`${at(tick)}%`} y="44" textAnchor="middle">
              {tick}
            </text>
          </g>
        ))}
        <rect className="outlook-band" x={`${at(low)}%`} width={`${at(high) - at(low)}%`} y="14" height="10" />
        <line className="outlook-middle" x1={`${at(middle)}%`} x2={`${at(middle)}%`} y1="12" y2="26" />
        {now === null ? null : <circle className="outlook-now" cx={`${at(now)}%`} cy="19" r="4" />}
      </svg>
      <figcaption className="quiet small">{t('outlook.rangeCaption')}</figcaption>
    </figure>
  );
}
