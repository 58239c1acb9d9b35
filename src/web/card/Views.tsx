import type { ScorecardPage } from '../../scores/schemas.ts';
import { Beam } from '../beam/Beam.tsx';
import { absent, score, weight } from '../format.ts';
import { useReader } from '../text/language.ts';

/** The card's items in the plan's other groups: one beam a group, as long as its share and as full as its score. */
export function Views({ card }: { readonly card: ScorecardPage }) {
  const { t, say } = useReader();
  if (card.total === null) return null;
  return card.views.map((view) => (
    <section key={view.id} className="section">
      <h2>{say(view.name)}</h2>
      <p className="quiet small">{t('card.viewText')}</p>
      <div className="points">
        {view.parts.map((part) => (
          <div key={part.id} className="points-row">
            <span className="points-name">{say(part.name)}</span>
            <div className="points-beam">
              <Beam
                weight={Number(part.weight)}
                won={part.score === null ? 0 : (Number(part.score) * Number(part.weight)) / 100}
                scored={part.score !== null}
                scale={Math.max(...view.parts.map((each) => Number(each.weight)))}
                name={`${say(part.name)}${t('mark.colon')}${part.score === null ? t('card.noScore') : score(part.score)}`}
              />
            </div>
            <span className="points-won figure">
              {part.score === null ? (
                <span className="quiet">{absent}</span>
              ) : (
                <b>{t('card.outOf100', { score: score(part.score) })}</b>
              )}{' '}
              <span className="quiet">{weight(part.weight)}%</span>
            </span>
          </div>
        ))}
      </div>
    </section>
  ));
}
