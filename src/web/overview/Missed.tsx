import { useState } from 'react';
import type { Overview } from '../../scores/schemas.ts';
import { Beam } from '../beam/Beam.tsx';
import { unitOf } from '../card/cardView.ts';
import { roundHalfUp, withUnit } from '../format.ts';
import { Defined } from '../parts/Defined.tsx';
import { useReader } from '../text/language.ts';

const shownFirst = 10;

/** Where a team's own figure misses the target: a beam as long as the target, filled as far as it was reached. */
export function Missed({ overview }: { readonly overview: Overview }) {
  const { t, language, say } = useReader();
  const [all, setAll] = useState(false);
  const part = (priority: string | null) =>
    priority === null ? null : (
      <span className="quiet small"> {priority === 'urgent' ? t('evidence.urgent') : t('evidence.normal')}</span>
    );
  const rows = all ? overview.missed : overview.missed.slice(0, shownFirst);
  return (
    <section className="section">
      <h2>{t('overview.missed')}</h2>
      {overview.missed.length === 0 ? (
        <p className="quiet">{overview.rated === 0 ? t('overview.missedUnknown') : t('overview.missedNone')}</p>
      ) : null}
      <ul className="missed">
        {rows.map((row) => {
          const unit = unitOf(row.unit);
          const attained = `${roundHalfUp(String(Number(row.attainment) * 100), 1)}%`;
          return (
            <li key={`${row.team} ${row.plan.id} ${row.item} ${row.part ?? ''}`}>
              <span className="missed-what">
                <span className="quiet">{row.team}</span>{' '}
                {overview.plans.length > 1 ? <span className="quiet small">{say(row.plan.name)} </span> : null}
                <Defined metric={row.metric}>{say(row.name)}</Defined>
                {part(row.part)}
              </span>
              <span className="figure missed-value">
                <b>{withUnit(row.value, unit, language)}</b>{' '}
                <span className="quiet">
                  {t('overview.missedTarget')} {withUnit(row.target, unit, language)}
                </span>
              </span>
              <Beam
                weight={1}
                won={Math.min(1, Number(row.attainment))}
                scale={1}
                name={`${row.team} ${say(row.name)}${t('mark.colon')}${t('overview.missedAttainment')} ${attained}`}
              />
            </li>
          );
        })}
      </ul>
      {!all && overview.missed.length > shownFirst ? (
        <button type="button" className="text-button" onClick={() => setAll(true)}>
          {t('overview.missedMore', { count: overview.missed.length - shownFirst })}
        </button>
      ) : null}
    </section>
  );
}
