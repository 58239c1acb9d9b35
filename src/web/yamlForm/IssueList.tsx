import { useReader } from '../text/language.ts';
import type { Issue } from './editing.ts';
import { byGravity, nearestPlace } from './issuesAt.ts';

/** Everything that is wrong, gravest first; pressing one leads to its place. */
export function IssueList({ issues, sound }: { readonly issues: readonly Issue[]; readonly sound: string }) {
  const { t, say } = useReader();
  if (issues.length === 0)
    return (
      <p className="issues-none" role="status">
        ✓ {sound}
      </p>
    );
  const countOf = (level: Issue['level']) => issues.filter((issue) => issue.level === level).length;
  const [errors, needed] = [countOf('error'), countOf('needed')];
  return (
    <details className="issues" open>
      <summary>
        {errors > 0
          ? t('form.errors', { count: errors })
          : needed > 0
            ? t('draft.needed', { count: needed })
            : t('draft.noErrors')}
      </summary>
      <ul>
        {byGravity(issues).map((issue) => (
          <li key={`${issue.path} ${issue.code} ${issue.message.en}`} className={`wrong-${issue.level}`}>
            <button type="button" className="text-button" onClick={() => goTo(issue.path)}>
              {say(issue.message)}
            </button>{' '}
            {issue.path === '' ? null : <code>{issue.path}</code>}
          </li>
        ))}
      </ul>
    </details>
  );
}

function goTo(path: string): void {
  const all = [...document.querySelectorAll<HTMLElement>('[data-place]')];
  const place = nearestPlace(
    path,
    all.map((element) => element.dataset.place ?? ''),
  );
  const element = all.find((each) => each.dataset.place === place);
  element?.scrollIntoView({ block: 'center' });
  element?.focus({ preventScroll: true });
}
