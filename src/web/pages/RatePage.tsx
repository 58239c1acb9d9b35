import '../assess/assess.css';
import '../rounds/rounds.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { dayInSentence } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { ratingQuery } from '../queries.ts';
import { Rate } from '../rounds/Rate.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/rounds/rate/$ratingId');

/** The form about one colleague, made for a phone. */
export function RatePage() {
  const { t, language, say } = useReader();
  const { ratingId } = route.useParams();
  const query = useQuery(ratingQuery(ratingId));
  return (
    <>
      <p className="page-back">
        <Link to="/rounds">← {t('rounds.title')}</Link>
      </p>
      <Answer query={query}>
        {(rating) => (
          <>
            <PageHead title={rating.perspective === 'self' ? t('rounds.myself') : rating.name}>
              <span className="quiet">
                {[
                  rating.round,
                  t(`rounds.as.${rating.perspective}`),
                  t('assess.due', { day: dayInSentence(rating.dueOn, language) }),
                ].join(' · ')}
              </span>
            </PageHead>
            {rating.perspective === 'self' ? null : <p className="quiet rate-promise">{t('rounds.promise')}</p>}
            {rating.form.about ? <p className="quiet rate-promise">{say(rating.form.about)}</p> : null}
            <Rate key={`${ratingId} ${query.dataUpdatedAt}`} rating={rating} />
          </>
        )}
      </Answer>
    </>
  );
}
