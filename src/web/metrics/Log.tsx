import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { instantInTable, periodName } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { definitionHistoryQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { Differences } from './Differences.tsx';

/** Who decided what about definitions, when, from which month and why: of one metric, or of all. */
export function Log({ metric }: { readonly metric?: string }) {
  const { t, language, say } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const query = useQuery(definitionHistoryQuery(metric));
  return (
    <Answer
      query={query}
      empty={({ versions }) =>
        versions.length > 0 ? null : metric === undefined ? (
          <Empty title={t('metrics.log.empty')} text={t('metrics.log.emptyText')} />
        ) : (
          <p className="quiet">{t('metrics.log.emptyOne')}</p>
        )
      }
    >
      {({ versions }) => (
        <ul className="metrics-log">
          {versions.map((version) => (
            <li key={`${version.metric} ${version.version}`} className="stack">
              <div className="row">
                {metric === undefined ? (
                  <Link to="/metrics/$metricId" params={{ metricId: version.metric }}>
                    {say(version.name)}
                  </Link>
                ) : null}
                <b>
                  {version.from === null
                    ? t('metrics.log.always')
                    : t('metrics.log.from', { month: periodName(version.from, language) })}
                </b>
                <span className="quiet">
                  {instantInTable(version.at, organisation.timeZone, language)} · {version.by}
                </span>
              </div>
              {version.reason === '' ? null : <p>{version.reason}</p>}
              <Differences differences={version.differences} />
            </li>
          ))}
        </ul>
      )}
    </Answer>
  );
}
