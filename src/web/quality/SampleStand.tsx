import { useQuery } from '@tanstack/react-query';
import type { SamplePage } from '../../quality/sampling/schemas.ts';
import { Answer } from '../parts/Answer.tsx';
import { sampleQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** How far a sample is, stratum by stratum, and what it says about all conversations. */
export function SampleStand({ id }: { readonly id: string }) {
  const { t } = useReader();
  const query = useQuery(sampleQuery(id));
  return (
    <Answer query={query}>
      {(sample) => (
        <>
          <h2>{sample.plan.name}</h2>
          <EstimateText estimate={sample.estimate} />
          {sample.unassigned > 0 ? (
            <p className="notice">{t('quality.sample.unassigned', { count: sample.unassigned })}</p>
          ) : null}
          <div className="scroll-x">
            <table className="spreads">
              <thead>
                <tr>
                  <th>{t('quality.sample.stratum')}</th>
                  {(['population', 'drawn', 'chance', 'done'] as const).map((word) => (
                    <th key={word} className="end">
                      {t(`quality.sample.${word}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {sample.strata.map(({ stratum, population, drawn, done }) => (
                  <tr key={stratum}>
                    <td>{stratumWords(stratum, t)}</td>
                    <td className="end figure">{population}</td>
                    <td className="end figure">{drawn}</td>
                    <td className="end figure">{((100 * drawn) / population).toFixed(1)}%</td>
                    <td className="end figure">{done}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {sample.strata.some(({ drawn }) => drawn === 0) ? (
            <p className="quiet small">{t('quality.sample.notDrawn')}</p>
          ) : null}
        </>
      )}
    </Answer>
  );
}

/** The class and the tier of a stratum are our words; what else it was divided by is the organisation's. */
function stratumWords(stratum: string, t: ReturnType<typeof useReader>['t']): string {
  const [kind = '', ...parts] = stratum.split(' · ');
  return [t(`quality.sample.rate.${kind}`, kind), ...parts.map((part) => t(`tier.${part}`, part))].join(' · ');
}

function EstimateText({ estimate }: { readonly estimate: SamplePage['estimate'] }) {
  const { t } = useReader();
  if (!estimate) return <p className="quiet">{t('quality.sample.noEstimate')}</p>;
  const { mean, interval, looked, population, covered, unweighted } = estimate;
  const filled = { mean: mean.toFixed(2), looked, population, covered: (100 * covered).toFixed(1) };
  // Scores end at 0 and 100, whatever the arithmetic of an interval says.
  const within = (value: number) => Math.min(100, Math.max(0, value)).toFixed(2);
  return (
    <section className="section">
      <h3>{t('quality.sample.estimate')}</h3>
      <p className="reading">
        {interval
          ? t('quality.sample.estimateText', { ...filled, low: within(interval[0]), high: within(interval[1]) })
          : t('quality.sample.estimateNoInterval', filled)}
      </p>
      <p className="quiet">{t('quality.sample.unweighted', { mean: unweighted.toFixed(2) })}</p>
    </section>
  );
}
