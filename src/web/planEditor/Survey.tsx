import { useMemo } from 'react';
import type { DraftPage } from '../../scores/draftSchemas.ts';
import { plainAmount } from '../plan/planView.ts';
import { useReader } from '../text/language.ts';
import { type RawRecord, readText, textOf } from '../yamlForm/yamlText.ts';
import { type SurveyedItem, surveyView, withProposed } from './surveyView.ts';

interface SurveyProps {
  readonly raw: RawRecord;
  readonly text: string;
  readonly draft: Pick<DraftPage, 'mentions' | 'inForce'>;
  readonly change: (text: string, field: null) => void;
}

/** What customers say matters to them, and the weights that would follow: a proposal until a person takes it into the draft. */
export function Survey({ raw, text, draft: { mentions, inForce }, change }: SurveyProps) {
  const { t } = useReader();
  const before = useMemo(() => (inForce ? readText(inForce.text) : null), [inForce]);
  const view = surveyView(raw, before && 'raw' in before ? before.raw : null, mentions.items);
  if (view.kind === 'off') return null;
  return (
    <section className="edit-section survey">
      <h2>{t('draft.survey.title')}</h2>
      {view.kind === 'few' ? (
        <p className="quiet">
          {t(view.answers === 0 ? 'draft.survey.none' : 'draft.survey.few', {
            ...{ months: mentions.months, answers: view.answers, least: view.least },
          })}
        </p>
      ) : (
        <>
          <p className="quiet small">{t('draft.survey.about', { months: mentions.months, answers: view.answers })}</p>
          <Proposed items={view.items} answers={view.answers} />
          {view.kind === 'taken' ? (
            <p role="status">{t('draft.survey.taken')}</p>
          ) : view.kind === 'fits' ? (
            <p>{t('draft.survey.fits')}</p>
          ) : (
            <button
              type="button"
              className="press press-plain"
              onClick={() => change(withProposed(text, view.items), null)}
            >
              {t('draft.survey.take')}
            </button>
          )}
        </>
      )}
    </section>
  );
}

function Proposed({ items, answers }: { readonly items: readonly SurveyedItem[]; readonly answers: number }) {
  const { t, language } = useReader();
  const tiers = (items[0]?.weights ?? []).map(({ tier }) => tier);
  return (
    <div className="scroll-x">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('draft.survey.item')}</th>
            <th scope="col" className="end">
              {t('draft.survey.named')}
            </th>
            {tiers.map((tier) => (
              <th key={tier} scope="col" className="end">
                {tier === null ? t('plans.weight') : tier === 'unknown' ? t('draft.survey.noTier') : t(`tier.${tier}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td>{textOf(item.name[language]) || item.id}</td>
              <td className="end figure">
                {item.answers} <span className="quiet">{Math.round((100 * item.answers) / answers)}%</span>
              </td>
              {item.weights.map(({ tier, from, to }) => (
                <td key={tier} className="end figure">
                  {from === to ? (
                    plainAmount(from)
                  ) : (
                    <>
                      {plainAmount(from)} → <b>{plainAmount(to)}</b>
                    </>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
