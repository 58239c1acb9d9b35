import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { companyRefusals } from '../../people/companyRefusals.ts';
import { ownPath } from '../../people/ownPath.ts';
import type { Welcome } from '../../people/schemas.ts';
import { ApiError, errorSentence, get, send } from '../api.ts';
import { Gate } from '../shell/Gate.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/sign-in');
const focus = (field: HTMLInputElement | null) => field?.focus();

export function SignIn() {
  const { t, language } = useReader();
  const { next, refused } = route.useSearch();
  const refusal = companyRefusals.find((each) => each === refused);
  const router = useRouter();
  const client = useQueryClient();
  const welcome = useQuery({ queryKey: ['welcome'], queryFn: () => get<Welcome>('/api/welcome'), retry: false });
  const [state, setState] = useState<{ busy: boolean; problem: string | null; asksCode?: boolean }>({
    busy: false,
    problem: null,
  });

  function sentence(error: unknown): string {
    if (!(error instanceof ApiError)) return t('state.unreachable');
    // An e-mail that cannot be one is told like one that nobody has.
    if (error.code === 'signIn.refused' || error.code === 'request.invalid') return t('signIn.wrong');
    return errorSentence(error, language) ?? t('signIn.wrong');
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setState((before) => ({ ...before, busy: true, problem: null }));
    try {
      const code = form.get('code');
      const given = { email: form.get('email'), password: form.get('password'), ...(code === null ? {} : { code }) };
      await send('POST', '/api/auth/sign-in/email', given);
      client.clear();
      await router.navigate({ href: ownPath(next) });
    } catch (error) {
      const code = error instanceof ApiError ? error.code : null;
      setState({
        busy: false,
        problem: code === 'signIn.codeNeeded' ? null : sentence(error),
        asksCode: code === 'signIn.codeNeeded' || code === 'code.wrong',
      });
    }
  }

  return (
    <Gate title={t('signIn.title')}>
      <h1>{t('signIn.title')}</h1>
      {welcome.data?.needsFirstAdministrator ? <p className="notice">{t('signIn.first')}</p> : null}
      {refusal ? (
        <p className="notice notice-fault" role="alert">
          {t(`signIn.refused.${refusal}`)}
        </p>
      ) : null}
      <form className="stack" style={{ gap: 16 }} onSubmit={submit}>
        <label className="field">
          <span>{t('signIn.email')}</span>
          <input name="email" type="email" autoComplete="username" required />
        </label>
        <label className="field">
          <span>{t('signIn.password')}</span>
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        {state.asksCode ? (
          <label className="field">
            <span>{t('signIn.code')}</span>
            <input
              name="code"
              autoComplete="one-time-code"
              maxLength={40}
              required
              ref={focus}
              aria-describedby="code"
            />
            <small id="code" className="quiet">
              {t('signIn.codeText')}
            </small>
          </label>
        ) : null}
        {state.problem ? (
          <p className="notice notice-fault" role="alert">
            {state.problem}
          </p>
        ) : null}
        <button type="submit" className="press" disabled={state.busy}>
          {state.busy ? t('signIn.submitting') : t('signIn.submit')}
        </button>
      </form>
      {welcome.data?.companySignIn ? (
        <a className="press press-plain" href={`/api/auth/oidc${next ? `?next=${encodeURIComponent(next)}` : ''}`}>
          {t('signIn.company')}
        </a>
      ) : null}
    </Gate>
  );
}
