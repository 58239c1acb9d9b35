import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DualRunAnswer } from '../../metrics/definitionSchemas.ts';
import type { MetricDefinitionView } from '../../metrics/schemas.ts';
import { figure, periodName, signedFigure, withUnit } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { Differences } from './Differences.tsx';
import { runCounts } from './metricsView.ts';

type Unit = MetricDefinitionView['unit'];
const shownFirst = 20;

/** Whose figure a change moves and by how much, the largest change first; who crosses the minimum n. */
export function DualRun({ run }: { readonly run: DualRunAnswer }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const names = new Map(organisation.agents.map(({ agentId, name }) => [agentId, name]));
  const { agents, teams, unit } = run;
  const counts = runCounts(agents);
  return (
    <section className="section" aria-live="polite">
      <h2>{t('metrics.run.title', { period: periodName(run.period, language) })}</h2>
      <div className="stack">
        <Differences differences={run.differences} />
        <p>{counts.moved === 0 ? t('metrics.run.nothing') : t('metrics.run.counts', { ...counts })}</p>
        {counts.crossing > 0 ? (
          <p>
            {t('metrics.run.crossing', {
              ...{ rises: agents.risesAbove, falls: agents.fallsBelow, gains: agents.gains, loses: agents.loses },
            })}
          </p>
        ) : null}
        <Moved title={t('metrics.run.teams')} run={teams} unit={unit} nameOf={(key) => key || t('metrics.noTeam')} />
        <Moved title={t('metrics.run.agents')} run={agents} unit={unit} nameOf={(key) => names.get(key) ?? key} />
      </div>
    </section>
  );
}

function Moved({
  title,
  run,
  unit,
  nameOf,
}: {
  readonly title: string;
  readonly run: DualRunAnswer['agents'];
  readonly unit: Unit;
  readonly nameOf: (key: string) => string;
}) {
  const { t, language } = useReader();
  const [shown, setShown] = useState(shownFirst);
  if (run.moved.length === 0) return null;
  return (
    <div className="scroll-x">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{title}</th>
            <th className="end">{t('metrics.run.before')}</th>
            <th className="end">{t('metrics.run.after')}</th>
            <th className="end">{t('metrics.run.moved')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {run.moved.slice(0, shown).map(({ key, before, after, change, crossing }) => (
            <tr key={key}>
              <td>{nameOf(key)}</td>
              <td className="end">{withUnit(before.value, unit, language)}</td>
              <td className="end">{withUnit(after.value, unit, language)}</td>
              <td className="end">{change === null ? figure(null, unit) : signedFigure(change, unit)}</td>
              <td className="quiet small">{crossing === 'none' ? '' : t(`metrics.run.crosses.${crossing}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {run.moved.length > shown ? (
        <button type="button" className="text-button" onClick={() => setShown(run.moved.length)}>
          {t('metrics.run.more', { count: run.moved.length - shown })}
        </button>
      ) : null}
    </div>
  );
}
