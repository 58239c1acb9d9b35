import type { Plan } from '../../scores/planSchema.ts';
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
      {block.track === undefined ? null : <TrackLine plan={plan} block={block} />}
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
        {block.replacedBy ? (
          <li>
            <span className="plan-item">
              <Defined metric={block.replacedBy.metric}>{say(block.replacedBy.name)}</Defined>
            </span>
            <span className="quiet">{t('plans.replaces')}</span>
            <b className="figure plan-weight">{plainAmount(block.weight)}</b>
            <div className="plan-how">
              {explained[block.replacedBy.id] ? (
                <p>{say(explained[block.replacedBy.id] ?? block.replacedBy.name)}</p>
              ) : null}
              {block.replacedBy.rec ? <Silent text={block.replacedBy.rec} /> : null}
            </div>
          </li>
        ) : null}
      </ul>
    </section>
  ));
}

/** What a point of the block is of the total, where parts of the total are scored out of 100 each. */
function TrackLine({ plan, block }: { readonly plan: Plan; readonly block: Plan['blocks'][number] }) {
  const { t, say } = useReader();
  const track = plan.tracks?.find(({ id }) => id === block.track);
  if (!track) return null;
  const first = plan.blocks.find((other) => other.track === block.track) === block;
  return (
    <>
      <p className="quiet small">{t('plans.track', { name: say(track.name), weight: plainAmount(track.weight) })}</p>
      {first && track.rec ? <Silent text={track.rec} /> : null}
    </>
  );
}
