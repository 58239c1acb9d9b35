import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Appeal } from '../../appraisal/appeals/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { appealPreviewQuery, appealsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { useSettled } from '../yamlForm/useSettled.ts';
import { type Chosen, correctionsOf, wordSoFar } from './appealView.ts';
import { Choose } from './Choose.tsx';
import { Compare } from './Compare.tsx';
import { Correction } from './Correction.tsx';

/** The step at hand: what would be put right, what that changes, and the word with its reason. */
export function Decide({ appeal }: { readonly appeal: Appeal }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const navigate = useNavigate();
  const step = appeal.state === 'submitted' ? 'supervisor' : 'hr';
  const [decision, setDecision] = useState(() => wordSoFar(appeal).decision);
  const [reason, setReason] = useState('');
  const [chosen, setChosen] = useState<Chosen>(() => wordSoFar(appeal).chosen);
  const corrections = correctionsOf(appeal, chosen);
  const decide = useMutation({
    mutationFn: () =>
      send('POST', `/api/appeals/${appeal.id}/decide`, {
        ...{ decision, reason, corrections: decision === 'upheld' ? corrections : [] },
      }),
    onSuccess: async () => {
      const { appeals } = await client.fetchQuery(appealsQuery('open'));
      await client.invalidateQueries({ queryKey: ['appeals'] });
      const next = appeals.find(({ id, mayDecide }) => mayDecide && id !== appeal.id);
      if (next) await navigate({ to: '/appeals/$appealId', params: { appealId: String(next.id) } });
    },
  });
  return (
    <form
      className="appeal-decide"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') decide.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && reason.trim() !== '') decide.mutate();
      }}
    >
      <h2>{t(`appeals.decide.${step}`)}</h2>
      <fieldset className="appeal-word">
        <legend className="unseen">{t(`appeals.decide.${step}`)}</legend>
        {(['upheld', 'rejected'] as const).map((each) => (
          <label key={each}>
            <input type="radio" name="decision" checked={decision === each} onChange={() => setDecision(each)} />
            {t(`appeals.decide.${each}`)}
          </label>
        ))}
      </fieldset>
      {decision === 'upheld' ? (
        <>
          <h3>{t('appeals.decide.what')}</h3>
          {appeal.kind === 'item' ? (
            <Choose appeal={appeal} chosen={chosen} choose={setChosen} />
          ) : (
            <ul>
              {corrections.map((each) => (
                <Correction key={JSON.stringify(each)} correction={each} />
              ))}
            </ul>
          )}
          <Preview appeal={appeal.id} corrections={corrections} />
        </>
      ) : null}
      <label className="form-all">
        <span>{t('appeals.decide.reason')}</span>
        <textarea
          rows={4}
          maxLength={4000}
          required
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {decide.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(decide.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      <button type="submit" className="press" disabled={decide.isPending || reason.trim() === ''}>
        {step === 'hr' ? t('appeals.decide.sendFinal') : t('appeals.decide.send')}
      </button>
    </form>
  );
}

function Preview({ appeal, corrections }: { readonly appeal: number; readonly corrections: Appeal['proposed'] }) {
  const { t, language } = useReader();
  const settled = useSettled(JSON.stringify(corrections), 300);
  const asked: Appeal['proposed'] = JSON.parse(settled);
  const query = useQuery({ ...appealPreviewQuery(appeal, asked), enabled: asked.length > 0, retry: false });
  if (corrections.length === 0) return <p className="quiet">{t('appeals.decide.choose')}</p>;
  if (query.error)
    return (
      <p className="notice notice-fault" role="alert">
        {errorSentence(query.error, language) ?? t('state.broken')}
      </p>
    );
  return query.data ? (
    <div aria-live="polite" aria-busy={query.isFetching}>
      <Compare compared={query.data} />
    </div>
  ) : (
    <p className="quiet">{t('state.loading')}</p>
  );
}
