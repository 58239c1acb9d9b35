import '../assess/assess.css';
import '../rounds/rounds.css';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { MyRounds } from '../../appraisal/rounds/schemas.ts';
import { dayInSentence, instantInTable, periodName } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { myRoundsQuery, organisationQuery } from '../queries.ts';
import { ManageRounds } from '../rounds/ManageRounds.tsx';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');

/** What one rates about colleagues, what they said, and for HR the rounds themselves. */
export function RoundsPage() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const query = useQuery(myRoundsQuery);
  const manages = me.permissions.includes('round.read') && me.scope.kind === 'all';
  return (
    <>
      {me.permissions.includes('assessment.read') ? (
        <p className="page-back">
          <Link to="/assessments">← {t('assess.back')}</Link>
        </p>
      ) : null}
      <PageHead title={t('rounds.title')} />
      <p className="reading assess-lead">{t('rounds.lead')}</p>
      <Answer
        query={query}
        empty={({ toRate, results }) =>
          toRate.length === 0 && results.length === 0 && !manages ? (
            <Empty title={t('rounds.nothing')} text={t('rounds.nothingText')} />
          ) : null
        }
      >
        {(mine) => (
          <>
            <ToRate mine={mine} />
            <Results mine={mine} />
          </>
        )}
      </Answer>
      {manages ? <ManageRounds /> : null}
    </>
  );
}

function ToRate({ mine: { toRate } }: { readonly mine: MyRounds }) {
  const { t, language } = useReader();
  if (toRate.length === 0) return null;
  return (
    <section className="section">
      <h2>{t('rounds.toRate')}</h2>
      <ul className="round-lines">
        {toRate.map(({ id, round, dueOn, name, team, perspective, isBegun, isSubmitted, isOverdue }) => (
          <li key={id}>
            <Link to="/rounds/rate/$ratingId" params={{ ratingId: String(id) }} className="round-line">
              <span>
                <b>{perspective === 'self' ? t('rounds.myself') : name}</b>{' '}
                <span className="quiet small">{perspective === 'self' ? '' : team}</span>
                <span className="quiet small assess-plan">
                  {round} · {t(`rounds.as.${perspective}`)}
                </span>
              </span>
              <span className={isOverdue ? 'red' : 'quiet'}>
                {isSubmitted
                  ? t('rounds.done')
                  : isOverdue
                    ? t('assess.overdue')
                    : isBegun
                      ? t('rounds.begun')
                      : t('assess.due', { day: dayInSentence(dueOn, language) })}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Results({ mine: { results } }: { readonly mine: MyRounds }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  if (results.length === 0) return null;
  return (
    <section className="section">
      <h2>{t('rounds.results')}</h2>
      <ul className="round-lines">
        {results.map(({ round, name, period, publishedAt, agentId }) => (
          <li key={round}>
            <Link
              to="/rounds/$roundId/results/$agentId"
              params={{ roundId: String(round), agentId }}
              className="round-line"
            >
              <span>
                <b>{name}</b>
                <span className="quiet small assess-plan">{periodName(period, language)}</span>
              </span>
              <span className="quiet">{instantInTable(publishedAt, organisation.timeZone, language)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
