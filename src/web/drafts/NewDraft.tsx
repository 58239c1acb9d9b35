import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import type { CreateDraft, SavedDraft } from '../../scores/draftSchemas.ts';
import { errorSentence, send } from '../api.ts';
import { draftsQuery, plansQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const bytesMax = 256 * 1024;

/** A plan of one's own, from one that exists or from a file. */
export default function NewDraft({ close }: { readonly close: () => void }) {
  const { t, language, say } = useReader();
  const plans = useQuery(plansQuery);
  const make = useMakeDraft();
  const [wrong, setWrong] = useState<string | null>(null);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name)).trim();
    setWrong(null);
    make.mutate({ plan: text('plan'), as: { id: text('id'), name: text('name') } });
  }
  async function upload(file: File | undefined) {
    if (!file) return;
    const tooLarge = file.size > bytesMax;
    setWrong(tooLarge ? t('draft.fileTooLarge') : null);
    if (!tooLarge) make.mutate({ text: await file.text() });
  }
  const problem = wrong ?? (make.error ? (errorSentence(make.error, language) ?? t('state.broken')) : null);
  return (
    <Modal open title={t('draft.start')} onCancel={close} footer={null}>
      <div className="stack">
        <p className="quiet">{t('draft.startText')}</p>
        <form className="stack" onSubmit={submit}>
          <label className="field">
            <span>{t('draft.basePlan')}</span>
            <select name="plan" className="new-draft-base" required>
              {plans.data?.plans.map((plan) => (
                <option key={plan.id} value={plan.id}>
                  {say(plan.name)}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>{t('draft.newName')}</span>
            <input name="name" maxLength={200} autoComplete="off" required />
          </label>
          <label className="field">
            <span>{t('draft.newId')}</span>
            <input name="id" pattern="[a-z][a-z0-9\-]{0,63}" autoComplete="off" required />
            <span className="small">{t('draft.newIdText')}</span>
          </label>
          <p>
            <button type="submit" className="press" disabled={make.isPending}>
              {t('draft.create')}
            </button>
          </p>
        </form>
        <p>
          <label className="press press-plain">
            {t('draft.fromFile')}
            <input
              className="unseen"
              type="file"
              accept=".yaml,.yml,.json"
              onChange={(event) => {
                upload(event.target.files?.[0]);
                event.target.value = '';
              }}
            />
          </label>
        </p>
        <p className="small quiet">{t('draft.fromFileText')}</p>
        {problem ? (
          <p className="notice notice-fault" role="alert">
            {problem}
          </p>
        ) : null}
      </div>
    </Modal>
  );
}

/** Makes a draft and opens it. */
export function useMakeDraft() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (asked: CreateDraft) => send<SavedDraft>('POST', '/api/drafts', asked),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: draftsQuery.queryKey });
      await navigate({ to: '/drafts/$draftId', params: { draftId: id } });
    },
  });
}
