import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { kinds } from '../../ingest/kinds.ts';
import { type Reason, reasons } from '../../ingest/reasons.ts';
import type { Import } from '../../ingest/schemas.ts';
import { instantInTable, separated } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { importQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { columnName } from './columnNames.ts';
import { Progress } from './Imports.tsx';
import { parseRejects } from './importView.ts';

export function ImportDrawer({ id, close }: { readonly id: number; readonly close: () => void }) {
  const { t } = useReader();
  const query = useQuery(importQuery(id));
  return (
    <Drawer
      open
      onClose={close}
      size={880}
      closable={{ 'aria-label': t('state.close') }}
      title={`${t('data.imports')} ${id}`}
    >
      <Answer query={query}>{(run) => <Details run={run} />}</Answer>
    </Drawer>
  );
}

function Details({ run }: { readonly run: Import }) {
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  return (
    <div className="import">
      <p className="row">
        <span className="figure">{instantInTable(run.startedAt, organisation.timeZone, language)}</span>
        <span>
          {run.by} <span className="quiet">{t(`data.sourceKinds.${run.source}`)}</span>
        </span>
        <Progress run={run} />
      </p>
      {run.error ? <p className="notice">{run.error}</p> : null}
      {run.agentsKnown ? null : <p className="notice">{t('data.agentsUnknown')}</p>}
      <div className="scroll-x">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('data.file')}</th>
              <th scope="col">{t('data.kind')}</th>
              {(['read', 'accepted', 'duplicates', 'rejected'] as const).map((what) => (
                <th key={what} scope="col" className="end">
                  {t(`data.${what}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {run.files.map((file) => (
              <tr key={`${file.path} ${file.kind}`}>
                <td>
                  <span title={file.path}>{file.path.replace(/^.*[\\/]/, '')}</span>
                  {file.refused ? (
                    <p className="quiet">{t('data.refused', { reason: reasons[file.refused][language] })}</p>
                  ) : null}
                  {file.endsOpen ? <p className="quiet">{t('data.endsOpen')}</p> : null}
                  {file.skipped > 0 ? (
                    <p className={file.read > 0 ? 'quiet' : 'notice'}>
                      {t(file.read > 0 ? 'data.skipped' : 'data.skippedAll', {
                        count: separated(String(file.skipped)),
                      })}
                    </p>
                  ) : null}
                </td>
                <td>{file.kind ? say(kinds[file.kind]) : ''}</td>
                <td className="end">{separated(String(file.read))}</td>
                <td className="end">{separated(String(file.accepted))}</td>
                <td className="end">{separated(String(file.duplicates))}</td>
                <td className="end">{separated(String(file.rejected))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <section className="section">
        <div className="row spread section-head">
          <h2>{t('data.rejects')}</h2>
          {run.hasRejectsFile ? (
            <a className="press press-plain" href={`/api/imports/${run.id}/rejects`} download>
              {t('data.download')}
            </a>
          ) : null}
        </div>
        {run.hasRejectsFile ? (
          <Rejects id={run.id} files={run.files.length} />
        ) : (
          <p className="quiet">{t('data.rejectsNone')}</p>
        )}
      </section>
    </div>
  );
}

const shown = 200;
const readAtMost = 512 * 1024;

/** Reads the beginning of the rejects file, however large the whole of it is. */
async function beginningOf(path: string): Promise<string> {
  const response = await fetch(path);
  if (!response.ok || !response.body) throw new Error(`rejects ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (text.length < readAtMost) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
  }
  await reader.cancel();
  return text;
}

function isReason(text: string): text is Reason {
  return text in reasons;
}

function Rejects({ id, files }: { readonly id: number; readonly files: number }) {
  const { t, language } = useReader();
  const query = useQuery({
    queryKey: ['imports', id, 'rejects'],
    queryFn: async () => parseRejects(await beginningOf(`/api/imports/${id}/rejects`), shown),
  });
  return (
    <Answer
      query={query}
      empty={(rows) => (rows.length === 0 ? <p className="quiet">{t('data.rejectsNone')}</p> : null)}
    >
      {(rows) => (
        <>
          <p className="quiet small">{t('data.rejectsText')}</p>
          <div className="scroll-x">
            <table className="plain-table rejects">
              <thead>
                <tr>
                  {files > 1 ? <th scope="col">{t('data.file')}</th> : null}
                  <th scope="col" className="end">
                    {t('data.line')}
                  </th>
                  <th scope="col">{t('data.column')}</th>
                  <th scope="col">{t('data.value')}</th>
                  <th scope="col">{t('data.reason')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    {files > 1 ? <td>{row.file.replace(/^.*[\\/]/, '')}</td> : null}
                    <td className="end">{row.line}</td>
                    <td>
                      {row.column ? (
                        columnName(row.column, language)
                      ) : (
                        <span className="quiet">{t('data.wholeRow')}</span>
                      )}
                    </td>
                    <td>
                      <code>{row.value}</code>
                    </td>
                    <td>{isReason(row.reason) ? reasons[row.reason][language] : row.reason}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Answer>
  );
}
