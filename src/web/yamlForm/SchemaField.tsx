import type { ReactNode } from 'react';
import { useReader } from '../text/language.ts';
import { useEditing } from './editing.ts';
import { issuesAt } from './issuesAt.ts';
import {
  describedIn,
  type Field,
  freeId,
  groupOf,
  resolve,
  type Schema,
  shapeOf,
  skeleton,
  variantOf,
} from './schemaShape.ts';
import { Wrong } from './Wrong.tsx';
import { groupAt, isList, isRecord, type Path, pathText, type Raw, rawAt, textOf, type Written } from './yamlText.ts';

interface Place {
  readonly path: Path;
  readonly schema: Schema;
}

/** Any part of a format, drawn from its schema: what the format gains, the form can edit. */
export function SchemaField({ path, schema: given }: Place) {
  const { raw, text, root, set, rewrite, words } = useEditing();
  const { t } = useReader();
  const schema = resolve(given, root);
  const shape = shapeOf(given, root);
  const value = rawAt(raw, path);
  const drawn = words.draw(path, shape);
  if (drawn !== undefined) return drawn;
  switch (shape.kind) {
    case 'text':
      return <BothLanguages path={path} />;
    case 'amount':
      return <Line path={path} decimal />;
    case 'string':
      return <Line path={path} most={schema.maxLength} />;
    case 'constant':
      return null;
    case 'boolean':
      return (
        <input
          type="checkbox"
          {...placed(path)}
          checked={textOf(value) === 'true'}
          aria-label={words.field(String(path.at(-1)), pathText(path))}
          onChange={(event) => set(path, event.target.checked)}
        />
      );
    case 'choice':
      return <Choice path={path} choices={shape.choices} />;
    case 'record':
      return <RecordFields path={path} fields={shape.fields} />;
    case 'list':
      return <Entries path={path} of={shape.of} most={shape.most} />;
    case 'map':
      return <Pairs path={path} of={shape.of} />;
    case 'variants': {
      const now = variantOf(value, shape.variants);
      return (
        <div className="variants">
          <select
            {...placed(path)}
            value={now?.name ?? ''}
            onChange={(event) => {
              const next = shape.variants.find(({ name }) => name === event.target.value);
              if (!next) return;
              const group = groupOf(next, given);
              // What was there becomes the first of the group, and a group keeps its parts.
              if (group && now) rewrite(groupAt(text, path, group, groupOf(now, given)));
              else set(path, skeleton(next.schema, root));
            }}
          >
            {now ? null : <option value="">{t('form.choose')}</option>}
            {shape.variants.map(({ name }) => (
              <option key={name} value={name}>
                {words.choice(name, path)}
              </option>
            ))}
          </select>
          {now ? <VariantFields path={path} schema={now.schema} by={now.by} /> : null}
        </div>
      );
    }
  }
}

function VariantFields({ path, schema, by }: Place & { readonly by: string | null }) {
  const { root } = useEditing();
  const { language } = useReader();
  const shape = shapeOf(schema, root);
  const hint = describedIn(resolve(schema, root), language);
  return (
    <>
      {shape.kind === 'record' ? (
        <RecordFields path={path} fields={shape.fields.filter(({ name }) => name !== by)} />
      ) : (
        <SchemaField path={path} schema={schema} />
      )}
      {hint && shape.kind === 'record' ? <p className="quiet small">{hint}</p> : null}
    </>
  );
}

/** What lets issues, undo and the keyboard find a field. */
export const placed = (path: Path) => ({ 'data-place': pathText(path) });

/** A field with its name and whatever is wrong with it. */
export function Labelled({
  path,
  name,
  hint,
  children,
  aside,
}: {
  readonly path: Path;
  readonly name: string;
  readonly hint?: string;
  readonly children: ReactNode;
  readonly aside?: ReactNode;
}) {
  return (
    <div className="plan-field">
      <div className="plan-field-name" title={hint}>
        {name}
        {aside}
      </div>
      <div className="plan-field-value">
        {children}
        <Wrong path={path} />
      </div>
    </div>
  );
}

export function Line({
  path,
  decimal = false,
  most,
  label,
}: {
  readonly path: Path;
  readonly decimal?: boolean;
  readonly most?: number | undefined;
  readonly label?: string;
}) {
  const { raw, set, issues, words } = useEditing();
  const value = textOf(rawAt(raw, path));
  const bad = issuesAt(issues, pathText(path)).some(({ level }) => level === 'error');
  return (
    <input
      {...placed(path)}
      className={decimal ? 'line-decimal' : 'line'}
      value={value}
      inputMode={decimal ? 'decimal' : 'text'}
      maxLength={most ?? (decimal ? 60 : 2000)}
      aria-invalid={bad}
      aria-label={label ?? words.field(String(path.at(-1)), pathText(path))}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => set(path, event.target.value, decimal ? 'amount' : 'words')}
    />
  );
}

function BothLanguages({ path }: { readonly path: Path }) {
  return (
    <div className="both-languages">
      <Line path={[...path, 'zh']} label="中文" />
      <Line path={[...path, 'en']} label="English" />
      <Wrong path={[...path, 'zh']} />
      <Wrong path={[...path, 'en']} />
    </div>
  );
}

function Choice({ path, choices }: { readonly path: Path; readonly choices: readonly string[] }) {
  const { raw, set, words } = useEditing();
  const { t } = useReader();
  const value = textOf(rawAt(raw, path));
  return (
    <select
      {...placed(path)}
      value={value}
      aria-label={words.field(String(path.at(-1)), pathText(path))}
      onChange={(event) => set(path, event.target.value)}
    >
      {choices.includes(value) ? null : <option value={value}>{value || t('form.choose')}</option>}
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {words.choice(choice, path)}
        </option>
      ))}
    </select>
  );
}

/** Fields that are there; the others wait behind a button each. */
export function RecordFields({
  path,
  fields,
  hide = [],
}: {
  readonly path: Path;
  readonly fields: readonly Field[];
  /** Drawn elsewhere. */
  readonly hide?: readonly string[];
}) {
  const { raw, root, set, words } = useEditing();
  const { t, language } = useReader();
  const value = rawAt(raw, path);
  const shown = fields.filter(({ name, schema }) => !hide.includes(name) && shapeOf(schema, root).kind !== 'constant');
  const isThere = ({ name, required }: Field) => required || (isRecord(value) && name in value);
  const missing = shown.filter((field) => !isThere(field));
  return (
    <div className="plan-record">
      {shown.filter(isThere).map(({ name, schema, required }) => (
        <Labelled
          key={name}
          path={[...path, name]}
          name={words.field(name, pathText(path))}
          hint={describedIn(resolve(schema, root), language)}
          aside={
            required ? null : (
              <button
                type="button"
                className="text-button"
                aria-label={t('form.takeAway', { name: words.field(name, pathText(path)) })}
                onClick={() => set([...path, name], null)}
              >
                ×
              </button>
            )
          }
        >
          <SchemaField path={[...path, name]} schema={schema} />
        </Labelled>
      ))}
      {missing.length > 0 ? (
        <p className="plan-more">
          {missing.map(({ name, schema }) => (
            <button
              key={name}
              type="button"
              className="text-button"
              title={describedIn(resolve(schema, root), language)}
              onClick={() => set([...path, name], skeleton(schema, root))}
            >
              + {words.field(name, pathText(path))}
            </button>
          ))}
        </p>
      ) : null}
    </div>
  );
}

function Entries({ path, of, most }: { readonly path: Path; readonly of: Schema; readonly most: number | null }) {
  const { raw, root, add } = useEditing();
  const { t } = useReader();
  const value = rawAt(raw, path);
  const entries = isList(value) ? value : [];
  return (
    <div className="plan-entries" {...placed(path)} tabIndex={-1}>
      {[...entries.keys()].map((index) => (
        <div key={index} className="plan-entry">
          <SchemaField path={[...path, index]} schema={of} />
          <EntryTools path={path} index={index} count={entries.length} />
        </div>
      ))}
      {most !== null && entries.length >= most ? null : (
        <button
          type="button"
          className="text-button"
          onClick={() => add(path, withId(skeleton(of, root), String(path.at(-1)), entries))}
        >
          + {t('form.addEntry')}
        </button>
      )}
    </div>
  );
}

/** A new entry gets an id of its own, so that it is not wrong from its first moment. */
function withId(entry: Written, list: string, entries: readonly Raw[]): Written {
  return typeof entry === 'object' && entry !== null && 'id' in entry
    ? { ...entry, id: freeId(list.replace(/s$/, ''), entries) }
    : entry;
}

export function EntryTools({
  path,
  index,
  count,
}: {
  readonly path: Path;
  readonly index: number;
  readonly count: number;
}) {
  const { set, move } = useEditing();
  const { t } = useReader();
  return (
    <span className="entry-tools">
      <button
        type="button"
        className="text-button"
        disabled={index === 0}
        aria-label={t('form.up')}
        onClick={() => move(path, index, index - 1)}
      >
        ↑
      </button>
      <button
        type="button"
        className="text-button"
        disabled={index === count - 1}
        aria-label={t('form.down')}
        onClick={() => move(path, index, index + 1)}
      >
        ↓
      </button>
      <button
        type="button"
        className="text-button"
        aria-label={t('form.remove')}
        onClick={() => set([...path, index], null)}
      >
        ×
      </button>
    </span>
  );
}

function Pairs({ path, of }: { readonly path: Path; readonly of: Schema }) {
  const { raw } = useEditing();
  const value = rawAt(raw, path);
  return (
    <div className="plan-record">
      {Object.keys(isRecord(value) ? value : {}).map((name) => (
        <Labelled key={name} path={[...path, name]} name={name}>
          <SchemaField path={[...path, name]} schema={of} />
        </Labelled>
      ))}
    </div>
  );
}
