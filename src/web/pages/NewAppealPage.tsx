import '../appeals/appeals.css';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type AppealWindow, appealKinds } from '../../appraisal/appeals/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { dayInSentence, periodName } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { appealWindowQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');
const route = getRouteApi('/app/appeals/new');

/** What an agent writes on a phone: what is wrong. Everything else is known or comes after. */
export function NewAppealPage() {
  const { t, language } = useReader();
  const { me } = app.useRouteContext();
  const search = route.useSearch();
  const period = search.period ?? '';
  const kind = appealKinds.find((each) => each === search.kind);
  const query = useQuery(appealWindowQuery(period, me.agentId ?? ''));
  return (
    <>
      <PageHead title={t('appeals.fresh.title')}>
        <span className="quiet">{periodName(period, language)}</span>
      </PageHead>
      <Answer
        query={query}
        empty={(window) =>
          window.mayAppeal && kind && search.subject ? null : (
            <Empty
              title={t('appeals.fresh.closed')}
              text={
                window.state === 'over' && window.lastDay
                  ? t('appeals.over', { day: dayInSentence(window.lastDay, language) })
                  : t('appeals.fresh.closedText')
              }
            />
          )
        }
      >
        {(window) => <Form window={window} kind={kind ?? 'item'} subject={search.subject ?? ''} />}
      </Answer>
    </>
  );
}

interface FormProps {
  readonly window: AppealWindow;
  readonly kind: (typeof appealKinds)[number];
  readonly subject: string;
}

function Form({ window, kind, subject }: FormProps) {
  const { t, say, language } = useReader();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const found = window.subjects.find((each) => each.kind === kind && each.id === subject);
  const submit = useMutation({
    mutationFn: () => send<{ id: number }>('POST', '/api/appeals', { period: window.period, kind, subject, reason }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['appeals'] });
      await navigate({ to: '/appeals/$appealId', params: { appealId: String(id) } });
    },
  });
  return (
    <form
      className="appeal-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') submit.mutate();
      }}
    >
      <p>
        <span className="quiet">{t('appeals.fresh.about')} </span>
        <b>{found ? say(found.title) : `${t('appeals.kind.inspection')} ${subject}`}</b>{' '}
        <span className="quiet">{found?.day ?? t(`appeals.kind.${kind}`)}</span>
      </p>
      <label className="form-all">
        <span>{t('appeals.fresh.why')}</span>
        <textarea
          rows={6}
          maxLength={4000}
          required
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <p className="quiet small">{t('appeals.fresh.hint')}</p>
      <p className="quiet small">
        {t('appeals.fresh.until', { day: window.lastDay ? dayInSentence(window.lastDay, language) : '' })}
      </p>
      {window.assumed ? <p className="notice small">{t('appeals.fresh.assumed')}</p> : null}
      {submit.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(submit.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      <button type="submit" className="press" disabled={submit.isPending || reason.trim() === ''}>
        {t('appeals.fresh.submit')}
      </button>
    </form>
  );
}
