import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { DraftList } from '../../scores/draftSchemas.ts';
import { errorSentence, send } from '../api.ts';
import { instantInTable } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { draftsQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');

/** Every draft, or those of one plan; a deleted one can be taken back on the spot. */
export function Drafts({ plan }: { readonly plan?: string }) {
  const { t, language } = useReader();
  const { me } = app.useRouteContext();
  const client = useQueryClient();
  const query = useQuery(draftsQuery);
  const [deleted, setDeleted] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: ({ id, restore }: { id: string; restore: boolean }) =>
      restore ? send('POST', `/api/drafts/${id}/restore`) : send('DELETE', `/api/drafts/${id}`),
    onSuccess: async (_, { id, restore }) => {
      setDeleted(restore ? null : id);
      await client.invalidateQueries({ queryKey: draftsQuery.queryKey });
    },
  });
  return (
    <section className="section">
      <h2>{t('draft.title')}</h2>
      {deleted ? (
        <p className="notice" role="status">
          {t('draft.removed')}{' '}
          <button type="button" className="text-button" onClick={() => change.mutate({ id: deleted, restore: true })}>
            {t('draft.takeBack')}
          </button>
        </p>
      ) : null}
      {change.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(change.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      <Answer query={query}>
        {({ drafts }) => {
          const shown = drafts.filter((draft) => plan === undefined || draft.plan === plan);
          if (shown.length === 0) return <p className="quiet">{t('draft.none')}</p>;
          return (
            <ul className="plan-lines">
              {shown.map((draft) => (
                <DraftRow
                  key={draft.id}
                  draft={draft}
                  remove={
                    me.permissions.includes('plan.publish')
                      ? () => change.mutate({ id: draft.id, restore: false })
                      : null
                  }
                />
              ))}
            </ul>
          );
        }}
      </Answer>
    </section>
  );
}

function DraftRow({
  draft,
  remove,
}: {
  readonly draft: DraftList['drafts'][number];
  readonly remove: (() => void) | null;
}) {
  const { t, language, say } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  return (
    <li className="row">
      <Link to="/drafts/$draftId" params={{ draftId: draft.id }}>
        {draft.name ? say(draft.name) : draft.plan}
      </Link>
      <span className="quiet small">
        {[
          draft.origin === 'template' ? t('draft.template') : null,
          draft.plan,
          draft.errors > 0 ? t('draft.withErrors', { count: draft.errors }) : t('draft.ready'),
          t('draft.savedBy', {
            name: draft.savedBy,
            at: instantInTable(draft.savedAt, organisation.timeZone, language),
          }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {remove ? (
        <button type="button" className="text-button" onClick={remove}>
          {t('draft.remove')}
        </button>
      ) : null}
    </li>
  );
}
