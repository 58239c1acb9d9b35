import { getRouteApi } from '@tanstack/react-router';
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
      <PageHead title={t('session.title')} />
      <div className="talk-wide">
        <Transcript sessionId={sessionId} metric={metric} />
      </div>
    </>
  );
}
