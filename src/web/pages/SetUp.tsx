import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { FinishSetup, Setup } from '../../people/schemas.ts';
import { errorSentence, send, Unreachable } from '../api.ts';
import { FreshPassword, freshPasswordOf, type Who } from '../people/FreshPassword.tsx';
import { Gate } from '../shell/Gate.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/setup');

export function SetUp() {
  const { t, language } = useReader();
  const { token } = route.useSearch();
  const look = useQuery({
    queryKey: ['setup', token],
    queryFn: () => send<Setup>('POST', '/api/setup/look', { token }),
    enabled: token !== '',
    retry: false,
  });
  const first = look.data?.kind === 'firstAdministrator';
  const title = first ? t('setup.firstTitle') : t('setup.passwordTitle');
  return (
    <Gate title={title}>
      <h1>{title}</h1>
      {token === '' ? (
        <p className="notice">{t('setup.noToken')}</p>
      ) : look.isPending ? (
        <p className="quiet">{t('state.loading')}</p>
      ) : look.isError ? (
        <>
          <p className="notice notice-fault" role="alert">
            {look.error instanceof Unreachable
              ? t('state.unreachable')
              : (errorSentence(look.error, language) ?? t('setup.used'))}
          </p>
          <Link to="/sign-in">{t('setup.toSignIn')}</Link>
        </>
      ) : (
        <Choose setup={look.data} token={token} />
      )}
    </Gate>
  );
}

function Choose({ setup, token }: { readonly setup: Setup; readonly token: string }) {
  const { t, language } = useReader();
  const router = useRouter();
  const client = useQueryClient();
  const [state, setState] = useState<{ busy: boolean; problem: string | null }>({ busy: false, problem: null });

  const who = (form: FormData): Who =>
    setup.kind === 'password' ? setup : { email: String(form.get('email')), name: String(form.get('name')) };

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name));
    const { fresh, problem } = freshPasswordOf(form, who(form), t);
    if (fresh === undefined) return setState({ busy: false, problem });
    setState({ busy: true, problem: null });
    const first = setup.kind === 'firstAdministrator' ? { email: text('email'), name: text('name') } : {};
    try {
      await send('POST', '/api/setup', { token, password: fresh, ...first } satisfies FinishSetup);
      client.clear();
      await router.navigate({ to: '/' });
    } catch (error) {
      const sentence = error instanceof Unreachable ? t('state.unreachable') : errorSentence(error, language);
      setState({ busy: false, problem: sentence ?? t('setup.used') });
    }
  }

  return (
    <form className="stack" style={{ gap: 16 }} onSubmit={submit}>
      {setup.kind === 'firstAdministrator' ? (
        <>
          <p className="quiet">{t('setup.firstText')}</p>
          <label className="field">
            <span>{t('setup.name')}</span>
            <input name="name" autoComplete="name" required maxLength={100} />
          </label>
          <label className="field">
            <span>{t('setup.email')}</span>
            <input name="email" type="email" autoComplete="username" required />
          </label>
        </>
      ) : (
        <p className="quiet">{t('setup.passwordText', { name: setup.name, email: setup.email })}</p>
      )}
      <FreshPassword labels={{ fresh: t('setup.password'), again: t('setup.again') }} who={who} />
      {state.problem ? (
        <p className="notice notice-fault" role="alert">
          {state.problem}
        </p>
      ) : null}
      <button type="submit" className="press" disabled={state.busy}>
        {state.busy ? t('setup.submitting') : t('setup.submit')}
      </button>
    </form>
  );
}
