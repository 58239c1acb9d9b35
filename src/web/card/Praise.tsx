import type { ScorecardPage } from '../../scores/schemas.ts';
import { useReader } from '../text/language.ts';

/** The first thing a judged person reads: what went well, and what would help most. */
export function Praise({ card }: { readonly card: ScorecardPage }) {
  const { t, say } = useReader();
  return (
    <div className="columns praise">
      <section className="section">
        <h2>{t('card.went')}</h2>
        {card.strengths.length === 0 ? <p className="quiet">{t('card.wentNone')}</p> : null}
        <ul>
          {card.strengths.map((strength) => (
            <li key={strength.item}>{say(strength.text)}</li>
          ))}
        </ul>
      </section>
      <section className="section">
        <h2>{t('card.lift')}</h2>
        {card.lifts.length === 0 ? <p className="quiet">{t('card.liftNone')}</p> : null}
        <ul>
          {card.lifts.map((lift) => (
            <li key={lift.item}>{say(lift.text)}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}
