import { useReader } from '../text/language.ts';
import { useEditing } from './editing.ts';
import { issuesWithin } from './issuesAt.ts';
import { placed } from './SchemaField.tsx';
import { isList, type Path, pathText, rawAt, textOf } from './yamlText.ts';

/** Several of a few words: what is chosen but not offered stays to be seen. */
export function Ticks({
  path,
  offered,
}: {
  readonly path: Path;
  readonly offered: readonly { id: string; name: string }[];
}) {
  const { raw, set, issues, words } = useEditing();
  const { say } = useReader();
  const value = rawAt(raw, path);
  const chosen = isList(value) ? value.map(textOf) : [];
  const strange = chosen.filter((id) => !offered.some((each) => each.id === id)).map((id) => ({ id, name: id }));
  const within = issuesWithin(issues, pathText(path)).filter((issue) => issue.path !== pathText(path));
  return (
    <fieldset
      className="form-ticks"
      {...placed(path)}
      tabIndex={-1}
      aria-label={words.field(String(path.at(-1)), pathText(path))}
    >
      {[...offered, ...strange].map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) =>
              set(path, event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id), 'words')
            }
          />
          {name}
        </label>
      ))}
      {within.map((issue) => (
        <p key={`${issue.path} ${issue.code}`} className={`wrong wrong-${issue.level}`}>
          {say(issue.message)}
        </p>
      ))}
    </fieldset>
  );
}
