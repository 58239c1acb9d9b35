import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Answer } from '../parts/Answer.tsx';
import { DraftEditor } from '../planEditor/DraftEditor.tsx';
import { draftQuery, planSchemaQuery } from '../queries.ts';

const route = getRouteApi('/app/drafts/$draftId');

export function DraftPage() {
  const { draftId } = route.useParams();
  const draft = useQuery(draftQuery(draftId));
  const schema = useQuery(planSchemaQuery);
  return (
    <Answer query={draft}>
      {(page) => <Answer query={schema}>{(root) => <DraftEditor key={page.id} draft={page} schema={root} />}</Answer>}
    </Answer>
  );
}
