import { sheetNames } from '../../appraisal/exports/sheetNames.ts';
import { apiPath } from '../api.ts';
import { useReader } from '../text/language.ts';

/** A closed period as files, in the reader's language. */
export function Files({ period }: { readonly period: string }) {
  const { t, language } = useReader();
  const path = `/api/cycles/${period}/export`;
  return (
    <section className="stack cycle-files">
      <h2>{t('cycles.files')}</h2>
      <p className="quiet">{t('cycles.filesText')}</p>
      <div className="row">
        <a className="press" href={apiPath(`${path}.xlsx`, { language })} download>
          {t('cycles.workbook')}
        </a>
        <a className="press press-plain" href={apiPath(`${path}.json`, { language })} download>
          JSON
        </a>
      </div>
      <p className="small">
        <span className="quiet">{t('cycles.csv')}</span>{' '}
        {sheetNames.map((sheet) => (
          <a key={sheet} href={apiPath(`${path}.csv`, { sheet, language })} download>
            {t(`cycles.sheet.${sheet}`)}
          </a>
        ))}
      </p>
    </section>
  );
}
