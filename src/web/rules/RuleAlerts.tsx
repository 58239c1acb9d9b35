import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { instantInTable } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { hitsQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const shownMax = 6;

/** On the overview of whoever looks after people: their latest conversations that a rule alerts about, until somebody decides. */
export function RuleAlerts() {
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const query = useInfiniteQuery(hitsQuery('!', false));
  return (
    <section className="section">
      <h2>{t('rules.alert.title')}</h2>
      <Answer
        query={query}
        empty={({ pages }) =>
          pages.some(({ hits }) => hits.length > 0) ? null : <p className="quiet">{t('rules.alert.none')}</p>
        }
      >
        {({ pages }) => {
          const hits = pages.flatMap((page) => page.hits);
          return (
            <>
              <p className="quiet small">{t('rules.alert.about')}</p>
              <ul className="alerts">
                {hits.slice(0, shownMax).map((hit) => (
                  <li key={`${hit.sessionId} ${hit.rule} ${hit.messageKey}`}>
                    <Link to="/sessions/$sessionId" params={{ sessionId: hit.sessionId }}>
                      {hit.agentName ?? hit.agentId}
                      {hit.issue ? ` · ${hit.issue}` : ''}
                    </Link>{' '}
                    {say(hit.ruleName)}{' '}
                    <span className="quiet figure">{instantInTable(hit.at, organisation.timeZone, language)}</span>
                  </li>
                ))}
              </ul>
              <p>
                {hits.length > shownMax ? <span className="quiet">{t('rules.alert.more')} </span> : null}
                <Link to="/rules" search={{ view: 'hits', rule: '!' }}>
                  {t('rules.alert.all')}
                </Link>
              </p>
            </>
          );
        }}
      </Answer>
    </section>
  );
}
