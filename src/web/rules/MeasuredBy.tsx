import { useQuery } from '@tanstack/react-query';
import { modelledMetrics } from '../../metrics/modelledMetrics.ts';
import { enginesQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { EngineErrors } from './EngineErrors.tsx';

/** Beside a figure that a model measured: by which version, and its known error. Nothing beside others, and where others measured it. */
export function MeasuredBy({ metric, period }: { readonly metric: string; readonly period: string }) {
  const { t } = useReader();
  const isModelled = modelledMetrics.includes(metric);
  const { data } = useQuery({ ...enginesQuery(period), enabled: isModelled });
  if (!isModelled || !data || data.versions.length === 0) return null;
  return (
    <p className="quiet small">
      {t('rules.measuredBy', { versions: data.versions.join(t('mark.comma')) })} <EngineErrors errors={data.errors} />
    </p>
  );
}
