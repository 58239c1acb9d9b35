import '../assess/assess.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Assessing } from '../assess/Assessing.tsx';
import { dayInSentence, periodName } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { assessmentWorkQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/assessments/$period/$plan/$form');

/** One form about everybody whom the reader assesses by it. */
export function AssessPage() {
  const { t, language, say } = useReader();
  const asked = route.useParams();
  const query = useQuery(assessmentWorkQuery(asked));
  const [at, moveTo] = useState(0);
  return (
    <>
      <p className="page-back">
        <Link to="/assessments">← {t('assess.back')}</Link>
      </p>
      <Answer
        query={query}
        empty={({ people }) =>
          people.length === 0 ? <Empty title={t('assess.nobody')} text={t('assess.nobodyText')} /> : null
        }
      >
        {(work) => (
          <>
            <PageHead title={say(work.form.name)}>
              <span className="quiet">
                {[
                  periodName(work.period, language),
                  say(work.planName),
                  t('assess.due', { day: dayInSentence(work.dueOn, language) }),
                ].join(' · ')}
                {work.isOverdue ? <b className="red"> · {t('assess.overdue')}</b> : null}
              </span>
            </PageHead>
            {work.form.about ? <p className="reading assess-about">{say(work.form.about)}</p> : null}
            {work.isClosed ? <p className="notice">{t('assess.closed')}</p> : null}
            <Assessing
              key={query.dataUpdatedAt}
              work={work}
              at={Math.min(at, work.people.length - 1)}
              moveTo={moveTo}
            />
          </>
        )}
      </Answer>
    </>
  );
}
