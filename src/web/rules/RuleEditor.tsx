import '../yamlForm/form.css';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { Input, Segmented } from 'antd';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { RuleList, RulePage } from '../../quality/rules/schemas.ts';
import { send } from '../api.ts';
import { GrowingText } from '../parts/GrowingText.tsx';
import { useReader } from '../text/language.ts';
import { begin, edit, redo, undo } from '../yamlForm/editHistory.ts';
import { IssueList } from '../yamlForm/IssueList.tsx';
import type { Schema } from '../yamlForm/schemaShape.ts';
import { useUndoKeys } from '../yamlForm/useUndoKeys.ts';
import { rawAt, readText, textOf } from '../yamlForm/yamlText.ts';
import { issuesOf } from './issuesOf.ts';
import { RuleForm } from './RuleForm.tsx';
import { isRuleId } from './rulesView.ts';
import { SaveOrTry } from './SaveOrTry.tsx';
import { Trial } from './Trial.tsx';
import { useTrial } from './useTrial.ts';
import { Versions } from './Versions.tsx';

const views = ['form', 'both', 'text'] as const;
type View = (typeof views)[number];

interface Props {
  readonly written: string;
  /** null for a new rule. */
  readonly id: string | null;
  readonly schema: Schema;
  readonly lists: RuleList['lists'];
  readonly versions: RulePage['versions'];
}

/** A rule as form and as text, what is wrong with it, and what it would have hit. */
export function RuleEditor({ written, id, schema, lists, versions }: Props) {
  const { t } = useReader();
  const [history, setHistory] = useState(() => begin(written));
  const [view, setView] = useState<View>('form');
  const [reason, setReason] = useState('');
  const { text } = history;
  const change = useCallback((next: string, field: string | null) => setHistory((now) => edit(now, next, field)), []);
  const frame = useUndoKeys(setHistory);
  const known = useMemo(() => new Set(lists.map((list) => list.id)), [lists]);
  const issues = useMemo(() => issuesOf(text, known, id), [text, known, id]);
  const trial = useTrial({ text });
  const save = useSave(text, reason, written);
  return (
    <div className="rule-page" ref={frame}>
      <div className="rule-text edit-form">
        <p className="row">
          <Segmented<View>
            aria-label={t('rules.form.views.label')}
            value={view}
            onChange={setView}
            options={views.map((value) => ({ value, label: t(`rules.form.views.${value}`) }))}
          />
          <button
            type="button"
            className="text-button"
            disabled={history.past.length === 0}
            onClick={() => setHistory(undo)}
          >
            {t('form.undo')}
          </button>
          <button
            type="button"
            className="text-button"
            disabled={history.future.length === 0}
            onClick={() => setHistory(redo)}
          >
            {t('form.redo')}
          </button>
        </p>
        <div className={`rule-views rule-views-${view}`}>
          {view === 'text' ? null : <RuleForm {...{ text, schema, issues, lists, change }} isNew={id === null} />}
          {view === 'form' ? null : <RuleText text={text} change={change} />}
        </div>
        <IssueList issues={issues} sound={t('rules.form.sound')} />
        <Input
          aria-label={t('rules.page.reason')}
          placeholder={t('rules.page.reason')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <SaveOrTry save={save} trial={trial} saved={t('rules.page.saved')} />
      </div>
      <div>
        <section className="stack">
          <h2>{t('rules.trial.title')}</h2>
          {trial.data ? <Trial trial={trial.data} /> : <p className="quiet">{t('rules.trial.idle')}</p>}
        </section>
        <Versions versions={versions} load={(version) => change(version, null)} />
      </div>
    </div>
  );
}

/** Saves under the id of the text; whoever leaves with something unsaved is asked first. */
function useSave(text: string, reason: string, written: string) {
  const { t } = useReader();
  const client = useQueryClient();
  const navigate = useNavigate();
  const saved = useRef(written);
  const latest = useRef(text);
  latest.current = text;
  const unsaved = () => latest.current !== saved.current;
  useBlocker({
    shouldBlockFn: () => unsaved() && !window.confirm(t('rules.form.leave')),
    enableBeforeUnload: unsaved,
  });
  return useMutation({
    mutationFn: async (evenSo: boolean) => {
      const reading = readText(text);
      const id = 'raw' in reading ? textOf(rawAt(reading.raw, ['id'])) : '';
      await send<null>('PUT', `/api/rules/${isRuleId(id) ? id : 'invalid_id'}`, { text, reason, evenSo });
      return { id, text };
    },
    onSuccess: async (done) => {
      saved.current = done.text;
      await client.invalidateQueries({ queryKey: ['rules'] });
      await navigate({ to: '/rules/$ruleId', params: { ruleId: done.id } });
    },
  });
}

function RuleText({ text, change }: { readonly text: string; readonly change: (text: string, field: string) => void }) {
  const { t } = useReader();
  return (
    <div className="rule-yaml">
      <GrowingText
        aria-label={t('rules.page.text')}
        value={text}
        // A pause makes a step to undo, not every letter.
        onChange={(event) => change(event.target.value, `text ${Math.floor(event.timeStamp / 2000)}`)}
        minRows={14}
        maxRows={36}
        spellCheck={false}
      />
      <p className="quiet small">{t('rules.page.hint')}</p>
    </div>
  );
}
