import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { CaseList, Proposed } from '../../quality/cases/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { useReader } from '../text/language.ts';

/** Looks for the best of a week now, instead of at night. */
export function Propose({ weeks }: { readonly weeks: CaseList['weeks'] }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<string | null>(null);
  const week = chosen ?? weeks[0]?.monday ?? '';
  const propose = useMutation({
    mutationFn: () => send<Proposed>('POST', '/api/cases/proposals', { week }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['cases'] }),
  });
  return (
    <div className="row cases-find">
      <Select
        aria-label={t('cases.weekPick')}
        value={week}
        onChange={setChosen}
        popupMatchSelectWidth={false}
        style={{ minWidth: 220 }}
        options={weeks.map(({ monday, looked }) => ({
          value: monday,
          label: looked ? t('cases.looked', { monday }) : t('cases.week', { monday }),
        }))}
      />
      <button type="button" className="press" disabled={propose.isPending} onClick={() => propose.mutate()}>
        {t('cases.propose')}
      </button>
      {propose.data ? <span role="status">{t('cases.proposed', propose.data)}</span> : null}
      {propose.error ? (
        <span className="fault" role="alert">
          {errorSentence(propose.error, language) ?? t('state.broken')}
        </span>
      ) : null}
    </div>
  );
}
