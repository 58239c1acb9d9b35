import { useSuspenseQuery } from '@tanstack/react-query';
import type { Import } from '../../ingest/schemas.ts';
import { fileSize, instantInTable, separated } from '../format.ts';
import { Empty } from '../parts/Answer.tsx';
import { isRunning, organisationQuery } from '../queries.ts';
import { Table, type TableColumn } from '../table/Table.tsx';
import { useReader } from '../text/language.ts';
import { countOf, filesOf } from './importView.ts';

export function Imports({
  imports,
  look,
}: {
  readonly imports: readonly Import[];
  readonly look: (id: string) => void;
}) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  if (imports.length === 0) return <Empty title={t('data.importsEmpty')} text={t('data.importsEmptyText')} />;
  const count = (run: Import, what: 'read' | 'accepted' | 'duplicates') => separated(String(countOf(run, what)));
  const rejected = (run: Import) => (run.rejected > 0 ? <b>{separated(String(run.rejected))}</b> : '0');
  const files = (run: Import) => {
    if (run.source === 'http') return t('data.viaHttp');
    const names = filesOf(run);
    const [first = `#${run.id}`] = names;
    return names.length > 1 ? t('data.fileCount', { name: first, count: names.length }) : first;
  };
  const columns: TableColumn<Import>[] = [
    {
      id: 'started',
      title: t('data.started'),
      width: 190,
      shown: 'always',
      cell: (run) => <span className="figure">{instantInTable(run.startedAt, organisation.timeZone, language)}</span>,
      sort: (run) => run.startedAt,
    },
    { id: 'files', title: t('data.files'), width: 280, cell: files },
    {
      id: 'by',
      title: t('data.by'),
      width: 150,
      cell: (run) => (
        <>
          {run.source === 'http' ? null : `${run.by} `}
          <span className="quiet small">{t(`data.sourceKinds.${run.source}`)}</span>
        </>
      ),
    },
    { id: 'state', title: t('data.state'), width: 220, cell: (run) => <Progress run={run} /> },
    { id: 'read', title: t('data.read'), width: 100, end: true, cell: (run) => count(run, 'read') },
    { id: 'accepted', title: t('data.accepted'), width: 100, end: true, cell: (run) => count(run, 'accepted') },
    { id: 'duplicates', title: t('data.duplicates'), width: 100, end: true, cell: (run) => count(run, 'duplicates') },
    { id: 'rejected', title: t('data.rejected'), width: 100, end: true, cell: rejected },
  ];
  return (
    <Table
      name="imports"
      caption={t('data.imports')}
      rows={imports}
      columns={columns}
      rowKey={(run) => String(run.id)}
      open={(run) => look(String(run.id))}
      narrow={(run) => (
        <button type="button" className="import-entry" onClick={() => look(String(run.id))}>
          <b>{files(run)}</b>
          <Progress run={run} />
          <span className="quiet small figure">
            {instantInTable(run.startedAt, organisation.timeZone, language)} · {t('data.accepted')}{' '}
            {count(run, 'accepted')} · {t('data.rejected')} {rejected(run)}
          </span>
        </button>
      )}
    />
  );
}

/** State in words; while it runs, how far it has read. */
export function Progress({ run }: { readonly run: Import }) {
  const { t } = useReader();
  const word = t(`data.states.${run.state}`);
  if (!isRunning(run) || run.bytesTotal === 0)
    return <span className={run.state === 'failed' ? 'fault' : undefined}>{word}</span>;
  const progress = t('data.progress', {
    read: fileSize(run.bytesRead),
    total: fileSize(run.bytesTotal),
    rows: separated(String(run.rowsRead)),
  });
  return (
    <span className="progress">
      <progress max={run.bytesTotal} value={run.bytesRead} aria-label={word} />
      <span className="small figure">
        {word} · {progress}
      </span>
    </span>
  );
}
