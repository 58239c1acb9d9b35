import { useMemo } from 'react';
import { fieldName } from '../../scores/planDifferences.ts';
import { useReader } from '../text/language.ts';
import type { FormWords } from '../yamlForm/editing.ts';
import type { Path } from '../yamlForm/yamlText.ts';
import { MetricPick } from './MetricPick.tsx';
import { OptionsPick } from './OptionsPick.tsx';

/** What a plan's parts are called; metrics and their options are picked by name. */
export function usePlanWords(): FormWords {
  const { t, language } = useReader();
  return useMemo(
    () => ({
      field: (name, within) => fieldName(name, within)[language],
      choice: (name) => t(`draft.choices.${name}`, name),
      draw: (path, { kind }) => {
        if (kind === 'string' && isMetric(path)) return <MetricPick path={path} />;
        if (kind === 'map' && path.at(-1) === 'options') return <OptionsPick path={path} />;
        return undefined;
      },
    }),
    [t, language],
  );
}

const isMetric = (path: Path): boolean =>
  path.at(-1) === 'metric' || path.at(-2) === 'metrics' || path.at(-2) === 'metric';
