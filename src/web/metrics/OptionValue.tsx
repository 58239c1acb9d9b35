import { Input, Select } from 'antd';
import type { MetricDefinitionView } from '../../metrics/schemas.ts';
import { useReader } from '../text/language.ts';

/** A value out of the option's list, or any whole number where it has a range. */
export function OptionValue({
  option: { description, values, labels, range },
  value,
  unchosen,
  change,
}: {
  readonly option: MetricDefinitionView['options'][number];
  readonly value: string;
  /** What it is called to choose none; null where one always holds. */
  readonly unchosen: string | null;
  readonly change: (value: string) => void;
}) {
  const { t, say } = useReader();
  if (range)
    return (
      <Input
        aria-label={say(description)}
        inputMode="numeric"
        placeholder={t('metrics.change.range', { min: range.min, max: range.max })}
        value={value}
        onChange={(event) => change(event.target.value.trim())}
        suffix={t(`metrics.units.${range.unit}`)}
      />
    );
  return (
    <Select
      aria-label={say(description)}
      value={value}
      onChange={change}
      options={[
        ...(unchosen === null ? [] : [{ value: '', label: unchosen }]),
        ...values.map((each) => ({ value: each, label: labels[each] ? say(labels[each]) : each })),
      ]}
    />
  );
}
