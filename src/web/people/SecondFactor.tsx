import { useMutation } from '@tanstack/react-query';
import { QRCode } from 'antd';
import type { FormEvent } from 'react';
import type { GivenCode, Me, OfferedSecret, OwnPassword, RecoveryCodes } from '../../people/schemas.ts';
import { errorSentence, send, Unreachable } from '../api.ts';
import { useReader } from '../text/language.ts';
import { useMeAnew } from './useMeAnew.ts';

/** Few enough recovery codes to say so. */
const few = 3;

/** One's own second factor: password, then scanning, then a first code, then the recovery codes; or turning it off. */
export function SecondFactor({ me }: { readonly me: Me }) {
  const { t } = useReader();
  const start = useMutation({
    mutationFn: (asked: OwnPassword) => send<OfferedSecret>('POST', '/api/account/second-factor', asked),
  });
  const confirm = useMutation({
    mutationFn: (asked: GivenCode) => send<RecoveryCodes>('POST', '/api/account/second-factor/confirm', asked),
  });
  const anew = useMeAnew();
  const end = useMutation({
    mutationFn: (asked: GivenCode) => send('POST', '/api/account/second-factor/end', asked),
    onSuccess: anew,
  });
  const { on, demanded, codesLeft } = me.secondFactor;

  if (confirm.data) {
    const done = async () => {
      await anew();
      confirm.reset();
      start.reset();
    };
    return <Codes codes={confirm.data.codes} done={done} />;
  }
  if (start.data) {
    const { uri, secret } = start.data;
    return (
      <div className="stack">
        <p>{t('factor.scan')}</p>
        <figure className="factor-picture" role="img" aria-label={t('factor.picture')}>
          <QRCode value={uri} type="svg" size={200} color="#000" bgColor="#fff" bordered={false} marginSize={2} />
        </figure>
        <code className="once">{secret.match(/.{1,4}/g)?.join(' ')}</code>
        <AskCode label={t('factor.code')} submit={t('factor.confirm')} act={confirm} digits />
      </div>
    );
  }
  if (on) {
    return (
      <div className="stack">
        <p className="quiet small">{t('factor.about')}</p>
        <p>{t('factor.on', { count: codesLeft })}</p>
        {codesLeft <= few && !demanded ? <p className="notice">{t('factor.few')}</p> : null}
        {demanded ? null : <AskCode label={t('factor.endCode')} submit={t('factor.end')} act={end} />}
      </div>
    );
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    start.mutate({ password: String(new FormData(event.currentTarget).get('password')) });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p className="quiet small">{t('factor.about')}</p>
      <p>{t('factor.off')}</p>
      <label className="field">
        <span>{t('factor.password')}</span>
        <input name="password" type="password" autoComplete="current-password" maxLength={128} required />
      </label>
      <Problem error={start.error} />
      <button type="submit" className="press" disabled={start.isPending}>
        {t('factor.start')}
      </button>
    </form>
  );
}

function AskCode({
  label,
  submit,
  act,
  digits = false,
}: {
  readonly label: string;
  readonly submit: string;
  readonly act: { mutate(asked: GivenCode): void; readonly isPending: boolean; readonly error: Error | null };
  readonly digits?: boolean;
}) {
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ code: String(new FormData(event.currentTarget).get('code')) });
      }}
    >
      <label className="field">
        <span>{label}</span>
        <input
          name="code"
          autoComplete="one-time-code"
          inputMode={digits ? 'numeric' : 'text'}
          maxLength={digits ? 7 : 40}
          required
        />
      </label>
      <Problem error={act.error} />
      <button type="submit" className="press" disabled={act.isPending}>
        {submit}
      </button>
    </form>
  );
}

function Codes({ codes, done }: { readonly codes: readonly string[]; readonly done: () => void }) {
  const { t } = useReader();
  return (
    <div className="stack">
      <h3>{t('factor.codesTitle')}</h3>
      <p>{t('factor.codesText')}</p>
      <ol className="factor-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <button type="button" className="press" onClick={done}>
        {t('factor.done')}
      </button>
    </div>
  );
}

function Problem({ error }: { readonly error: Error | null }) {
  const { t, language } = useReader();
  if (error === null) return null;
  return (
    <p className="notice notice-fault" role="alert">
      {error instanceof Unreachable ? t('state.unreachable') : (errorSentence(error, language) ?? t('state.broken'))}
    </p>
  );
}
