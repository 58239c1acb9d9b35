import { ApiError, errorSentence, Unreachable } from '../api.ts';
import { useReader } from '../text/language.ts';

/** Says what happened, what was kept, and lets the reader try again. */
export function Failed({ error, reset }: { readonly error: unknown; readonly reset?: () => void }) {
  const { t, language } = useReader();
  const sentence =
    error instanceof Unreachable && error.message === 'unreachable'
      ? t('state.unreachable')
      : error instanceof ApiError && error.status === 403
        ? t('state.forbidden')
        : (errorSentence(error, language) ?? t('state.broken'));
  // What is not there, or not for this reader, will not be on a second asking either.
  const final = error instanceof ApiError && (error.status === 403 || error.status === 404);
  return (
    <section className="state" role="alert">
      <h2>{t('state.failed')}</h2>
      <p>{sentence}</p>
      {reset && !final ? (
        <button type="button" className="press" onClick={reset}>
          {t('state.retry')}
        </button>
      ) : null}
    </section>
  );
}
