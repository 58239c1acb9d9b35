import { useMutation } from '@tanstack/react-query';
import { Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import type { ChangePassword as Asked, Me } from '../../people/schemas.ts';
import { errorSentence, send, Unreachable } from '../api.ts';
import { useReader } from '../text/language.ts';
import { problemOfPassword } from './newPassword.ts';

const fields = [
  ['current', 'current-password'],
  ['fresh', 'new-password'],
  ['again', 'new-password'],
] as const;

/** Who one is signed in as, and a new password for oneself. */
export default function ChangePassword({ me, close }: { readonly me: Me; readonly close: () => void }) {
  const { t, language } = useReader();
  const [wrong, setWrong] = useState<'short' | 'differ' | null>(null);
  const change = useMutation({
    mutationFn: (asked: Asked) => send('POST', '/api/auth/change-password', asked),
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: (typeof fields)[number][0]) => String(form.get(name));
    const problem = problemOfPassword(text('fresh'), text('again'));
    setWrong(problem);
    if (problem === null) change.mutate({ currentPassword: text('current'), newPassword: text('fresh') });
  }

  const failure = change.error
    ? change.error instanceof Unreachable
      ? t('state.unreachable')
      : (errorSentence(change.error, language) ?? t('state.broken'))
    : null;
  const problem = wrong ? t(`setup.${wrong}`) : failure;
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
            {fields.map(([name, complete]) => (
              <label key={name} className="field">
                <span>{t(`account.${name}`)}</span>
                <input name={name} type="password" autoComplete={complete} maxLength={128} required />
              </label>
            ))}
            {problem ? (
              <p className="notice notice-red" role="alert">
                {problem}
              </p>
            ) : null}
            <button type="submit" className="press" disabled={change.isPending}>
              {change.isPending ? t('account.submitting') : t('account.submit')}
            </button>
          </form>
        )}
      </div>
    </Modal>
  );
}
