import '../plan/plan.css';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { DraftPage, TriedDraft } from '../../scores/draftSchemas.ts';
import type { PublishedPlan } from '../../scores/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { MonthSelect } from '../drafts/MonthSelect.tsx';
import { offeredMonths } from '../drafts/nextMonthOf.ts';
import { periodName } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

interface PublishDraftProps {
  readonly draft: DraftPage;
  readonly changes: TriedDraft['changes'];
  /** Saves what is still unsaved and answers the revision that holds it. */
  readonly ready: () => Promise<number>;
  readonly close: () => void;
}

/** Shows what changes, lets one choose the first month, and publishes: after that nothing can change the version any more. */
export function PublishDraft({ draft, changes, ready, close }: PublishDraftProps) {
  const { t, language, say } = useReader();
  const client = useQueryClient();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [month, setMonth] = useState(draft.offeredMonth);
  const publish = useMutation({
    mutationFn: async () =>
      send<PublishedPlan>('POST', `/api/drafts/${draft.id}/publish`, {
        revision: await ready(),
        inForceFrom: month,
      }),
    onSuccess: () =>
      client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'draft' && queryKey[0] !== 'try' }),
  });
  return (
    <Modal open title={t('draft.publishTitle')} onCancel={close} footer={null} width={640}>
      {publish.data ? (
        <div className="stack" role="status">
          <p>
            {t('draft.publishedAs', {
              version: publish.data.version,
              month: publish.data.inForceFrom ? periodName(publish.data.inForceFrom, language) : t('plans.always'),
            })}
          </p>
          <p>{t('draft.publishedNext')}</p>
          <Link
            to="/plans/$planId"
            params={{ planId: publish.data.id }}
            search={{ version: String(publish.data.version) }}
          >
            {t('draft.toPlan')}
          </Link>
        </div>
      ) : (
        <div className="stack">
          <p>{t('draft.publishText')}</p>
          <Changes changes={changes} />
          <div className="field">
            <span>{t('draft.firstMonth')}</span>
            <MonthSelect
              label={t('draft.firstMonth')}
              months={offeredMonths(draft.offeredMonth, draft.firstMonth, organisation.periods)}
              value={month}
              change={setMonth}
            />
            <span className="small">{locked(draft)}</span>
          </div>
          {publish.error ? (
            <p className="notice notice-fault" role="alert">
              {errorSentence(publish.error, language) ?? t('state.broken')}
            </p>
          ) : null}
          <Button type="primary" loading={publish.isPending} onClick={() => publish.mutate()}>
            {t('draft.publish')}
          </Button>
        </div>
      )}
    </Modal>
  );

  function locked({ firstMonth, offeredMonth }: DraftPage) {
    if (firstMonth === null) return t('draft.anyMonth');
    return t(firstMonth < offeredMonth ? 'draft.closedBefore' : 'draft.locked', {
      month: periodName(firstMonth, language),
    });
  }

  function Changes({ changes: all }: { readonly changes: TriedDraft['changes'] }) {
    if (draft.inForce === null) return <p className="quiet">{t('draft.newPlan')}</p>;
    if (!all || all.length === 0) return <p className="quiet">{t('draft.noChanges')}</p>;
    return (
      <ul className="plan-lines publish-changes">
        {all.map((change) => (
          <li key={change.path}>{say(change.text)}</li>
        ))}
      </ul>
    );
  }
}
