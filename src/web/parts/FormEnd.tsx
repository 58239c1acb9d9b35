import { Button } from 'antd';
import { errorSentence } from '../api.ts';
import { useReader } from '../text/language.ts';

interface FormEndProps {
  readonly act: { readonly error: Error | null; readonly isPending: boolean };
  readonly word: string;
  readonly close: () => void;
}

/** What the server refused, and the two buttons. */
export function FormEnd({ act, word, close }: FormEndProps) {
  const { t, language } = useReader();
  return (
    <>
      {act.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(act.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      <p className="row">
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {word}
        </Button>
        <Button onClick={close}>{t('state.cancel')}</Button>
      </p>
    </>
  );
}
