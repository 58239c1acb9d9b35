import type { Funnel } from '../../metrics/comparisonSchemas.ts';
import { figure, separated, type Unit, withUnit } from '../format.ts';
import { useReader } from '../text/language.ts';
import { placeFunnel } from './funnelView.ts';

/** Everybody as a point by volume and figure, within limits that narrow as the volume grows. Filled points lie outside 95%. */
export function FunnelChart({
  funnel,
  title,
  unit,
  denominator,
  nameOf,
}: {
  readonly funnel: Funnel;
  readonly title: string;
  readonly unit: Unit;
  readonly denominator: string;
  readonly nameOf: (agentId: string) => string;
}) {
  const { t, language } = useReader();
  const { x, y, line } = placeFunnel(funnel);
  const shown = (value: number) => withUnit(value.toFixed(6), unit, language);
  const unitWord = withUnit('0', unit, language).replace(/^[\d.]+\s*/, '') || t('funnel.value');
  const down = (value: number) => `${(1 - y.at(value)) * 100}%`;
  const across = (value: number) => `${x.at(value) * 100}%`;
  return (
    <figure className="funnel">
      <figcaption>
        <h2>{t('funnel.chart', { metric: title })}</h2>
        <p className="quiet small">{t('funnel.axisValue', { metric: title, unit: unitWord })}</p>
      </figcaption>
      <div className="funnel-plot">
        <div className="funnel-values" aria-hidden="true">
          {y.ticks.map((tick) => (
            <span key={tick} style={{ top: down(tick) }}>
              {figure(tick.toFixed(6), unit)}
            </span>
          ))}
        </div>
        <div className="funnel-field">
          <svg
            role="img"
            aria-label={t('funnel.chart', { metric: title })}
            viewBox="0 0 1000 1000"
            preserveAspectRatio="none"
          >
            {y.ticks.map((tick) => (
              <line
                key={tick}
                className="beam-rule"
                x1="0"
                x2="1000"
                y1={(1 - y.at(tick)) * 1000}
                y2={(1 - y.at(tick)) * 1000}
              />
            ))}
            {(['low95', 'high95'] as const).map((limit) => (
              <polyline key={limit} className="funnel-95" points={line(limit)} />
            ))}
            {(['low998', 'high998'] as const).map((limit) => (
              <polyline key={limit} className="funnel-998" points={line(limit)} />
            ))}
            <line
              className="funnel-centre"
              x1="0"
              x2="1000"
              y1={(1 - y.at(funnel.centre)) * 1000}
              y2={(1 - y.at(funnel.centre)) * 1000}
            />
          </svg>
          <svg className="funnel-points" aria-hidden="true">
            {funnel.points.map(({ agentId, value, volume, place }) => (
              <circle key={agentId} className={`funnel-${place}`} cx={across(volume)} cy={down(value)} r="5">
                <title>
                  {t('funnel.point', { name: nameOf(agentId), value: shown(value), volume: Math.round(volume) })}
                </title>
              </circle>
            ))}
          </svg>
          <span className="funnel-name" style={{ top: down(funnel.centre) }}>
            {t('funnel.centre', { value: shown(funnel.centre) })}
          </span>
        </div>
        <div className="funnel-volumes" aria-hidden="true">
          {x.ticks.map((tick) => (
            <span key={tick} style={{ left: across(tick) }}>
              {separated(String(tick))}
            </span>
          ))}
        </div>
      </div>
      <p className="quiet small end">{t('funnel.axisVolume', { denominator })}</p>
      <p className="funnel-legend quiet small">
        <i className="funnel-key-95" /> {t('funnel.limit95')} <i className="funnel-key-998" /> {t('funnel.limit998')}{' '}
        <i className="funnel-key-in" /> {t('funnel.within')} <i className="funnel-key-out" /> {t('funnel.outside95')}{' '}
        <i className="funnel-key-far" /> {t('funnel.outside998')}
      </p>
    </figure>
  );
}
