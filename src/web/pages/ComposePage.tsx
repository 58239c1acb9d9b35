import '../metrics/metrics.css';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { DualRunAnswer, Preview } from '../../metrics/definitionSchemas.ts';
import { send } from '../api.ts';
import { dayOf, periodName } from '../format.ts';
import { ComposeForm } from '../metrics/ComposeForm.tsx';
import { type Draft, draftOf, emptyDraft, specOf } from '../metrics/composeView.ts';
import { DualRun } from '../metrics/DualRun.tsx';
import { Field } from '../metrics/Field.tsx';
import { monthsAhead } from '../metrics/metricsView.ts';
import { PreviewOf } from '../metrics/PreviewOf.tsx';
import { Refusal } from '../metrics/Refusal.tsx';
import { Answer } from '../parts/Answer.tsx';
import { GrowingText } from '../parts/GrowingText.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { definitionsQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');
const route = getRouteApi('/app/metrics/compose');

/** Composing a metric of one's own, or the next version of one. */
export function ComposePage() {
  const { t, say } = useReader();
  const { metric } = route.useSearch();
  const query = useQuery(definitionsQuery);
  return (
    <>
      <p className="page-back">
        <Link to="/metrics">← {t('metrics.title')}</Link>
      </p>
      <Answer query={query}>
        {(definitions) => {
          const kept = metric === undefined ? undefined : definitions.get(metric);
          const draft = kept?.text ? draftOf(kept.text) : null;
          return (
            <>
              <PageHead title={kept ? t('metrics.form.edit', { name: say(kept.name) }) : t('metrics.form.title')} />
              <Compose key={metric ?? ''} first={draft ?? emptyDraft} kept={draft !== null} />
            </>
          );
        }}
      </Answer>
    </>
  );
}

function Compose({ first, kept }: { readonly first: Draft; readonly kept: boolean }) {
  const { t, language } = useReader();
  const { me } = app.useRouteContext();
  const client = useQueryClient();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const months = monthsAhead(dayOf(new Date().toISOString(), organisation.timeZone));
  const [draft, setDraft] = useState(first);
  /** The metric as text while it is written as such; null in the form. */
  const [typed, setTyped] = useState<string | null>(null);
  const [from, setFrom] = useState(months[1] ?? '');
  const [reason, setReason] = useState('');
  const text = typed ?? JSON.stringify(specOf(draft), null, 2);
  const period = organisation.defaultPeriod ?? undefined;
  const preview = useMutation({
    mutationFn: () => send<Preview>('POST', '/api/metrics/preview', { text, period }),
  });
  const compare = useMutation({
    mutationFn: () => send<DualRunAnswer>('POST', '/api/metrics/dual-run', { period, from, change: { text } }),
  });
  const save = useMutation({
    mutationFn: () => send('POST', '/api/metrics/own', kept ? { text, from, reason } : { text, reason }),
    onSuccess: () => client.invalidateQueries(),
  });
  const read = useMutation({
    mutationFn: () => send<Preview>('POST', '/api/metrics/preview', { text, period }),
    onSuccess: (answer) => {
      const next = answer.text === null ? null : draftOf(answer.text);
      if (!next) return;
      setDraft(next);
      setTyped(null);
    },
  });
  const may = me.permissions.includes('metric.write') && me.scope.kind === 'all';
  return (
    <div className="metrics-body">
      <div className="section">
        {typed === null ? (
          <>
            <ComposeForm draft={draft} change={setDraft} kept={kept} />
            <button type="button" className="text-button metrics-switch" onClick={() => setTyped(text)}>
              {t('metrics.form.text')}
            </button>
          </>
        ) : (
          <div className="metrics-fields metrics-text">
            <p className="quiet small">{t('metrics.form.textHint')}</p>
            <GrowingText
              aria-label={t('metrics.form.text')}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              minRows={18}
              maxRows={40}
              spellCheck={false}
            />
            <button type="button" className="text-button" onClick={() => read.mutate()}>
              {t('metrics.form.form')}
            </button>
            {read.data && read.data.text === null ? (
              <p className="fault" role="alert">
                {t('metrics.form.toFormFailed')}
              </p>
            ) : null}
          </div>
        )}
      </div>
      <div className="section metrics-fields metrics-beside">
        {kept ? (
          <Field label={t('metrics.form.from')}>
            <Select
              aria-label={t('metrics.form.from')}
              value={from}
              onChange={setFrom}
              options={months.map((value) => ({ value, label: periodName(value, language) }))}
            />
          </Field>
        ) : null}
        {may ? (
          <Field label={t('metrics.form.reason')}>
            <Input
              aria-label={t('metrics.form.reason')}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
        ) : (
          <p className="quiet">{t('metrics.change.nobody')}</p>
        )}
        <div className="row">
          <Button loading={preview.isPending} onClick={() => preview.mutate()}>
            {t('metrics.form.preview')}
          </Button>
          {kept && period !== undefined ? (
            <Button loading={compare.isPending} onClick={() => compare.mutate()}>
              {t('metrics.form.compareOld')}
            </Button>
          ) : null}
          {may ? (
            <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
              {t('metrics.form.save')}
            </Button>
          ) : null}
        </div>
        {[preview.error, compare.error, save.error].map((error) =>
          error ? <Refusal key={error.message} error={error} /> : null,
        )}
        {save.isSuccess ? (
          <p className="notice" role="status">
            {kept ? t('metrics.change.saved', { month: periodName(from, language) }) : t('metrics.change.savedNew')}
          </p>
        ) : null}
        {preview.data ? <PreviewOf preview={preview.data} /> : <p className="quiet">{t('metrics.form.previewIdle')}</p>}
        {compare.data ? <DualRun run={compare.data} /> : null}
      </div>
    </div>
  );
}
