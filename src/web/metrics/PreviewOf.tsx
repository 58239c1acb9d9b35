import type { Preview } from '../../metrics/definitionSchemas.ts';
import { periodName, withUnit } from '../format.ts';
import { useReader } from '../text/language.ts';
import { Issues } from './Refusal.tsx';

/** What the metric would show, on real records; or everything that is wrong with it. */
export function PreviewOf({ preview }: { readonly preview: Preview }) {
  const { t, say, language } = useReader();
  const { metric, issues, whole, teams, agents } = preview;
  if (!metric)
    return (
      <div className="notice notice-fault" role="alert">
        <p>{t('metrics.form.issues', { count: issues.length })}</p>
        <Issues issues={issues} />
      </div>
    );
  const figure = (value: string | null) => withUnit(value, metric.unit, language);
  return (
    <div className="stack" aria-live="polite">
      <h2>{t('metrics.form.previewTitle', { period: periodName(preview.period, language) })}</h2>
      <p>{say(metric.definition)}</p>
      <p className="quiet small">
        {[metric.attribution, metric.periodRule, metric.exclusion].map(say).join(t('mark.semicolon'))}
      </p>
      {whole === null || whole.status === 'noData' ? (
        <p>{t('metrics.noFigures')}</p>
      ) : (
        <>
          <table className="plain-table">
            <thead>
              <tr>
                <th>{t('metrics.byTeam')}</th>
                <th className="end">{t('metrics.value')}</th>
                <th className="end">{t('metrics.n')}</th>
              </tr>
            </thead>
            <tbody>
              {teams.map(({ team, figure: row }) => (
                <tr key={team}>
                  <td>{team || t('metrics.noTeam')}</td>
                  <td className="end">{figure(row.value)}</td>
                  <td className="end">{row.n}</td>
                </tr>
              ))}
              <tr>
                <td>
                  <b>{t('metrics.whole')}</b>
                </td>
                <td className="end">
                  <b>{figure(whole.value)}</b>
                </td>
                <td className="end">{whole.n}</td>
              </tr>
            </tbody>
          </table>
          <p className="quiet small">
            {t('metrics.form.previewText', { withData: agents.withData, below: agents.belowMinimum })}
          </p>
        </>
      )}
    </div>
  );
}
