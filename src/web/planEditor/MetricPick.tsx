import { useQuery } from '@tanstack/react-query';
import { definitionsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { useEditing } from '../yamlForm/editing.ts';
import { type Path, pathText, rawAt, setAt, textOf } from '../yamlForm/yamlText.ts';

/** A metric of the catalogue by its name; one that vanished stays to be seen. */
export function MetricPick({ path, label }: { readonly path: Path; readonly label?: string }) {
  const { raw, text, set, rewrite } = useEditing();
  const { t, say } = useReader();
  const definitions = useQuery(definitionsQuery);
  const value = textOf(rawAt(raw, path));
  const metrics = [...(definitions.data?.values() ?? [])]
    .filter(({ id, retiredFrom }) => retiredFrom === null || id === value)
    .map(({ id, name }) => ({ id, name: say(name) }));
  return (
    <select
      data-place={pathText(path)}
      className="metric-pick"
      value={value}
      aria-label={label ?? t('draft.metric')}
      onChange={(event) => {
        const options = [...path.slice(0, -1), 'options'];
        // Another metric has other options: both change as one step.
        if (rawAt(raw, options) === null) set(path, event.target.value);
        else rewrite(setAt(setAt(text, path, event.target.value), options, null));
      }}
    >
      {metrics.some(({ id }) => id === value) ? null : <option value={value}>{value || t('form.choose')}</option>}
      {metrics.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
