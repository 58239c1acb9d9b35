import '../yamlForm/form.css';
import './planEditor.css';
import { keepPreviousData, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { DraftPage, TriedDraft } from '../../scores/draftSchemas.ts';
import { errorSentence } from '../api.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { organisationQuery, scorecardsQuery, tryQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { begin, edit, redo, undo } from '../yamlForm/editHistory.ts';
import { type Editing, EditingProvider } from '../yamlForm/editing.ts';
import { IssueList } from '../yamlForm/IssueList.tsx';
import { RecordFields } from '../yamlForm/SchemaField.tsx';
import { type Schema, shapeOf } from '../yamlForm/schemaShape.ts';
import { useSettled } from '../yamlForm/useSettled.ts';
import { useUndoKeys } from '../yamlForm/useUndoKeys.ts';
import { addTo, isRecord, moveIn, pathText, type Reading, readText, setAt, textOf } from '../yamlForm/yamlText.ts';
import { BandsEditor } from './BandsEditor.tsx';
import { BlocksEditor } from './BlocksEditor.tsx';
import { CurvesProvider } from './curves.ts';
import { Effect, type Person } from './Effect.tsx';
import { Survey } from './Survey.tsx';
import { useAutosave } from './useAutosave.ts';
import { usePlanWords } from './usePlanWords.tsx';

const PublishDraft = lazy(() => import('./PublishDraft.tsx').then(({ PublishDraft: found }) => ({ default: found })));
const app = getRouteApi('/app');
type View = 'form' | 'both' | 'yaml';

/** A draft as form and as text side by side, with what is wrong and what it would do to somebody's month. */
export function DraftEditor({ draft, schema }: { readonly draft: DraftPage; readonly schema: Schema }) {
  const { t, language } = useReader();
  const { me } = app.useRouteContext();
  const mayPublish = me.permissions.includes('plan.publish');
  const [history, setHistory] = useState(() => begin(draft.text));
  const [view, setView] = useState<View>(() => (window.innerWidth > 1200 ? 'both' : 'form'));
  const [publishing, setPublishing] = useState(false);
  const { text } = history;
  const reading = useMemo(() => readText(text), [text]);
  const [chosen, choose] = useState<Person | null>(null);
  const first = useFirst(draft, 'raw' in reading && textOf(reading.raw.appraises) === 'team');
  const on = chosen ?? first;
  const settled = useSettled(text, 120);
  const tried = useQuery({ ...tryQuery(settled, on), placeholderData: keepPreviousData });
  const save = useAutosave(draft.id, text, draft, mayPublish);
  const change = useCallback((next: string, field: string | null) => setHistory((now) => edit(now, next, field)), []);

  const frame = useUndoKeys(setHistory);
  const issues = tried.data?.issues ?? draft.issues;
  const name = 'raw' in reading && isRecord(reading.raw.name) ? textOf(reading.raw.name[language]) : '';

  return (
    <div className={`draft edit-form draft-${view}`} ref={frame}>
      <p className="page-back">
        <Link to="/plans">← {t('plans.title')}</Link>
      </p>
      <PageHead
        title={name || draft.plan}
        pickers={
          <Segmented<View>
            value={view}
            onChange={setView}
            options={(['form', 'both', 'yaml'] as const).map((value) => ({ value, label: t(`draft.views.${value}`) }))}
          />
        }
      >
        <Button disabled={history.past.length === 0} onClick={() => setHistory(undo)}>
          {t('form.undo')}
        </Button>
        <Button disabled={history.future.length === 0} onClick={() => setHistory(redo)}>
          {t('form.redo')}
        </Button>
        <Button onClick={() => download(text, draft.plan)}>{t('draft.download')}</Button>
        {mayPublish ? (
          <Button type="primary" onClick={() => setPublishing(true)}>
            {t('draft.publishOpen')}
          </Button>
        ) : null}
      </PageHead>
      <p className="quiet small draft-state" role="status">
        {t('draft.about', { plan: draft.plan })} {mayPublish ? t(`draft.save.${save.state.kind}`) : t('draft.tryOnly')}
      </p>
      {save.state.kind === 'conflict' || save.state.kind === 'failed' ? (
        <div className="notice notice-fault row" role="alert">
          <span>{errorSentence(save.state.error, language) ?? t('state.unreachable')}</span>
          {save.state.kind === 'failed' ? (
            <button type="button" className="text-button" onClick={save.saveNow}>
              {t('state.retry')}
            </button>
          ) : (
            <>
              <button
                type="button"
                className="text-button"
                onClick={async () => {
                  const theirs = await save.settle('theirs');
                  if (theirs !== null) change(theirs, null);
                }}
              >
                {t('draft.takeTheirs')}
              </button>
              <button type="button" className="text-button" onClick={() => save.settle('ours')}>
                {t('draft.keepOurs')}
              </button>
            </>
          )}
        </div>
      ) : null}
      <div className="draft-body">
        {view === 'yaml' ? null : (
          <Form {...{ reading, schema, text, issues, change }} draft={draft} curves={tried.data?.curves ?? {}} />
        )}
        {view === 'form' ? null : <Yaml text={text} change={change} />}
        <aside className="draft-side">
          <Effect
            on={on}
            choose={choose}
            tried={tried.data}
            error={tried.error}
            pending={tried.isFetching}
            published={draft.inForce !== null}
          />
          <p>
            <Link to="/try" search={{ plan: draft.plan, draft: draft.id }}>
              {t('draft.tryAll')}
            </Link>
          </p>
          <IssueList issues={issues} sound={t('draft.sound')} />
        </aside>
      </div>
      <Suspense fallback={null}>
        {publishing ? (
          <PublishDraft
            draft={draft}
            changes={tried.data?.changes ?? null}
            ready={async () => {
              await save.saveNow();
              return save.revision();
            }}
            close={() => setPublishing(false)}
          />
        ) : null}
      </Suspense>
    </div>
  );
}

interface FormProps extends Pick<Editing, 'issues' | 'text'> {
  readonly curves: TriedDraft['curves'];
  readonly draft: DraftPage;
  readonly reading: Reading;
  readonly schema: Schema;
  readonly change: (text: string, field: string | null) => void;
}

const drawnApart = ['format', 'id', 'blocks', 'bands'];

function Form({ reading, schema, text, issues, curves, draft, change }: FormProps) {
  const { t } = useReader();
  const words = usePlanWords();
  if ('problem' in reading)
    return <p className="notice plan-form">{t('draft.notYaml', { line: reading.problem.line })}</p>;
  const editing: Editing = {
    ...{ raw: reading.raw, text, root: schema, issues, words },
    set: (path, value, as) => change(setAt(text, path, value, as), typeof value === 'string' ? pathText(path) : null),
    add: (path, value) => change(addTo(text, path, value), null),
    move: (path, from, to) => change(moveIn(text, path, from, to), null),
    rewrite: (next) => change(next, null),
  };
  const shape = shapeOf(schema, schema);
  const fields = shape.kind === 'record' ? shape.fields : [];
  const of = (name: string) => fields.find((field) => field.name === name)?.schema ?? {};
  return (
    <EditingProvider value={editing}>
      <CurvesProvider value={curves}>
        <div className="plan-form">
          <BlocksEditor schema={of('blocks')} />
          <Survey {...{ raw: reading.raw, text, draft, change }} />
          <BandsEditor schema={of('bands')} />
          <section className="edit-section">
            <h2>{t('draft.rest')}</h2>
            <RecordFields path={[]} fields={fields} hide={drawnApart} />
          </section>
        </div>
      </CurvesProvider>
    </EditingProvider>
  );
}

function Yaml({ text, change }: { readonly text: string; readonly change: FormProps['change'] }) {
  const { t } = useReader();
  return (
    <div className="draft-yaml">
      <label htmlFor="draft-yaml" className="quiet small">
        {t('draft.yamlText')}
      </label>
      <textarea
        id="draft-yaml"
        value={text}
        spellCheck={false}
        wrap="off"
        // A pause makes a step to undo, not every letter.
        onChange={(event) => change(event.target.value, `yaml ${Math.floor(event.timeStamp / 2000)}`)}
      />
    </div>
  );
}

/** Whom the draft is tried on until somebody is chosen: of a plan for managers, one of those it has a card for. */
function useFirst({ plan, inForce }: DraftPage, ofTeams: boolean): Person | null {
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const first = firstOf(organisation);
  const { data: list } = useQuery({
    ...scorecardsQuery({ plan, period: first?.period ?? '' }),
    enabled: ofTeams && inForce !== null && first !== null,
  });
  const manager = ofTeams ? list?.rows[0] : undefined;
  return first && manager ? { ...first, agent: manager.agentId } : first;
}

function firstOf({
  agents,
  defaultPeriod,
  periods,
}: {
  agents: readonly { agentId: string }[];
  defaultPeriod: string | null;
  periods: readonly string[];
}): Person | null {
  const period = [defaultPeriod, ...periods].find((each) => each !== null && /^\d{4}-\d{2}$/.test(each));
  const [first] = agents;
  return first && period ? { agent: first.agentId, period } : null;
}

/** With the address of the format, so that other editors complete and check it. */
function download(text: string, plan: string): void {
  const withSchema = text.replace(/\$schema=\S+/, `$schema=${window.location.origin}/plan.schema.json`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([withSchema], { type: 'application/yaml' }));
  link.download = `${plan}.yaml`;
  link.click();
  URL.revokeObjectURL(link.href);
}
