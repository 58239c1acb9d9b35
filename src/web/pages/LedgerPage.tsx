import '../ledger/ledger.css';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { LedgerPage as Page } from '../../ledger/schemas.ts';
import { AppraisalLinks } from '../cycles/AppraisalLinks.tsx';
import { instantInTable } from '../format.ts';
import { Compare } from '../ledger/Compare.tsx';
import { Entries } from '../ledger/Entries.tsx';
import { VerifyReceipt } from '../ledger/VerifyReceipt.tsx';
import { Witnesses } from '../ledger/Witnesses.tsx';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { ledgerQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** What was decided, in an order nobody can change unseen: how it stands, what it proves, and means to verify it oneself. */
export function LedgerPage() {
  const { t } = useReader();
  const query = useQuery(ledgerQuery);
  return (
    <>
      <PageHead title={t('ledger.title')} />
      <AppraisalLinks />
      <p className="reading ledger-lead">{t('ledger.lead')}</p>
      <dl className="ledger-proves">
        <div>
          <dt>{t('ledger.proves.yes')}</dt>
          <dd>{t('ledger.proves.yesText')}</dd>
        </div>
        <div>
          <dt>{t('ledger.proves.no')}</dt>
          <dd>{t('ledger.proves.noText')}</dd>
        </div>
      </dl>
      <VerifyReceipt />
      <Answer query={query}>
        {(page) => (
          <>
            <Standing page={page} />
            <Compare page={page} />
            <Witnesses page={page} />
            <Entries />
          </>
        )}
      </Answer>
    </>
  );
}

function Standing({ page }: { readonly page: Page }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const { checkpoint, keys } = page;
  return (
    <section className="ledger-part">
      <h2>{t('ledger.standing.title')}</h2>
      {page.signing === 'ready' ? null : (
        <p className="notice notice-fault" role="alert">
          {t(`ledger.trouble.${page.signing}`)}
        </p>
      )}
      <dl className="ledger-facts">
        <dt>{t('ledger.standing.origin')}</dt>
        <dd>{page.origin ?? '—'}</dd>
        <dt>{t('ledger.standing.size')}</dt>
        <dd className="figure">{page.size}</dd>
        <dt>{t('ledger.standing.signed')}</dt>
        <dd>
          {checkpoint
            ? instantInTable(checkpoint.signedAt, organisation.timeZone, language)
            : t('ledger.standing.notSigned')}
        </dd>
        <dt>{t('ledger.standing.key')}</dt>
        <dd className="stack">
          {keys.map(({ key, sinceSize }) => (
            <span key={key}>
              <code>{key}</code>
              {keys.length > 1 ? (
                <span className="quiet"> {t('ledger.standing.keySince', { since: sinceSize })}</span>
              ) : null}
            </span>
          ))}
          <span className="quiet">{t('ledger.standing.keyHint')}</span>
        </dd>
        <dt>{t('ledger.standing.open')}</dt>
        <dd>
          {t('ledger.standing.openText')} <a href="/ledger/checkpoint">{t('ledger.standing.checkpoint')}</a>{' '}
          <a href="/ledger/key">{t('ledger.standing.keys')}</a>
        </dd>
      </dl>
      {checkpoint ? (
        <details>
          <summary>{t('ledger.standing.note')}</summary>
          <pre className="ledger-note">{checkpoint.note}</pre>
        </details>
      ) : null}
    </section>
  );
}
