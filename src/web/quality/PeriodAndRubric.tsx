import { useSuspenseQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { RoundList } from '../../quality/calibration/schemas.ts';
import { periodName } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

interface Chosen {
  readonly period: string;
  readonly rubric: string;
}

/** The month whose conversations are inspected, and by which rubric: what samples and calibration rounds both ask. */
export function PeriodAndRubric({
  label,
  value,
  rubrics,
  set,
}: {
  readonly label: string;
  readonly value: Chosen;
  readonly rubrics: RoundList['rubrics'];
  set(change: Partial<Chosen>): void;
}) {
  const { t, language, say } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  return (
    <>
      <div className="field">
        <span>{label}</span>
        <Select
          aria-label={label}
          value={value.period}
          onChange={(period) => set({ period })}
          options={organisation.periods.map((period) => ({ value: period, label: periodName(period, language) }))}
        />
      </div>
      <div className="field">
        <span>{t('quality.sample.rubric')}</span>
        <Select
          aria-label={t('quality.sample.rubric')}
          value={value.rubric}
          onChange={(rubric) => set({ rubric })}
          options={rubrics.map(({ id, name }) => ({ value: id, label: say(name) }))}
        />
      </div>
    </>
  );
}
