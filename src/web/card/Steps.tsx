import type { ScorecardPage } from '../../scores/schemas.ts';
import { useReader } from '../text/language.ts';

/** The arithmetic line by line, as one would key it in. */
export function Steps({ card }: { readonly card: ScorecardPage }) {
  const { t, say } = useReader();
  return (
    <section className="section">
      <h2>{t('card.steps')}</h2>
      <p className="quiet small">{t('card.stepsText')}</p>
      <ol className="tape">
        {card.steps.map((step) => (
          <li key={`${step.kind} ${step.item} ${step.text.en}`} className={`tape-${step.kind}`}>
            {say(step.text)}
          </li>
        ))}
      </ol>
    </section>
  );
}
