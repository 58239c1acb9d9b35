import { useSuspenseQuery } from '@tanstack/react-query';
import type { Progress as ProgressData } from '../../quality/rules/schemas.ts';
import { instantInTable, separated } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** How far the inspection of text is, and by which engine with which known errors. */
export function Progress({ progress }: { readonly progress: ProgressData }) {
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const when = (at: string) => instantInTable(at, organisation.timeZone, language);
  const { doing, done, total, inspectedAt, failedAt } = progress;
  const counts = { done: separated(String(done)), total: separated(String(total)) };
  return (
    <div className="inspection-progress" aria-live="polite">
      {progress.upToDate ? (
        <p>
          {inspectedAt === null ? t('rules.progress.never') : t('rules.progress.upToDate', { at: when(inspectedAt) })}
        </p>
      ) : doing === null ? (
        <p>{t('rules.progress.waiting')}</p>
      ) : (
        <p className="progress">
          {t(`rules.progress.${doing}`, counts)}
          <progress value={done} max={Math.max(total, 1)} aria-label={t('rules.progress.title')} />
        </p>
      )}
      {progress.failure !== null && failedAt !== null ? (
        <p className="notice notice-fault">{t('rules.progress.failed', { at: when(failedAt) })}</p>
      ) : null}
      <p className="quiet small">
        {progress.lagSeconds === null ? '' : t('rules.progress.lag', { seconds: progress.lagSeconds.toFixed(1) })}{' '}
        {progress.engine ? `${t('rules.progress.engine', { version: progress.engine.version })}${t('mark.stop')}` : ''}
        {progress.engine?.errors
          .map(({ what, text }) => `${say(what)}${t('mark.colon')}${say(text)}${t('mark.stop')}`)
          .join('')}
      </p>
    </div>
  );
}
