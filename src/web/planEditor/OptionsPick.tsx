import { useQuery } from '@tanstack/react-query';
import type { MetricDefinitionView } from '../../metrics/schemas.ts';
import { definitionsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { useEditing } from '../yamlForm/editing.ts';
import { Wrong } from '../yamlForm/Wrong.tsx';
import { isRecord, type Path, pathText, type Raw, rawAt, textOf } from '../yamlForm/yamlText.ts';

type Option = MetricDefinitionView['options'][number];

/** How an item's metric is counted: one line for each option it has; not chosen, the definition in force holds. */
export function OptionsPick({ path }: { readonly path: Path }) {
  const { raw } = useEditing();
  const { t } = useReader();
  const definitions = useQuery(definitionsQuery);
  const chosen = rawAt(raw, path);
  const metric = textOf(rawAt(raw, [...path.slice(0, -1), 'metric']));
  const options = definitions.data?.get(metric)?.options ?? [];
  const strange = Object.keys(isRecord(chosen) ? chosen : {}).filter((name) => !options.some(({ id }) => id === name));
  if (definitions.data && options.length === 0 && strange.length === 0)
    return chosen === null ? null : <p className="quiet small">{t('draft.noOptions')}</p>;
  return (
    <div className="options-pick" data-place={pathText(path)} tabIndex={-1}>
      {options.map((option) => (
        <OptionLine key={option.id} path={path} option={option} />
      ))}
      {strange.map((name) => (
        <Strange key={name} path={path} name={name} />
      ))}
      <Wrong path={path} />
    </div>
  );
}

/** Sets one option; without a value it falls back to the definition in force, and the last one takes the field along. */
function useChoice(path: Path, name: string): { readonly value: string; change(value: string): void } {
  const { raw, set } = useEditing();
  const chosen = rawAt(raw, path);
  const others = isRecord(chosen) ? Object.keys(chosen).filter((other) => other !== name) : [];
  const change = (value: string): void => {
    const next: Raw = value === '' ? null : value;
    if (next === null && others.length === 0) set(path, null);
    else set([...path, name], next);
  };
  return { value: isRecord(chosen) ? textOf(chosen[name]) : '', change };
}

function OptionLine({ path, option: { id, description, values, labels, range } }: { path: Path; option: Option }) {
  const { t, say } = useReader();
  const { value, change } = useChoice(path, id);
  const place = pathText([...path, id]);
  const name = say(description);
  return (
    <div className="option-line">
      <span className="quiet small">{name}</span>
      {values.length > 0 ? (
        <select
          data-place={place}
          aria-label={name}
          value={value}
          className={value === '' ? 'quiet' : undefined}
          onChange={(event) => change(event.target.value)}
        >
          <option value="">{t('draft.asInForce')}</option>
          {value === '' || values.includes(value) ? null : <option value={value}>{value}</option>}
          {values.map((each) => (
            <option key={each} value={each}>
              {labels[each] ? say(labels[each]) : each}
            </option>
          ))}
        </select>
      ) : null}
      {range ? (
        <input
          {...(values.length > 0 ? {} : { 'data-place': place })}
          className="line-decimal option-range"
          inputMode="numeric"
          aria-label={name}
          maxLength={9}
          placeholder={t('draft.asInForce')}
          title={`${range.min}–${range.max}`}
          value={values.includes(value) ? '' : value}
          onChange={(event) => change(event.target.value.trim())}
        />
      ) : null}
      <Wrong path={[...path, id]} />
    </div>
  );
}

/** An option that the metric does not have stays to be seen, and can be taken away. */
function Strange({ path, name }: { readonly path: Path; readonly name: string }) {
  const { t } = useReader();
  const { value, change } = useChoice(path, name);
  return (
    <div className="option-line" data-place={pathText([...path, name])} tabIndex={-1}>
      <span className="small">
        {name}={value}
      </span>
      <button
        type="button"
        className="text-button"
        aria-label={t('form.takeAway', { name })}
        onClick={() => change('')}
      >
        ×
      </button>
      <Wrong path={[...path, name]} />
    </div>
  );
}
