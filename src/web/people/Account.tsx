import { useMutation } from '@tanstack/react-query';
import { Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import type { ChangePassword as Asked, Me } from '../../people/schemas.ts';
import { errorSentence, send, Unreachable } from '../api.ts';
import { useReader } from '../text/language.ts';
import { FreshPassword, freshPasswordOf } from './FreshPassword.tsx';
import { SecondFactor } from './SecondFactor.tsx';

/** Who one is signed in as, a new password for oneself, and one's second factor. */
export default function Account({ me, close }: { readonly me: Me; readonly close: () => void }) {
  const { t, language } = useReader();
  const [wrong, setWrong] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: (asked: Asked) => send('POST', '/api/auth/change-password', asked),
  });

  const who = () => ({ email: me.email ?? '', name: me.name });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { fresh, problem = null } = freshPasswordOf(form, who(), t);
    setWrong(problem);
    if (fresh !== undefined) change.mutate({ currentPassword: String(form.get('current')), newPassword: fresh });
  }

  const failure = change.error
    ? change.error instanceof Unreachable
      ? t('state.unreachable')
      : (errorSentence(change.error, language) ?? t('state.broken'))
    : null;
  const problem = wrong ?? failure;
  return (
    <Modal open title={t('account.title')} onCancel={close} footer={null} width={420} destroyOnHidden>
      <div className="stack" style={{ gap: 16 }}>
        <p className="quiet">{[me.name, t(`role.${me.role}`), me.email].filter(Boolean).join(' · ')}</p>
        {change.isSuccess ? (
          <p className="notice" role="status">
            {t('account.done')}
          </p>
        ) : (
          <form className="stack" style={{ gap: 16 }} onSubmit={submit}>
            {/* Tells a password keeper whose password this is. */}
            <input name="username" autoComplete="username" value={me.email ?? me.name} readOnly hidden />
            <label className="field">
              <span>{t('account.current')}</span>
              <input name="current" type="password" autoComplete="current-password" maxLength={128} required />
            </label>
            <FreshPassword labels={{ fresh: t('account.fresh'), again: t('account.again') }} who={who} />
            {problem ? (
              <p className="notice notice-fault" role="alert">
                {problem}
              </p>
            ) : null}
            <button type="submit" className="press" disabled={change.isPending}>
              {change.isPending ? t('account.submitting') : t('account.submit')}
            </button>
          </form>
        )}
        <h3>{t('factor.title')}</h3>
        <SecondFactor me={me} />
      </div>
    </Modal>
  );
}
