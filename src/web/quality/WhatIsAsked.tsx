import { useSuspenseQuery } from '@tanstack/react-query';
import type { Inspection } from '../../quality/inspections/schemas.ts';
import { instantInTable } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { Result } from './Finished.tsx';

const askedBy = { second: ['asked'], review: ['disputed', 'apart'] } as const;

/** Why somebody else is to judge, in the words of whoever asked; a review also has the scores beside it that it decides on. */
export function WhatIsAsked({ inspection }: { readonly inspection: Inspection }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const { own, events, forms } = inspection;
  if (own === null || own.purpose === 'first') return null;
  const words: readonly string[] = askedBy[own.purpose];
  const asked = events.findLast(({ what }) => words.includes(what));
  return (
    <>
      {asked ? (
        <div className="notice">
          <p className="quiet small">
            {asked.by ?? t('quality.agent')} {t(`quality.events.${asked.what}`)} ·{' '}
            {instantInTable(asked.at, organisation.timeZone, language)}
          </p>
          {asked.text ? <p className="reading">{asked.text}</p> : null}
        </div>
      ) : null}
      {own.purpose === 'review' && forms.length > 0 ? (
        <details className="finished-more">
          <summary>{t('quality.disputed')}</summary>
          {forms.map((form) => (
            <Result key={form.inspector} form={form} inspection={inspection} />
          ))}
        </details>
      ) : null}
    </>
  );
}
