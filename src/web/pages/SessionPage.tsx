import { getRouteApi, Link, useCanGoBack, useRouter } from '@tanstack/react-router';
import { Transcript } from '../evidence/Transcript.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/sessions/$sessionId');

export function SessionPage() {
  const { t } = useReader();
  const { sessionId } = route.useParams();
  const { metric } = route.useSearch();
  return (
    <>
      <Back />
      <PageHead title={t('session.title')} />
      <div className="talk-wide">
        <Transcript sessionId={sessionId} metric={metric} linkOwner />
      </div>
    </>
  );
}

/** Back to where one came from; who opened the address itself goes to the cards. */
function Back() {
  const { t } = useReader();
  const { history } = useRouter();
  return (
    <p className="page-back">
      {useCanGoBack() ? (
        <button type="button" className="text-button" onClick={() => history.back()}>
          ← {t('session.back')}
        </button>
      ) : (
        <Link to="/scorecards">← {t('nav.scorecards')}</Link>
      )}
    </p>
  );
}
