import './printSheet.css';
import { Fragment } from 'react';
import type { ScorecardItem, ScorecardPage } from '../../scores/schemas.ts';
import { absent, dayInSentence, periodName, roundHalfUp, score, weight, withUnit } from '../format.ts';
import { useReader } from '../text/language.ts';
import { blockFull, fullMark, unitOf } from './cardView.ts';
import { sheetSize, shownCharges } from './sheetView.ts';

/** The card as it is printed: all of it on one page of A4, with room for two signatures. On the screen it is not there. */
export function PrintSheet({ card }: { readonly card: ScorecardPage }) {
  return (
    <article className={`print-sheet print-${sheetSize(card)}`}>
      <Head card={card} />
      {card.items.length === 0 && card.madeFrom.length > 0 ? <Parts card={card} /> : <Items card={card} />}
      <Charges card={card} />
      <Foot card={card} />
    </article>
  );
}

function Head({ card }: { readonly card: ScorecardPage }) {
  const { t, language, say } = useReader();
  const { agent, plan, cycle, period } = card;
  const tier =
    agent.tier === 'junior' || agent.tier === 'mid' || agent.tier === 'senior' ? t(`tier.${agent.tier}`) : null;
  const state = cycle
    ? [
        t(`cycles.state.${cycle.state}`),
        cycle.publishedOn ? dayInSentence(cycle.publishedOn, language) : null,
        cycle.version === null ? null : t('sheet.frozen', { version: cycle.version }),
      ]
    : [t('cycles.state.draft')];
  return (
    <header>
      <div className="print-title">
        <b>{t('sheet.title')}</b>
        <span>
          {t('brand.name')} {t('brand.latin')}
        </span>
      </div>
      <div className="print-who">
        <div>
          <h1>{agent.name}</h1>
          <p>{[t('sheet.agent', { id: agent.agentId }), agent.team, agent.shop, tier].filter(Boolean).join(' · ')}</p>
          <p>
            {periodName(period, language)} · {say(plan.name)} · {t('plans.version', { version: plan.version })}
          </p>
          <p>{state.filter(Boolean).join(' · ')}</p>
        </div>
        <dl>
          <div>
            <dt>{t('card.total')}</dt>
            <dd className="print-total">{card.total === null ? t('card.unrated') : score(card.total)}</dd>
            <dd>{t('card.outOf', { full: weight(fullMark(card)) })}</dd>
          </div>
          <div>
            <dt>{t('card.grade')}</dt>
            <dd className="print-total">{card.grade ? say(card.grade) : absent}</dd>
          </div>
          <div>
            <dt>{t('card.coefficient')}</dt>
            <dd className="print-total">{card.coefficient === null ? absent : weight(card.coefficient)}</dd>
          </div>
        </dl>
      </div>
      {cycle?.meeting ? (
        <p>{t('sheet.meeting', { grade: cycle.meeting.computed ? say(cycle.meeting.computed) : absent })}</p>
      ) : null}
      {card.total === null ? <p>{say(card.sentence)}</p> : null}
      {card.vetoes.length > 0 ? (
        <p className="print-red">{t('card.redLine', { names: card.vetoes.map(say).join(t('mark.comma')) })}</p>
      ) : null}
    </header>
  );
}

function Items({ card }: { readonly card: ScorecardPage }) {
  const { t, say } = useReader();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('sheet.item')}</th>
          <th scope="col">{t('sheet.value')}</th>
          <th scope="col">{t('sheet.target')}</th>
          <th scope="col">{t('sheet.attainment')}</th>
          <th scope="col">{t('sheet.points')}</th>
          <th scope="col">{t('sheet.outOf')}</th>
        </tr>
      </thead>
      <tbody>
        {card.blocks.map((block) => {
          const track = card.tracks.find(({ id }) => id === block.track);
          return (
            <Fragment key={block.id}>
              <tr className="print-block">
                <th scope="rowgroup" colSpan={4}>
                  {track ? `${say(track.name)} · ` : ''}
                  {say(block.name)}
                </th>
                <td>{score(block.points)}</td>
                <td>{weight(blockFull(card, block))}</td>
              </tr>
              {card.items
                .filter((item) => item.block === block.id)
                .map((item) => (
                  <ItemRow key={item.id} item={item} />
                ))}
            </Fragment>
          );
        })}
        <tr className="print-sum">
          <th scope="row" colSpan={4}>
            {t('card.total')}
          </th>
          <td>{score(card.total)}</td>
          <td>{weight(fullMark(card))}</td>
        </tr>
      </tbody>
    </table>
  );
}

function ItemRow({ item }: { readonly item: ScorecardItem }) {
  const { t, language, say } = useReader();
  const unit = unitOf(item.unit);
  const value = withUnit(item.value, unit, language);
  const target =
    item.target === null && item.parts.length > 0
      ? item.parts.map((part) => `${say(part.name)} ${withUnit(part.target, unit, language)}`).join(' / ')
      : withUnit(item.target, unit, language);
  return (
    <tr>
      <th scope="row">{say(item.name)}</th>
      <td>
        {item.status === 'noData'
          ? t('sheet.noData')
          : item.status === 'lowSample'
            ? t('sheet.lowSample', { value, n: item.n })
            : value}
      </td>
      <td>{target}</td>
      <td>{item.attainment === null ? absent : `${roundHalfUp(`${Number(item.attainment) * 100}`, 1)}%`}</td>
      <td>{score(item.points)}</td>
      <td>{item.bonus ? t('sheet.bonus') : weight(item.effectiveWeight ?? item.weight)}</td>
    </tr>
  );
}

function Parts({ card }: { readonly card: ScorecardPage }) {
  const { t, language } = useReader();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">
            {t('sheet.period')} · {t('sheet.mean')}
          </th>
          <th scope="col">{t('card.total')}</th>
        </tr>
      </thead>
      <tbody>
        {card.madeFrom.map(({ period, total }) => (
          <tr key={period}>
            <th scope="row">{periodName(period, language)}</th>
            <td>{total === null ? t('card.unrated') : score(total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Charges({ card }: { readonly card: ScorecardPage }) {
  const { t, say } = useReader();
  const { shown, more } = shownCharges(card);
  if (card.items.length === 0) return null;
  return (
    <section>
      <h2>{t('sheet.deductions')}</h2>
      {shown.length === 0 ? <p>{t('sheet.noDeductions')}</p> : null}
      <ul>
        {shown.map(({ item, charge }) => (
          <li key={`${item.id} ${charge.incidentId} ${charge.day}`}>
            {charge.day} {say(item.name)} −{weight(charge.points)}
          </li>
        ))}
        {more > 0 ? <li>{t('sheet.moreDeductions', { count: more })}</li> : null}
      </ul>
    </section>
  );
}

function Foot({ card: { cycle } }: { readonly card: ScorecardPage }) {
  const { t } = useReader();
  return (
    <footer>
      <div className="print-signs">
        {(['agent', 'supervisor'] as const).map((who) => (
          <div key={who}>
            <b>{t(`sheet.signs.${who}`)}</b>
            <span>{t('sheet.sign')}</span>
            <span>{t('sheet.date')}</span>
          </div>
        ))}
      </div>
      {cycle === null || cycle.version === null ? (
        <p>
          {t(cycle === null || cycle.state === 'draft' || cycle.state === 'open' ? 'sheet.running' : 'sheet.otherPlan')}
        </p>
      ) : cycle.entry === null ? (
        <p>{t('sheet.noEntry')}</p>
      ) : (
        <p>
          {t('sheet.entry', { entry: cycle.entry })}
          <br />
          {t('sheet.proof')}
        </p>
      )}
    </footer>
  );
}
