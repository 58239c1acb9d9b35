import { reasons } from '../../ingest/reasons.ts';
import type { Preview } from '../../ingest/schemas.ts';
import { separated } from '../format.ts';
import { useReader } from '../text/language.ts';
import { columnName } from './columnNames.ts';

/** The file as it would land, and what would be sent back. */
export function PreviewRows({ preview }: { readonly preview: Preview }) {
  const { t, language } = useReader();
  const read = separated(String(preview.read));
  return (
    <section className="stack">
      <h2>
        {preview.rejected === 0
          ? t('upload.previewGood', { read })
          : t('upload.previewRejects', { count: separated(String(preview.rejected)), read })}
      </h2>
      {preview.skipped > 0 ? (
        <p className={preview.read > 0 ? 'quiet' : 'notice'}>
          {t(preview.read > 0 ? 'data.skipped' : 'data.skippedAll', { count: separated(String(preview.skipped)) })}
        </p>
      ) : null}
      {preview.rejects.length > 0 ? (
        <div className="preview-table">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col" className="end">
                  {t('data.line')}
                </th>
                <th scope="col">{t('data.column')}</th>
                <th scope="col">{t('data.value')}</th>
                <th scope="col">{t('data.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {preview.rejects.map((reject) => (
                <tr key={`${reject.line} ${reject.column} ${reject.reason}`}>
                  <td className="end">{reject.line}</td>
                  <td>{reject.column ? columnName(reject.column, language) : t('data.wholeRow')}</td>
                  <td>
                    <code>{reject.value}</code>
                  </td>
                  <td>{reasons[reject.reason][language]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {preview.rows.length > 0 ? <Rows preview={preview} /> : null}
    </section>
  );
}

function Rows({ preview }: { readonly preview: Preview }) {
  const { t, language } = useReader();
  // Columns that nothing fills say nothing.
  const columns = preview.columns.filter((column) => preview.rows.some((row) => row[column]));
  return (
    <>
      <h3>{t('upload.previewTitle', { count: preview.rows.length })}</h3>
      <div className="preview-table">
        <table className="plain-table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {columnName(column, language)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row) => (
              <tr key={JSON.stringify(row)}>
                {columns.map((column) => (
                  <td key={column}>{row[column]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
