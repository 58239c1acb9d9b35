import { useQuery } from '@tanstack/react-query';
import { definitionsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { useEditing } from './editing.ts';
import { type Path, pathText, rawAt, textOf } from './planYaml.ts';

/** A metric of the catalogue by its name; one that vanished stays to be seen. */
export function MetricPick({ path, label }: { readonly path: Path; readonly label?: string }) {
  const { raw, set } = useEditing();
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
      onChange={(event) => set(path, event.target.value)}
    >
      {metrics.some(({ id }) => id === value) ? null : <option value={value}>{value || t('draft.choose')}</option>}
      {metrics.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
