import type { RoundPage } from '../../quality/calibration/schemas.ts';
import { useReader } from '../text/language.ts';
import { ranged } from './ranged.ts';

type Stats = NonNullable<RoundPage['stats']>;
type Ranged = { readonly value: number; readonly interval: [number, number] | null } | null;

/** How far the raters agree, who is strict, and on which items they differ: each with its interval. */
export function RoundStats({ round, stats }: { readonly round: RoundPage; readonly stats: Stats }) {
  const { t, say } = useReader();
  const names = new Map(round.raters.map(({ id, name }) => [id, name]));
  const items = new Map(round.rubric.categories.flatMap((each) => each.items).map((item) => [item.id, item.name]));
  const differing = stats.items.filter(({ same, of }) => same < of);
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
              <th className="end" title={t('quality.round.driftText')}>
                {t('quality.round.drift')}
              </th>
              <th className="end">{t('quality.round.accuracy')}</th>
            </tr>
          </thead>
          <tbody>
            {stats.raters.map(({ member, severity, drift, accuracy }) => (
              <tr key={member}>
                <td>{names.get(member) ?? member}</td>
                <td className="end figure">{ranged(severity, 2)}</td>
                <td className="end figure">{ranged(drift, 2)}</td>
                <td className="end figure">{accuracy ? `${accuracy.within} / ${accuracy.of}` : '—'}</td>
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
                <th className="end">{t('quality.round.itemAlpha')}</th>
                <th className="end">{t('quality.round.fleiss')}</th>
              </tr>
            </thead>
            <tbody>
              {differing.map(({ item, same, of, alpha, fleiss }) => (
                <tr key={item}>
                  <td>{say(items.get(item) ?? { zh: item, en: item })}</td>
                  <td className="end figure">
                    {same} / {of}
                  </td>
                  <td className="end figure">{ranged(alpha, 3)}</td>
                  <td className="end figure">{ranged(fleiss, 3)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  );
}

function AgreementText({ stats: { alpha, pair } }: { readonly stats: Stats }) {
  const { t } = useReader();
  const filled = (each: NonNullable<Ranged>) => ({
    value: each.value.toFixed(3),
    low: each.interval?.[0].toFixed(3) ?? '',
    high: each.interval?.[1].toFixed(3) ?? '',
  });
  return (
    <>
      <p className="reading">
        {alpha === null
          ? t('quality.round.alphaNone')
          : t(alpha.interval ? 'quality.round.alpha' : 'quality.round.alphaOnly', filled(alpha))}
      </p>
      {pair?.interval ? <p className="quiet">{t('quality.round.pair', filled(pair))}</p> : null}
    </>
  );
}
