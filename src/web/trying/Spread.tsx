import type { BackTest } from '../../scores/backTestSchemas.ts';
import { useReader } from '../text/language.ts';
import { pairedBins } from './tryView.ts';

const [height, base] = [140, 170];

/** Both distributions on one scale: a hollow column for the plan in force, a filled one for the plan tried. */
export function Spread({ result }: { readonly result: BackTest }) {
  const { t } = useReader();
  const bins = pairedBins(result);
  const tallest = Math.max(1, ...bins.flatMap(({ before, after }) => [before, after]));
  const width = 100 / Math.max(1, bins.length);
  const words = bins.map((bin) => t('try.distributionBar', { ...bin })).join(t('mark.semicolon'));
  const tall = (count: number) => (count / tallest) * height;
  return (
    <section className="section">
      <h2>{t('try.distribution')}</h2>
      <p className="try-legend small quiet">
        <i className="try-before" /> {t('try.inForce')} <i className="try-after" /> {t('try.tried')}
      </p>
      <svg className="try-spread" role="img" aria-label={`${t('try.distribution')}${t('mark.colon')}${words}`}>
        <line className="distribution-beam" x1="0" x2="100%" y1={base} y2={base} />
        {bins.map(({ from, before, after }, place) => (
          <g key={from}>
            <text
              x={`${place * width}%`}
              y={base + 18}
              textAnchor={place === 0 ? 'start' : 'middle'}
              className="try-axis"
            >
              {from}
            </text>
            {(
              [
                ['try-before', before, 0.12],
                ['try-after', after, 0.5],
              ] as const
            ).map(([side, count, inset]) =>
              count === 0 ? null : (
                <g key={side}>
                  <rect
                    className={side}
                    x={`${(place + inset) * width}%`}
                    width={`${0.36 * width}%`}
                    y={base - tall(count)}
                    height={tall(count)}
                  />
                  <text x={`${(place + inset + 0.18) * width}%`} y={base - tall(count) - 5} textAnchor="middle">
                    {count}
                  </text>
                </g>
              ),
            )}
          </g>
        ))}
      </svg>
      <p className="quiet small end">{t('try.distributionAxis')}</p>
    </section>
  );
}
