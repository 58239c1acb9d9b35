import { useSuspenseQuery } from '@tanstack/react-query';
import { kinds } from '../../ingest/kinds.ts';
import type { Freshness } from '../../ingest/schemas.ts';
import { ago, instantInTable, separated } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

export function Fresh({
  kinds: rows,
  look,
}: {
  readonly kinds: Freshness['kinds'];
  readonly look: (id: string | undefined) => void;
}) {
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  return (
    <div className="scroll-x">
      <table className="plain-table fresh">
        <thead>
          <tr>
            <th scope="col">{t('data.kind')}</th>
            <th scope="col" className="end">
              {t('data.rows')}
            </th>
            <th scope="col">{t('data.newest')}</th>
            <th scope="col">{t('data.lastImport')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.kind}>
              <td>{say(kinds[row.kind])}</td>
              <td className="end">
                {row.rows === 0 ? <span className="quiet">{t('data.never')}</span> : separated(String(row.rows))}
              </td>
              <td className="figure">
                {row.newestAt === null ? '' : instantInTable(row.newestAt, organisation.timeZone, language)}
              </td>
              <td className="figure">
                {row.lastImportAt === null ? null : row.lastImportId === null ? (
                  ago(row.lastImportAt, Date.now(), language)
                ) : (
                  <button type="button" className="text-button" onClick={() => look(String(row.lastImportId))}>
                    {ago(row.lastImportAt, Date.now(), language)}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
