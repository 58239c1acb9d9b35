import type { Plan } from '../../scores/planSchema.ts';
import type { PlanPage } from '../../scores/schemas.ts';
import { absent } from '../format.ts';
import { useReader } from '../text/language.ts';
import { Forms } from './Forms.tsx';
import { plainAmount } from './planView.ts';
import { Silent } from './Silent.tsx';

/** What the total means, and what holds besides the items. */
export function Rules({ page }: { readonly page: PlanPage }) {
  const { plan, rules } = page;
  const { t, say } = useReader();
  const items = plan.blocks.flatMap((block) => block.items);
  const inputs = new Map(plan.inputs.map((input) => [input.id, input]));
  const coefficient = (given: Plan['bands'][number]['coefficient']) => {
    if (typeof given === 'string') return plainAmount(given);
    const value = inputs.get(given.input)?.value;
    return value === undefined ? <span className="quiet">{t('plans.missingInput')}</span> : plainAmount(value);
  };
  return (
    <>
      <section className="section">
        <h2>{t('plans.bands')}</h2>
        <div className="scroll-x">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('card.grade')}</th>
                <th scope="col">{t('plans.bandRange')}</th>
                <th scope="col" className="end">
                  {t('plans.coefficient')}
                </th>
              </tr>
            </thead>
            <tbody>
              {plan.bands.map((band) => (
                <tr key={band.id}>
                  <td>
                    <b>{say(band.name)}</b>
                  </td>
                  <td>
                    {band.vetoOnly
                      ? t('plans.vetoOnly')
                      : band.to === undefined
                        ? t('plans.bandFrom', { from: plainAmount(band.from) })
                        : t('plans.bandBetween', { from: plainAmount(band.from), to: plainAmount(band.to) })}
                    {band.consequence ? <p className="quiet small">{say(band.consequence)}</p> : null}
                  </td>
                  <td className="end">{coefficient(band.coefficient)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {plan.inputs.length > 0 ? (
        <section className="section">
          <h2>{t('plans.inputs')}</h2>
          <ul className="plan-lines">
            {plan.inputs.map((input) => (
              <li key={input.id}>
                <b>{say(input.name)}</b>{' '}
                <span className="figure">
                  {input.value === undefined ? t('plans.missingInput') : plainAmount(input.value)}
                </span>{' '}
                <span className="quiet small">
                  {t('plans.inputRange', { min: plainAmount(input.min), max: plainAmount(input.max) })}
                </span>
                <p className="quiet">{say(input.about)}</p>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {plan.promotion ? (
        <section className="section">
          <h2>{t('plans.promotion')}</h2>
          <ul className="plan-lines">
            {plan.promotion.items.map(({ item, takesFrom }) => {
              const from = items.find((other) => other.id === takesFrom);
              return (
                <li key={item.id}>
                  {say(item.name)}
                  {t('mark.colon')}
                  {t('plans.promotionTakes', {
                    from: from ? say(from.name) : takesFrom,
                    weight: typeof item.weight === 'string' ? plainAmount(item.weight) : absent,
                  })}
                </li>
              );
            })}
            {plan.promotion.relax ? (
              <li>{t('plans.promotionRelax', { factor: plainAmount(plan.promotion.relax.factor) })}</li>
            ) : null}
          </ul>
          {plan.promotion.rec ? <Silent text={plan.promotion.rec} /> : null}
        </section>
      ) : null}
      {plan.vetoes.length > 0 ? (
        <section className="section">
          <h2>{t('plans.vetoes')}</h2>
          {(['lowestGrade', 'starDown'] as const).map((effect) => {
            const own = plan.vetoes.filter((veto) => (veto.effect ?? 'lowestGrade') === effect);
            return own.length === 0 ? null : (
              <div key={effect}>
                <p className="quiet">{t(`plans.vetoes_${effect}`)}</p>
                <p>{own.map((veto) => say(veto.name)).join(' · ')}</p>
              </div>
            );
          })}
        </section>
      ) : null}
      {plan.outcomes.length > 0 ? (
        <section className="section">
          <h2>{t('plans.outcomes')}</h2>
          <p className="quiet">{t('plans.outcomesText')}</p>
          <ul className="plan-lines">
            {plan.outcomes.map((outcome) => (
              <li key={outcome.id}>
                {say(outcome.text)}
                {outcome.rec ? <Silent text={outcome.rec} /> : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {rules
        .filter(({ id }) => id !== 'assessments')
        .map((rule) => (
          <section key={rule.id} className="section">
            <h2>{say(rule.title)}</h2>
            {rule.lines.map((line) => (
              <p key={line.en}>{say(line)}</p>
            ))}
            {rule.rec ? <Silent text={rule.rec} /> : null}
          </section>
        ))}
      <Forms page={page} />
      {plan.appeal ? (
        <section className="section">
          <h2>{t('plans.appeal')}</h2>
          <p>{say(plan.appeal.text)}</p>
        </section>
      ) : null}
      {plan.checklist.length > 0 ? (
        <section className="section">
          <h2>{t('plans.checklist')}</h2>
          <ul className="plan-lines">
            {plan.checklist.map((line) => (
              <li key={line.id}>{say(line.text)}</li>
            ))}
          </ul>
        </section>
      ) : null}
      {plan.notes.length > 0 ? (
        <section className="section">
          <h2>{t('plans.notes')}</h2>
          <ul className="plan-lines">
            {plan.notes.map((note) => (
              <li key={note.en}>{say(note)}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
