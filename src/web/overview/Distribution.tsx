import type { Overview } from '../../scores/schemas.ts';
import { useReader } from '../text/language.ts';
import { shownBins } from './overviewView.ts';

/** How the totals lie on the scale: one column every five points. */
export function Distribution({ bins }: { readonly bins: Overview['plans'][number]['distribution'] }) {
  const { t } = useReader();
  const shown = shownBins(bins);
  const tallest = Math.max(1, ...shown.map((bin) => bin.count));
  const width = 100 / Math.max(shown.length, 1);
  const last = shown.at(-1);
  const words = shown
    .filter((bin) => bin.count > 0)
    .map((bin) => t('overview.distributionBar', bin))
    .join(t('mark.semicolon'));
  return (
    <section className="distribution">
      <h2>
        {t('overview.distribution')} <span className="quiet small">({t('overview.distributionCount')})</span>
      </h2>
      <svg role="img" aria-label={`${t('overview.distribution')}${t('mark.colon')}${words}`}>
        <line className="distribution-beam" x1="0" x2="100%" y1="180" y2="180" />
        {shown.map((bin, place) => {
          const height = (bin.count / tallest) * 140;
          return (
            <g key={bin.from}>
              <line className="beam-mark" x1={`${place * width}%`} x2={`${place * width}%`} y1="180" y2="186" />
              <text
                x={`${place * width}%`}
                y="200"
                textAnchor={place === 0 ? 'start' : 'middle'}
                className="distribution-axis"
              >
                {bin.from}
              </text>
              {bin.count === 0 ? null : (
                <>
                  <rect
                    x={`${place * width + width * 0.12}%`}
                    width={`${width * 0.76}%`}
                    y={180 - height}
                    height={height}
                    className="distribution-bar"
                  />
                  <text x={`${(place + 0.5) * width}%`} y={180 - height - 6} textAnchor="middle">
                    {bin.count}
                  </text>
                </>
              )}
            </g>
          );
        })}
        {last ? (
          <>
            <line className="beam-mark" x1="100%" x2="100%" y1="180" y2="186" />
            <text x="100%" y="200" textAnchor="end" className="distribution-axis">
              {last.to}
            </text>
          </>
        ) : null}
      </svg>
      <p className="quiet small distribution-name">{t('overview.distributionAxis')}</p>
    </section>
  );
}
