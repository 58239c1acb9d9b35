import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Appeal } from '../../appraisal/appeals/schemas.ts';
import { unitOf } from '../card/cardView.ts';
import { amount, instantInTable, withUnit } from '../format.ts';
import { type EvidenceAsked, evidenceQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { type Chosen, toggled } from './appealView.ts';

interface ChooseProps {
  readonly appeal: Appeal;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
}

/** What of an item is to be put right: incidents, charged days, records behind it, or its value. */
export function Choose({ appeal: { choices }, chosen, choose }: ChooseProps) {
  const { t, language } = useReader();
  const { value } = choices;
  return (
    <div className="appeal-choose">
      {choices.incidents.length > 0 ? (
        <fieldset>
          <legend>{t('appeals.decide.incidents')}</legend>
          {choices.incidents.map(({ incidentId, day }) => (
            <label key={incidentId}>
              <input
                type="checkbox"
                checked={chosen.incidents.includes(incidentId)}
                onChange={() =>
                  choose({ ...chosen, incidents: toggled(chosen.incidents, incidentId, (each) => each === incidentId) })
                }
              />
              <span className="figure">{day}</span> {incidentId}
            </label>
          ))}
        </fieldset>
      ) : null}
      {choices.days.length > 0 ? (
        <fieldset>
          <legend>{t('appeals.decide.days')}</legend>
          {choices.days.map((day) => (
            <label key={day}>
              <input
                type="checkbox"
                checked={chosen.days.includes(day)}
                onChange={() => choose({ ...chosen, days: toggled(chosen.days, day, (each) => each === day) })}
              />
              <span className="figure">{day}</span>
            </label>
          ))}
        </fieldset>
      ) : null}
      {value ? (
        <div className="row appeal-values">
          {(value.parts.length > 0 ? value.parts : ['']).map((part) => (
            <label key={part} className="field">
              <span>
                {part === ''
                  ? t('appeals.decide.value', { now: withUnit(value.now, unitOf(value.unit), language) })
                  : t('appeals.decide.part', { part })}
              </span>
              <input
                inputMode="decimal"
                value={chosen.values[part] ?? ''}
                onChange={(event) => choose({ ...chosen, values: { ...chosen.values, [part]: event.target.value } })}
              />
            </label>
          ))}
        </div>
      ) : null}
      {choices.evidence ? <Records asked={choices.evidence} chosen={chosen} choose={choose} /> : null}
    </div>
  );
}

function Records({ asked, chosen, choose }: Omit<ChooseProps, 'appeal'> & { readonly asked: EvidenceAsked }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const query = useInfiniteQuery(evidenceQuery(asked));
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <details>
      <summary>
        {t('appeals.decide.records')} {chosen.records.length > 0 ? chosen.records.length : ''}
      </summary>
      <p className="quiet small">{t('appeals.decide.recordsText')}</p>
      <ul className="appeal-records">
        {rows.map(({ kind, id, at, numerator, denominator, rejoined }) => {
          const same = (each: { kind: string; id: string }) => each.kind === kind && each.id === id;
          return (
            <li key={`${kind} ${id} ${at}`}>
              <label>
                <input
                  type="checkbox"
                  checked={chosen.records.some(same)}
                  onChange={() => choose({ ...chosen, records: toggled(chosen.records, { kind, id }, same) })}
                />
                <span className="figure quiet">{instantInTable(at, organisation.timeZone, language)}</span>{' '}
                {[id, ...rejoined].join(' + ')}{' '}
                <span className="figure quiet">
                  {amount(numerator)} / {amount(denominator)}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
      {query.hasNextPage ? (
        <button type="button" className="text-button" onClick={() => query.fetchNextPage()}>
          {t('appeals.decide.more')}
        </button>
      ) : null}
    </details>
  );
}
