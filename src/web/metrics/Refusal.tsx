import { ApiError, errorSentence } from '../api.ts';
import { useReader } from '../text/language.ts';

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
          {path === '' ? null : <code>{path}</code>} {message ? say(message) : t('metrics.form.wrong')}
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
    <div className="notice notice-red" role="alert">
      <p>{errorSentence(error, language) ?? t('state.broken')}</p>
      {issues.length > 0 ? <Issues issues={issues} /> : null}
    </div>
  );
}
