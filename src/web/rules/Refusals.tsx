import { ApiError, errorSentence } from '../api.ts';
import { useReader } from '../text/language.ts';

interface Told {
  readonly path: string;
  readonly code: string;
  readonly message?: { readonly zh: string; readonly en: string };
}

/** What the server refused, in its own words, every fault with its place. */
export function Refusals({ error }: { readonly error: Error }) {
  const { t, say, language } = useReader();
  const issues: readonly Told[] = error instanceof ApiError ? error.issues : [];
  return (
    <div className="notice notice-fault" role="alert">
      <p>{errorSentence(error, language) ?? t('state.broken')}</p>
      {issues.length === 0 ? null : (
        <ul>
          {issues.map(({ path, code, message }) => (
            <li key={`${path} ${code} ${message?.en}`}>
              {path === '' ? null : <code>{path} </code>}
              {message ? say(message) : code}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
