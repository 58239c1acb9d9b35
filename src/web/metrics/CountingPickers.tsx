import { Select } from 'antd';
import { useState } from 'react';
import type { MetricDefinitionView } from '../../metrics/schemas.ts';
import { useReader } from '../text/language.ts';
import { Field } from './Field.tsx';
import { addressAs, type CountedAs, optionsThatCount } from './figuresView.ts';
import { OptionValue } from './OptionValue.tsx';

interface CountingPickersProps {
  readonly metric: MetricDefinitionView;
  readonly as: CountedAs;
  /** The new address; undefined for the definition in force. */
  readonly change: (as: string | undefined) => void;
}

/** How the figures are counted: a platform's options all at once, or each by itself. Only looks: no definition changes. */
export function CountingPickers({ metric, as, change }: CountingPickersProps) {
  const { t, say } = useReader();
  if (metric.options.length === 0 && metric.platforms.length === 0) return null;
  const chosen = optionsThatCount(metric, as);
  const whole = [
    { value: '', label: t('metrics.as.inForce') },
    ...metric.platforms.map(({ preset, name }) => ({ value: preset, label: t('metrics.as.of', { name: say(name) }) })),
    ...(as.kind === 'own' ? [{ value: 'own', label: t('metrics.as.own') }] : []),
  ];
  return (
    <div className="metrics-fields">
      <Field label={t('metrics.as.title')}>
        <Select
          aria-label={t('metrics.as.title')}
          value={as.kind === 'platform' ? as.platform.preset : as.kind === 'own' ? 'own' : ''}
          onChange={(next) => next !== 'own' && change(next || undefined)}
          options={whole}
        />
      </Field>
      {metric.options.length > 0 ? (
        <details open={as.kind === 'own'}>
          <summary className="quiet">{t('metrics.as.each')}</summary>
          <div className="metrics-options">
            {metric.options.map((option) => (
              <Field key={option.id} label={say(option.description)}>
                <OneOption
                  key={chosen[option.id] ?? ''}
                  option={option}
                  value={chosen[option.id] ?? ''}
                  change={(value) => change(addressAs(metric, as, option.id, value))}
                />
              </Field>
            ))}
          </div>
        </details>
      ) : null}
    </div>
  );
}

/** A number counts once it is whole: figures are asked for when the reader leaves the field or presses Enter. */
function OneOption({
  option,
  value,
  change,
}: {
  readonly option: MetricDefinitionView['options'][number];
  readonly value: string;
  readonly change: (value: string) => void;
}) {
  const { t } = useReader();
  const [typed, setTyped] = useState(value);
  const { range, standard } = option;
  const unchosen = standard === null ? t('metrics.shipped') : null;
  if (!range) return <OptionValue option={option} value={value} unchosen={unchosen} change={change} />;
  const fits = typed === '' || (/^[1-9]\d*$/.test(typed) && Number(typed) >= range.min && Number(typed) <= range.max);
  const done = () => {
    if (!fits) return;
    const next = typed === '' ? (standard ?? '') : typed;
    setTyped(next);
    if (next !== value) change(next);
  };
  return (
    <form
      onBlur={done}
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      <OptionValue option={option} value={typed} unchosen={unchosen} change={setTyped} />
      {fits ? null : (
        <p className="red small" role="alert">
          {t('metrics.as.range', { min: range.min, max: range.max })}
        </p>
      )}
    </form>
  );
}
