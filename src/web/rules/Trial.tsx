import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Trial as TrialData } from '../../quality/rules/schemas.ts';
import { instantInTable } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { Marked } from './Marked.tsx';
import { useRuleWords } from './RuleTable.tsx';
import { percentText } from './rulesView.ts';

/** What a rule would have hit: how far the trial is, how much, how right, and some of it. */
export function Trial({ trial }: { readonly trial: TrialData }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const words = useRuleWords();
  const when = (at: string) => instantInTable(at, organisation.timeZone, language);
  const seconds = trial.seconds.toFixed(1);
  return (
    <div className="trial" aria-live="polite">
      {trial.running ? (
        <p className="progress">
          {t('rules.trial.progress', { sessions: trial.sessions, total: trial.total, seconds, max: trial.secondsMax })}
          <progress value={trial.sessions} max={Math.max(trial.total, 1)} aria-label={t('rules.trial.title')} />
        </p>
      ) : (
        <p>
          {trial.since === null
            ? ''
            : t('rules.trial.done', { sessions: trial.sessions, since: when(trial.since), seconds })}{' '}
          {trial.stopped === null ? '' : t(`rules.trial.stopped.${trial.stopped}`)}
        </p>
      )}
      {trial.sessions === 0 ? null : (
        <>
          <p>
            {t('rules.trial.result', {
              ...{ hits: trial.hits, count: trial.sessionsHit },
              share: `${percentText(trial.sharePercent)}%`,
            })}
            {trial.precision.labelled === 0 ? '' : t('rules.trial.precision', { text: words.precision(trial) })}
          </p>
          {trial.hitsTooMuch ? <p className="notice">{t('rules.tooMuchText')}</p> : null}
          {trial.sample.length > 0 ? <h3>{t('rules.trial.sample')}</h3> : null}
          <ul className="trial-sample">
            {trial.sample.map((hit) => (
              <li key={`${hit.sessionId} ${hit.messageKey}`}>
                {hit.messageKey === '0' ? (
                  <span className="quiet">{t('rules.hit.whole')}</span>
                ) : (
                  <Marked text={hit.text} spans={hit.places.map((place) => ({ ...place, grave: false }))} />
                )}{' '}
                <Link className="small" to="/sessions/$sessionId" params={{ sessionId: hit.sessionId }}>
                  {t('rules.hit.open')}
                </Link>
                {hit.status === 'open' ? null : (
                  <span className="quiet small"> {t(`rules.hit.status.${hit.status}`)}</span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
