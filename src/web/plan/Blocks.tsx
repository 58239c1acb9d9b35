import type { PlanPage } from '../../scores/schemas.ts';
import { Beam } from '../beam/Beam.tsx';
import { Defined } from '../parts/Defined.tsx';
import { useReader } from '../text/language.ts';
import { itemWeight, plainAmount } from './planView.ts';
import { Silent } from './Silent.tsx';

/** What is measured and what it weighs: every beam as long as its weight, on the scale of the whole. */
export function Blocks({ page: { plan, explained } }: { readonly page: PlanPage }) {
  const { t, say } = useReader();
  return plan.blocks.map((block) => (
    <section key={block.id} className="section plan-block">
      <div className="row spread">
        <h2>{say(block.name)}</h2>
        <span className="figure">
          <span className="quiet">{t('plans.weight')}</span> <b>{plainAmount(block.weight)}</b>
        </span>
      </div>
      {block.values === 'latest' ? <p className="quiet small">{t('plans.latest')}</p> : null}
      {block.rec ? <Silent text={block.rec} /> : null}
      <ul>
        {block.items.map((item) => {
          const weight = itemWeight(item, block);
          const sentence = explained[item.id];
          return (
            <li key={item.id}>
              <span className="plan-item">
                <Defined metric={item.metric}>{say(item.name)}</Defined>
              </span>
              <Beam
                weight={Number(weight)}
                won={0}
                scale={Math.max(40, Number(plainAmount(block.weight)))}
                name={`${say(item.name)}${t('mark.colon')}${t('plans.weight')} ${weight}`}
              />
              <b className="figure plan-weight">{weight}</b>
              <div className="plan-how">
                {sentence ? <p>{say(sentence)}</p> : null}
                {item.rec ? <Silent text={item.rec} /> : null}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  ));
}
