import { useState } from 'react';
import { useReader } from '../text/language.ts';
import { useEditing } from './editing.ts';
import { issuesAt, issuesWithin } from './issuesAt.ts';
import { placed } from './SchemaField.tsx';
import { isList, type Path, pathText, rawAt, textOf } from './yamlText.ts';

const entriesOf = (typed: string): string[] =>
  typed.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));

/** A list of words or wordings, one a line. */
export function Lines({ path }: { readonly path: Path }) {
  const { raw, set, issues, words } = useEditing();
  const { t, say } = useReader();
  const value = rawAt(raw, path);
  const entries = isList(value) ? value.map(textOf) : [];
  const [typed, setTyped] = useState(entries.join('\n'));
  // An empty line that is just being typed is no entry and stays to be seen.
  const shown = entriesOf(typed).join('\n') === entries.join('\n') ? typed : entries.join('\n');
  const place = pathText(path);
  const own = issuesAt(issues, place);
  const within = issuesWithin(issues, place).filter((issue) => !own.includes(issue));
  return (
    <div className="form-lines">
      <textarea
        {...placed(path)}
        value={shown}
        rows={Math.min(12, Math.max(3, shown.split('\n').length))}
        spellCheck={false}
        aria-invalid={own.length + within.length > 0}
        aria-label={words.field(String(path.at(-1)), place)}
        onChange={(event) => {
          setTyped(event.target.value);
          set(path, entriesOf(event.target.value), 'words');
        }}
      />
      <span className="quiet small">{t('form.lines', { count: entries.length })}</span>
      {within.map((issue) => (
        <p key={`${issue.path} ${issue.code}`} className={`wrong wrong-${issue.level}`}>
          {entries[Number(/\[(\d+)\]/.exec(issue.path.slice(place.length))?.[1])]} {say(issue.message)}
        </p>
      ))}
    </div>
  );
}
