import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { EntryList } from '../../ledger/schemas.ts';
import { instantInTable, periodName } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { ledgerEntriesQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

type Entry = EntryList['entries'][number];
const kinds = [
  ...(['scorecard', 'distribution', 'appealDecided', 'outcomeApproved', 'outcomeWithdrawn'] as const),
  ...(['planPublished', 'definitionChanged', 'keyRotated', 'auditSealed'] as const),
];

/** What was entered, newest first, as far as the reader may know of it. */
export function Entries() {
  const { t } = useReader();
  const [kind, setKind] = useState<Entry['kind'] | ''>('');
  const query = useInfiniteQuery(ledgerEntriesQuery(kind));
  return (
    <section className="ledger-part">
      <div className="row spread">
        <h2>{t('ledger.entries.title')}</h2>
        <select
          aria-label={t('ledger.entries.kind')}
          value={kind}
          onChange={({ target }) => setKind(kinds.find((each) => each === target.value) ?? '')}
        >
          <option value="">{t('ledger.entries.any')}</option>
          {kinds.map((each) => (
            <option key={each} value={each}>
              {t(`ledger.entries.kinds.${each}`)}
            </option>
          ))}
        </select>
      </div>
      <Answer
        query={query}
        empty={({ pages }) =>
          pages.every(({ entries }) => entries.length === 0) ? (
            <Empty title={t('ledger.entries.empty')} text={t('ledger.entries.emptyText')} />
          ) : null
        }
      >
        {({ pages }) => (
          <>
            <Table entries={pages.flatMap(({ entries }) => entries)} />
            {query.hasNextPage ? (
              <button
                type="button"
                className="press press-plain"
                disabled={query.isFetchingNextPage}
                onClick={() => query.fetchNextPage()}
              >
                {t('ledger.entries.more')}
              </button>
            ) : null}
          </>
        )}
      </Answer>
    </section>
  );
}

function Table({ entries }: { readonly entries: readonly Entry[] }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  return (
    <div className="ledger-scroll">
      <table className="ledger-table">
        <thead>
          <tr>
            <th scope="col">{t('ledger.entries.number')}</th>
            <th scope="col">{t('ledger.entries.kind')}</th>
            <th scope="col">{t('ledger.entries.about')}</th>
            <th scope="col">{t('ledger.entries.receipt')}</th>
            <th scope="col">{t('ledger.entries.at')}</th>
            <th scope="col">{t('ledger.entries.hash')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.leaf}>
              <td className="figure">{entry.leaf}</td>
              <td>{t(`ledger.entries.kinds.${entry.kind}`)}</td>
              <td>
                <About entry={entry} />
              </td>
              <td>
                {entry.erased ? (
                  <span className="quiet">{t('ledger.entries.erased')}</span>
                ) : (
                  <a href={`/api/ledger/receipts/${entry.leaf}`} download={`heng-${entry.leaf}.tlog-proof`}>
                    {t('ledger.entries.receipt')}
                  </a>
                )}
              </td>
              <td className="figure">{instantInTable(entry.at, organisation.timeZone, language)}</td>
              <td>
                <code title={entry.hash}>{entry.hash.slice(0, 12)}…</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function About({ entry: { agentId, period } }: { readonly entry: Entry }) {
  const { language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const name = organisation.agents.find((agent) => agent.agentId === agentId)?.name;
  return (
    <span className="row ledger-about">
      {agentId === null ? null : (
        <Link to="/scorecards/$agentId" params={{ agentId }}>
          {name ?? agentId}
        </Link>
      )}
      {name === undefined ? null : <span className="quiet small">{agentId}</span>}
      {period === null ? null : <span>{periodName(period, language)}</span>}
    </span>
  );
}
