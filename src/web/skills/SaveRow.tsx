import { Button } from 'antd';
import { ApiError, errorSentence } from '../api.ts';
import { useReader } from '../text/language.ts';

interface SaveRowProps {
  readonly act: { readonly error: Error | null; readonly isPending: boolean };
  readonly word: string;
  readonly close: () => void;
  readonly disabled?: boolean;
}

/** The end of a form: what the server refused, each reason once, and the two buttons. */
export function SaveRow({ act, word, close, disabled = false }: SaveRowProps) {
  const { t, language } = useReader();
  const issues = act.error instanceof ApiError ? act.error.issues : [];
  const codes = [...new Set(issues.flatMap(({ code }) => code.split('.').at(-1) ?? []))];
  return (
    <>
      {act.error ? (
        <div className="notice notice-fault" role="alert">
          <p>{errorSentence(act.error, language) ?? t('state.broken')}</p>
          {codes.map((code) => (
            <p key={code}>{t(`skills.issues.${code}`, '')}</p>
          ))}
        </div>
      ) : null}
      <p className="row">
        <Button type="primary" htmlType="submit" loading={act.isPending} disabled={disabled}>
          {word}
        </Button>
        <Button onClick={close}>{t('state.cancel')}</Button>
      </p>
    </>
  );
}
