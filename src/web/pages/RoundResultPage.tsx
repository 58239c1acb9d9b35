import '../assess/assess.css';
import '../rounds/rounds.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { placesOf } from '../../appraisal/assessments/answers.ts';
import type { RoundResultPage as Result } from '../../appraisal/rounds/schemas.ts';
import { periodName, score } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { roundResultQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/rounds/$roundId/results/$agentId');
const app = getRouteApi('/app');

/** What colleagues said of somebody, read on a phone: the total, each perspective, each question, the sentences. */
export function RoundResultPage() {
  const { t, language } = useReader();
  const { me } = app.useRouteContext();
  const asked = route.useParams();
  const query = useQuery(roundResultQuery(asked.roundId, asked.agentId));
  return (
    <>
      <p className="page-back">
        <Link to="/rounds">← {t('rounds.title')}</Link>
      </p>
      <Answer query={query}>
        {(result) => (
          <article className="round-result">
            <PageHead title={me.agentId === result.agentId ? t('rounds.aboutMe') : result.agentName}>
              <span className="quiet">
                {result.name} · {periodName(result.period, language)}
              </span>
            </PageHead>
            <Total result={result} />
            <Questions result={result} />
            <Comments result={result} />
          </article>
        )}
      </Answer>
    </>
  );
}

function Total({ result: { total, raters, groups, hidden, self } }: { readonly result: Result }) {
  const { t } = useReader();
  return (
    <section className="section">
      {total === null ? (
        <p className="reading">{t('rounds.noTotal')}</p>
      ) : (
        <p className="round-total">
          <b className="figure">{score(total)}</b> <span className="quiet">{t('rounds.from', { count: raters })}</span>
        </p>
      )}
      <ul className="round-groups">
        {groups.map(({ perspective, value, raters: count }) => (
          <li key={perspective}>
            <span>
              {t(`rounds.group.${perspective}`)}{' '}
              <span className="quiet small">{t('rounds.ratersCount', { count })}</span>
            </span>
            <Bar value={value} />
          </li>
        ))}
        {self && self.value !== null ? (
          <li className="round-self">
            <span>
              {t('rounds.group.self')} <span className="quiet small">{t('rounds.notCounted')}</span>
            </span>
            <Bar value={self.value} />
          </li>
        ) : null}
      </ul>
      {hidden.length > 0 ? (
        <p className="quiet">
          {t('rounds.hidden', { groups: hidden.map((each) => t(`rounds.group.${each}`)).join(t('mark.comma')) })}
        </p>
      ) : null}
    </section>
  );
}

/** A length out of a hundred, with its number. */
function Bar({ value }: { readonly value: string }) {
  return (
    <span className="round-bar">
      <meter min={0} max={100} value={Number(value)} aria-hidden />
      <span className="figure">{score(value)}</span>
    </span>
  );
}

function Questions({ result: { form, groups, self } }: { readonly result: Result }) {
  const { t, say } = useReader();
  if (groups.length === 0) return null;
  return (
    <section className="section">
      <h2>{t('rounds.byQuestion')}</h2>
      {placesOf(form, []).map(({ key, text }) => (
        <div key={key} className="round-question">
          <h3>{say(text)}</h3>
          <ul className="round-groups">
            {groups.map(({ perspective, questions }) => {
              const value = questions[key] ?? null;
              return (
                <li key={perspective}>
                  <span>{t(`rounds.group.${perspective}`)}</span>
                  {value === null ? <span className="quiet">{t('rounds.tooFew')}</span> : <Bar value={value} />}
                </li>
              );
            })}
            {self?.questions[key] != null ? (
              <li className="round-self">
                <span>{t('rounds.group.self')}</span>
                <Bar value={self.questions[key]} />
              </li>
            ) : null}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Comments({ result: { comments, self } }: { readonly result: Result }) {
  const { t } = useReader();
  const own = self?.comment ?? '';
  if (comments.length === 0 && own === '') return null;
  return (
    <section className="section">
      <h2>{t('rounds.comments')}</h2>
      <p className="quiet small">{t('rounds.commentsText')}</p>
      <ul className="round-comments">
        {comments.map((comment, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same sentence may stand twice, and the order never changes.
          <li key={i}>{comment}</li>
        ))}
      </ul>
      {own === '' ? null : (
        <p>
          <span className="quiet">{t('rounds.ownComment')}</span> {own}
        </p>
      )}
    </section>
  );
}
