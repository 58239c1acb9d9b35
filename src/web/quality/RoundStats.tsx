import type { RoundPage } from '../../quality/calibration/schemas.ts';
import { useReader } from '../text/language.ts';
import { fixed, ranged } from './ranged.ts';

type Stats = NonNullable<RoundPage['stats']>;
type Ranged = { readonly value: number; readonly interval: [number, number] | null } | null;

/** How far the raters agree, who is strict, and on which items they differ: each with its interval. */
export function RoundStats({ round, stats }: { readonly round: RoundPage; readonly stats: Stats }) {
  const { t, say } = useReader();
  const names = new Map(round.raters.map(({ id, name }) => [id, name]));
  const items = new Map(round.rubric.categories.flatMap((each) => each.items).map((item) => [item.id, item.name]));
  const differing = stats.items.filter(({ same, of }) => same < of);
  const ofTwo = stats.raters.length === 2;
  return (
    <section className="section">
      <h3>{t('quality.round.agreement')}</h3>
      <AgreementText stats={stats} />
      <div className="scroll-x">
        <table className="spreads">
          <thead>
            <tr>
              <th>{t('quality.round.rater')}</th>
              <th className="end" title={t('quality.round.severityText')}>
                {t('quality.round.severity')}
              </th>
              <th className="end">{t('quality.round.overall')}</th>
              <th className="end" title={t('quality.round.driftText')}>
                {t('quality.round.drift')}
              </th>
              <th className="end">{t('quality.round.accuracy')}</th>
            </tr>
          </thead>
          <tbody>
            {stats.raters.map(({ member, severity, overall, accuracy }) => (
              <tr key={member}>
                <td>{names.get(member) ?? member}</td>
                <td className="end figure">{ranged(severity, 2)}</td>
                <td className="end figure">
                  {ranged(overall.severity, 2)}{' '}
                  <span className="quiet">{t('quality.round.ofRounds', { count: overall.rounds })}</span>
                </td>
                <td className="end figure">{ranged(overall.drift, 2)}</td>
                <td className="end figure">
                  {accuracy ? `${accuracy.within} / ${accuracy.of}` : '—'}
                  {accuracy?.interval ? (
                    <span className="quiet">
                      {' '}
                      {t('quality.round.percents', {
                        low: Math.round(100 * accuracy.interval[0]),
                        high: Math.round(100 * accuracy.interval[1]),
                      })}
                    </span>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet small">
        {t('quality.round.severityText')}
        {t('mark.semicolon')}
        {t('quality.round.driftText')}
        {t('mark.stop')}
      </p>
      {differing.length > 0 ? (
        <div className="scroll-x">
          <table className="spreads">
            <thead>
              <tr>
                <th>{t('quality.round.item')}</th>
                <th className="end">{t('quality.round.same')}</th>
                <th className="end">{t('quality.round.nominal')}</th>
                <th className="end">{t('quality.round.ordinal')}</th>
                {ofTwo ? <KappaHeads /> : <th className="end">{t('quality.round.fleiss')}</th>}
              </tr>
            </thead>
            <tbody>
              {differing.map(({ item, same, of, nominal, alpha, fleiss, cohen }) => (
                <tr key={item}>
                  <td>{say(items.get(item) ?? { zh: item, en: item })}</td>
                  <td className="end figure">
                    {same} / {of}
                  </td>
                  <td className="end figure">{ranged(nominal, 3)}</td>
                  <td className="end figure">{ranged(alpha, 3)}</td>
                  {ofTwo ? <KappaCells of={cohen} /> : <td className="end figure">{ranged(fleiss, 3)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {stats.pairs.length > 0 ? (
        <details className="finished-more" open={ofTwo}>
          <summary>{t('quality.round.pairs')}</summary>
          <div className="scroll-x">
            <table className="spreads">
              <thead>
                <tr>
                  <th>{t('quality.round.pair')}</th>
                  <th className="end">{t('quality.round.shared')}</th>
                  <KappaHeads />
                </tr>
              </thead>
              <tbody>
                {stats.pairs.map(({ first, second, shared, ...kappas }) => (
                  <tr key={`${first} ${second}`}>
                    <td>{[first, second].map((id) => names.get(id) ?? id).join(' · ')}</td>
                    <td className="end figure">{shared}</td>
                    <KappaCells of={kappas} />
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      ) : null}
    </section>
  );
}

function KappaHeads() {
  const { t } = useReader();
  return (
    <>
      <th className="end">{t('quality.round.plain')}</th>
      <th className="end">{t('quality.round.linear')}</th>
      <th className="end">{t('quality.round.quadratic')}</th>
    </>
  );
}

function KappaCells({ of }: { readonly of: Pick<Stats['pairs'][number], 'plain' | 'linear' | 'quadratic'> | null }) {
  return (
    <>
      <td className="end figure">{ranged(of?.plain ?? null, 3)}</td>
      <td className="end figure">{ranged(of?.linear ?? null, 3)}</td>
      <td className="end figure">{ranged(of?.quadratic ?? null, 3)}</td>
    </>
  );
}

function AgreementText({ stats: { alpha } }: { readonly stats: Stats }) {
  const { t } = useReader();
  const filled = (each: NonNullable<Ranged>) => ({
    value: fixed(each.value, 3),
    low: each.interval ? fixed(each.interval[0], 3) : '',
    high: each.interval ? fixed(each.interval[1], 3) : '',
  });
  return (
    <p className="reading">
      {alpha === null
        ? t('quality.round.alphaNone')
        : t(alpha.interval ? 'quality.round.alpha' : 'quality.round.alphaOnly', filled(alpha))}
    </p>
  );
}
