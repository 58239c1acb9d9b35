import { ApiError, errorSentence } from '../api.ts';
import { useReader } from '../text/language.ts';
import { placesOf } from './composeView.ts';

interface Told {
  readonly path: string;
  readonly code: string;
  readonly message?: { readonly zh: string; readonly en: string };
}

/** Every issue with its place. */
export function Issues({ issues }: { readonly issues: readonly Told[] }) {
  const { t, say } = useReader();
  return (
    <ul>
      {issues.map(({ path, code, message }) => (
        <li key={`${path} ${code}`}>
          {path === '' ? null : (
            <span title={path}>
              {placesOf(path)
                .map((step) =>
                  typeof step === 'number'
                    ? t('metrics.form.item', { n: step + 1 })
                    : t(`metrics.form.place.${step}`, step),
                )
                .join(' · ')}
              {t('mark.colon')}
            </span>
          )}
          {message ? say(message) : t('metrics.form.wrong')}
        </li>
      ))}
    </ul>
  );
}

/** What the server refused, in its own words; nothing was kept. */
export function Refusal({ error }: { readonly error: Error }) {
  const { t, language } = useReader();
  const issues = error instanceof ApiError ? error.issues : [];
  return (
    <div className="notice notice-fault" role="alert">
      <p>{errorSentence(error, language) ?? t('state.broken')}</p>
      {issues.length > 0 ? <Issues issues={issues} /> : null}
    </div>
  );
}
