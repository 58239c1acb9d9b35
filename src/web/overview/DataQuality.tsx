import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { kinds } from '../../ingest/kinds.ts';
import { ago, dayInSentence, dayOf } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { freshnessQuery, importsQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { type Alert, alertsOf } from './overviewView.ts';

/** Whether the data behind the scores can be trusted: what is old, what was sent back. */
export function DataQuality() {
  const { t } = useReader();
  const freshness = useQuery(freshnessQuery);
  const imports = useQuery(importsQuery);
  return (
    <section className="section">
      <h2>{t('overview.dataQuality')}</h2>
      <Answer query={freshness}>
        {(fresh) => (
          <Answer query={imports}>
            {(list) => {
              const alerts = alertsOf(fresh, list.imports, Date.now());
              return alerts.length === 0 ? (
                <p className="quiet">{t('overview.dataFine')}</p>
              ) : (
                <ul className="alerts">
                  {alerts.map((alert) => (
                    <li key={JSON.stringify(alert)}>
                      <Line alert={alert} />
                    </li>
                  ))}
                </ul>
              );
            }}
          </Answer>
        )}
      </Answer>
    </section>
  );
}

function Line({ alert }: { readonly alert: Alert }) {
  const { t, language, say } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  switch (alert.kind) {
    case 'stale':
      return t('overview.staleKind', {
        kind: say(kinds[alert.data]),
        day: dayInSentence(dayOf(alert.newestAt, organisation.timeZone), language),
        ago: ago(alert.newestAt, Date.now(), language),
      });
    case 'never':
      return t('overview.neverKind', { kind: say(kinds[alert.data]) });
    case 'rejected':
      return (
        <>
          {t('overview.rejectedRows', { count: alert.count, file: alert.file })}{' '}
          <Link to="/data" search={{ import: String(alert.importId) }}>
            {t('overview.seeRejects')}
          </Link>
        </>
      );
    case 'failed':
      return (
        <>
          {t('overview.failedImport', { file: alert.file })}{' '}
          <Link to="/data" search={{ import: String(alert.importId) }}>
            {t('data.details')}
          </Link>
        </>
      );
  }
}
