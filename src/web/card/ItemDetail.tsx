import type { ScorecardItem, Text } from '../../scores/schemas.ts';
import { AppealLink } from '../appeals/AppealLink.tsx';
import { absent, amount, periodName, roundHalfUp, score, weight, withUnit } from '../format.ts';
import { MeasuredBy } from '../rules/MeasuredBy.tsx';
import { useReader } from '../text/language.ts';
import { unitOf } from './cardView.ts';

const share = (attainment: string | null) =>
  attainment === null ? absent : `${roundHalfUp(`${Number(attainment) * 100}`, 1)}%`;

/** What was charged, one line an incident or day: points lost are hollow here as they are on the beam. */
/** Whose card, and of when. */
interface Whose {
  readonly period: string;
  readonly agent: string;
}

function Deductions({ item, whose }: { readonly item: ScorecardItem; readonly whose: Whose }) {
  const { t, say } = useReader();
  if (item.deductions.length === 0) return null;
  return (
    <>
      <p className="quiet">{t('card.deductions')}</p>
      <ul className="deductions">
        {item.deductions.map((each) => (
          <li key={`${each.incidentId} ${each.day}`}>
            <i className="deduction-mark" aria-hidden="true" />
            <span className="figure">{each.day}</span>{' '}
            <span>
              {each.incidentId === null ? t('card.deductedDay') : each.incidentId}
              {each.severity === null ? null : ` · ${t(`card.severity_${each.severity}`)}`}
            </span>{' '}
            <b className="figure">
              {each.chargedUnder === null
                ? t('card.deducted', { points: weight(each.points) })
                : t('card.chargedUnder', { name: say(each.chargedUnder) })}
            </b>{' '}
            {each.incidentId === null ? null : <AppealLink {...whose} kind="incident" subject={each.incidentId} />}
          </li>
        ))}
      </ul>
    </>
  );
}

/** One item in full: value, target in force and why, what was counted, and the way to the records. */
export function ItemDetail({
  item,
  whose,
  sure,
  openEvidence,
}: {
  readonly item: ScorecardItem;
  readonly whose: Whose;
  /** The interval of the figure, in words. */
  readonly sure: Text | null;
  readonly openEvidence: () => void;
}) {
  const { t, language, say } = useReader();
  const unit = unitOf(item.unit);
  const shownWeight = item.effectiveWeight === null ? weight(item.weight) : weight(item.effectiveWeight);
  return (
    <div className="detail">
      <p className="reading">{say(item.reason)}</p>
      {item.status === 'lowSample' ? <p className="quiet">{t('card.lowSample', { n: item.n })}</p> : null}
      {item.status === 'noData' ? <p className="quiet">{t('card.noData')}</p> : null}
      <dl className="detail-facts">
        <div>
          <dt>{t('card.value')}</dt>
          <dd className="figure">
            <b>{withUnit(item.value, unit, language)}</b>
          </dd>
          {item.standardised ? (
            <dd className="quiet small">{t('card.raw', { value: withUnit(item.standardised.raw, unit, language) })}</dd>
          ) : null}
          {sure ? <dd className="quiet small detail-sure">{say(sure)}</dd> : null}
        </div>
        <div>
          <dt>{t('card.inForce')}</dt>
          <dd className="figure">
            {item.target === null
              ? item.parts.length > 0
                ? t('card.parts')
                : absent
              : withUnit(item.target, unit, language)}
          </dd>
        </div>
        <div>
          <dt>{t('card.counted')}</dt>
          <dd className="figure">
            {amount(item.numerator)} / {amount(item.denominator)}
          </dd>
        </div>
        <div>
          <dt>{t('card.attainment')}</dt>
          <dd className="figure">{share(item.attainment)}</dd>
        </div>
        <div>
          <dt>{t('card.points')}</dt>
          <dd className="figure">
            {item.points === null ? t('card.noScore') : score(item.points)} / {shownWeight}
          </dd>
        </div>
      </dl>
      <p>
        <span className="quiet">
          {t('card.why')}
          {t('mark.colon')}
        </span>
        {say(item.targetWhy)}
      </p>
      {item.counted ? (
        <p>
          <span className="quiet">
            {t('card.countedBy')}
            {t('mark.colon')}
          </span>
          {say(item.counted)}
        </p>
      ) : null}
      <MeasuredBy metric={item.evidence.metric.replace(/:.*/, '')} period={item.evidence.period} />
      {item.parts.length > 0 ? (
        <div className="scroll-x">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('card.parts')}</th>
                <th scope="col" className="end">
                  {t('card.value')}
                </th>
                <th scope="col" className="end">
                  {t('card.inForce')}
                </th>
                <th scope="col" className="end">
                  {t('card.attainment')}
                </th>
                <th scope="col" className="end">
                  {t('card.sample')}
                </th>
              </tr>
            </thead>
            <tbody>
              {item.parts.map((part) => (
                <tr key={part.key}>
                  <td>{say(part.name)}</td>
                  <td className="end">{withUnit(part.value, unit, language)}</td>
                  <td className="end">{withUnit(part.target, unit, language)}</td>
                  <td className="end">{share(part.attainment)}</td>
                  <td className="end">{part.n}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <Deductions item={item} whose={whose} />
      {item.valuePeriod === item.evidence.period ? null : (
        <p className="quiet">{t('card.from', { period: periodName(item.valuePeriod, language) })}</p>
      )}
      <p className="row">
        <button type="button" className="press press-plain" onClick={openEvidence}>
          {t('card.evidence')}
        </button>
        <AppealLink {...whose} kind="item" subject={item.id} />
      </p>
    </div>
  );
}
