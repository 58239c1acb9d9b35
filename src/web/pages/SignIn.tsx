import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Welcome } from '../../people/schemas.ts';
import { ApiError, errorSentence, get, send } from '../api.ts';
import { Gate } from '../shell/Gate.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/sign-in');

export function SignIn() {
  const { t, language } = useReader();
  const { next } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const welcome = useQuery({ queryKey: ['welcome'], queryFn: () => get<Welcome>('/api/welcome'), retry: false });
  const [state, setState] = useState<{ busy: boolean; problem: string | null }>({ busy: false, problem: null });

  function sentence(error: unknown): string {
    if (!(error instanceof ApiError)) return t('state.unreachable');
    if (error.code === 'signIn.refused') return t('signIn.wrong');
    return errorSentence(error, language) ?? t('signIn.wrong');
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setState({ busy: true, problem: null });
    try {
      await send('POST', '/api/auth/sign-in/email', { email: form.get('email'), password: form.get('password') });
      client.clear();
      // Only a path of this site: an address elsewhere in `next` must not be followed.
      await router.navigate({ href: next && /^\/(?![/\\])/.test(next) ? next : '/' });
    } catch (error) {
      setState({ busy: false, problem: sentence(error) });
    }
  }

  return (
    <Gate title={t('signIn.title')}>
      <h1>{t('signIn.title')}</h1>
      {welcome.data?.needsFirstAdministrator ? <p className="notice">{t('signIn.first')}</p> : null}
      <form className="stack" style={{ gap: 16 }} onSubmit={submit}>
        <label className="field">
          <span>{t('signIn.email')}</span>
          <input name="email" type="email" autoComplete="username" required />
        </label>
        <label className="field">
          <span>{t('signIn.password')}</span>
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        {state.problem ? (
          <p className="notice notice-red" role="alert">
            {state.problem}
          </p>
        ) : null}
        <button type="submit" className="press" disabled={state.busy}>
          {state.busy ? t('signIn.submitting') : t('signIn.submit')}
        </button>
      </form>
    </Gate>
  );
}
