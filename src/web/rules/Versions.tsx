import { useSuspenseQuery } from '@tanstack/react-query';
import type { RulePage as Page } from '../../quality/rules/schemas.ts';
import { instantInTable } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** What a rule was before, newest first. */
export function Versions({
  versions,
  load,
}: {
  readonly versions: Page['versions'];
  readonly load: ((text: string) => void) | null;
}) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  if (versions.length === 0) return null;
  return (
    <section className="stack">
      <h2>{t('rules.page.versions')}</h2>
      <ul className="rule-versions">
        {versions.map((version) => (
          <li key={version.version}>
            {t('rules.v', { version: version.version })} ·{' '}
            {version.origin === 'shipped'
              ? t('rules.page.shipped')
              : t('rules.page.savedBy', {
                  ...{ by: version.savedBy, at: instantInTable(version.savedAt, organisation.timeZone, language) },
                })}
            {version.origin === 'own' && version.reason !== '' ? ` · ${version.reason}` : ''}{' '}
            {load ? (
              <button type="button" className="text-button small" onClick={() => load(version.written)}>
                {t('rules.page.useVersion')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
