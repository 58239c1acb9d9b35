import type { RuleList } from '../../quality/rules/schemas.ts';
import { useReader } from '../text/language.ts';
import { type Editing, EditingProvider, type Issue } from '../yamlForm/editing.ts';
import { RecordFields } from '../yamlForm/SchemaField.tsx';
import { type Schema, shapeOf } from '../yamlForm/schemaShape.ts';
import { addTo, moveIn, pathText, readText, setAt } from '../yamlForm/yamlText.ts';
import { useRuleFormWords } from './useRuleFormWords.tsx';

interface Props {
  readonly text: string;
  readonly schema: Schema;
  readonly issues: readonly Issue[];
  readonly lists: RuleList['lists'];
  /** A rule that exists keeps its id. */
  readonly isNew: boolean;
  readonly change: (text: string, field: string | null) => void;
}

/** A rule as a form, drawn from the published schema; every change is one of the text, whose comments stay. */
export function RuleForm({ text, schema, issues, lists, isNew, change }: Props) {
  const { t } = useReader();
  const words = useRuleFormWords(schema, lists);
  const reading = readText(text);
  if ('problem' in reading) return <p className="notice">{t('rules.form.notYaml', { line: reading.problem.line })}</p>;
  const editing: Editing = {
    ...{ raw: reading.raw, text, root: schema, issues, words },
    set: (path, value, as) => {
      const typing = typeof value === 'string' || Array.isArray(value);
      change(setAt(text, path, value, as), typing ? pathText(path) : null);
    },
    add: (path, value) => change(addTo(text, path, value), null),
    move: (path, from, to) => change(moveIn(text, path, from, to), null),
    rewrite: (next) => change(next, null),
  };
  const shape = shapeOf(schema, schema);
  return (
    <EditingProvider value={editing}>
      <RecordFields path={[]} fields={shape.kind === 'record' ? shape.fields : []} hide={isNew ? [] : ['id']} />
    </EditingProvider>
  );
}
