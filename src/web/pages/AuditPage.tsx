import '../audit/audit.css';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { AuditEntry } from '../../people/schemas.ts';
import { actionWords } from '../audit/actionWords.ts';
import { instantInTable } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { type AuditSearch, auditQuery, organisationQuery } from '../queries.ts';
import { Table, type TableColumn } from '../table/Table.tsx';
import { auditActionsEn } from '../text/auditActionsEn.ts';
import { auditActionsZh } from '../text/auditActionsZh.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/people/audit');

/** Who did or looked at what, newest first. */
export function AuditPage() {
  const { t } = useReader();
  const search = route.useSearch();
  const query = useInfiniteQuery(auditQuery(search));
  return (
    <>
      <p className="page-back">
        <Link to="/people">← {t('people.title')}</Link>
      </p>
      <PageHead title={t('audit.title')} />
      <p className="reading audit-about">{t('audit.about')}</p>
      <Find key={JSON.stringify(search)} search={search} />
      <Answer
        query={query}
        empty={({ pages }) =>
          pages.every(({ entries }) => entries.length === 0) ? (
            <Empty title={t('audit.none')} text={t('audit.noneText')} />
          ) : null
        }
      >
        {({ pages }) => (
          <Rows
            rows={pages.flatMap(({ entries }) => entries)}
            more={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
            loading={query.isFetchingNextPage}
          />
        )}
      </Answer>
    </>
  );
}

function Find({ search }: { readonly search: AuditSearch }) {
  const { t, language } = useReader();
  const navigate = route.useNavigate();
  const [draft, setDraft] = useState(search);
  const areas = Object.entries(language === 'zh' ? auditActionsZh.areas : auditActionsEn.areas);
  const put = (part: AuditSearch) => setDraft({ ...draft, ...part });
  const given = (text: string) => (text === '' ? undefined : text);
  return (
    <form
      className="row audit-find"
      onSubmit={(event) => {
        event.preventDefault();
        void navigate({ search: draft });
      }}
    >
      <div className="audit-field">
        <span aria-hidden="true">{t('audit.who')}</span>
        <Input
          aria-label={t('audit.who')}
          value={draft.actor ?? ''}
          placeholder={t('audit.whoHint')}
          maxLength={200}
          onChange={({ target }) => put({ actor: given(target.value) })}
        />
      </div>
      <div className="audit-field">
        <span aria-hidden="true">{t('audit.what')}</span>
        <Select
          aria-label={t('audit.what')}
          value={draft.action ?? ''}
          onChange={(action) => put({ action: given(action) })}
          options={[{ value: '', label: t('audit.any') }, ...areas.map(([value, label]) => ({ value, label }))]}
          popupMatchSelectWidth={false}
        />
      </div>
      <div className="audit-field">
        <span aria-hidden="true">{t('audit.subject')}</span>
        <Input
          aria-label={t('audit.subject')}
          value={draft.subject ?? ''}
          placeholder={t('audit.subjectHint')}
          maxLength={200}
          onChange={({ target }) => put({ subject: given(target.value) })}
        />
      </div>
      <div className="audit-field">
        <span aria-hidden="true">{t('audit.from')}</span>
        <Input
          type="date"
          aria-label={t('audit.from')}
          value={draft.from ?? ''}
          onChange={({ target }) => put({ from: given(target.value) })}
        />
      </div>
      <div className="audit-field">
        <span aria-hidden="true">{t('audit.to')}</span>
        <Input
          type="date"
          aria-label={t('audit.to')}
          value={draft.to ?? ''}
          onChange={({ target }) => put({ to: given(target.value) })}
        />
      </div>
      <Button type="primary" htmlType="submit">
        {t('audit.find')}
      </Button>
      {Object.keys(search).length > 0 ? (
        <Link to="/people/audit" search={{}} className="text-button">
          {t('audit.clear')}
        </Link>
      ) : null}
    </form>
  );
}

interface RowsProps {
  readonly rows: readonly AuditEntry[];
  readonly more: (() => void) | undefined;
  readonly loading: boolean;
}

function Rows({ rows, more, loading }: RowsProps) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const words = language === 'zh' ? auditActionsZh : auditActionsEn;
  const at = (entry: AuditEntry) => instantInTable(entry.at, organisation.timeZone, language);
  const columns: TableColumn<AuditEntry>[] = [
    { id: 'at', title: t('audit.at'), width: 170, shown: 'always', cell: at },
    { id: 'who', title: t('audit.who'), width: 160, cell: (entry) => entry.actorName },
    {
      id: 'what',
      title: t('audit.what'),
      width: 220,
      shown: 'always',
      cell: ({ action }) => actionWords(action, words),
    },
    { id: 'subject', title: t('audit.subject'), width: 420, cell: ({ subject }) => subject },
  ];
  return (
    <Table
      name="audit"
      caption={t('audit.title')}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      served={{ more, loading }}
      narrow={(entry) => (
        <div className="stack">
          <span>
            <b>{actionWords(entry.action, words)}</b> <span className="quiet">{entry.actorName}</span>
          </span>
          <span className="quiet small audit-subject">
            {at(entry)}
            {entry.subject === '' ? '' : ` · ${entry.subject}`}
          </span>
        </div>
      )}
    />
  );
}
