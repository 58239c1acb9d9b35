import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { DualRunAnswer } from '../../metrics/definitionSchemas.ts';
import type { MetricDefinitionView } from '../../metrics/schemas.ts';
import { send } from '../api.ts';
import { dayOf, periodName } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { DualRun } from './DualRun.tsx';
import { Field } from './Field.tsx';
import { chosenOptions, monthsAhead, optionsOf } from './metricsView.ts';
import { OptionValue } from './OptionValue.tsx';
import { Refusal } from './Refusal.tsx';

/** Another way to count a metric of the catalogue, from a month on: compared first, then kept by those who may. */
export function ChangeDefinition({ metric, may }: { readonly metric: MetricDefinitionView; readonly may: boolean }) {
  const { t, language, say } = useReader();
  const client = useQueryClient();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const months = monthsAhead(dayOf(new Date().toISOString(), organisation.timeZone));
  const [options, setOptions] = useState<Readonly<Record<string, string>>>(metric.inForce.options);
  const [minN, setMinN] = useState(metric.inForce.minN === null ? '' : String(metric.inForce.minN));
  const [from, setFrom] = useState(months[1] ?? '');
  const [reason, setReason] = useState('');
  const [trial, setTrial] = useState(organisation.defaultPeriod ?? '');
  const change = {
    metric: metric.id,
    options: chosenOptions(options),
    minN: minN.trim() === '' ? null : Number(minN),
  };
  const compare = useMutation({
    mutationFn: () => send<DualRunAnswer>('POST', '/api/metrics/dual-run', { period: trial, from, change }),
  });
  const save = useMutation({
    mutationFn: () => send('POST', '/api/metrics/changes', { changes: [change], from, reason }),
    onSuccess: () => client.invalidateQueries(),
  });
  const monthChoice = (values: readonly string[]) =>
    values.map((value) => ({ value, label: periodName(value, language) }));
  const hasWindow = metric.options.some(({ id }) => id === 'window');
  return (
    <section className="section">
      <h2>{t('metrics.change.title')}</h2>
      <div className="metrics-fields">
        <p className="quiet">{t('metrics.change.text')}</p>
        <div className="row metrics-pair">
          {metric.options.map((option) => (
            <Field key={option.id} label={say(option.description)}>
              <OptionValue
                option={option}
                value={options[option.id] ?? ''}
                unchosen={t('metrics.shipped')}
                change={(value) => setOptions({ ...options, [option.id]: value })}
              />
            </Field>
          ))}
        </div>
        <div className="row metrics-pair">
          {metric.platforms.length > 0 ? (
            <Field label={t('metrics.change.platform')}>
              <Select
                aria-label={t('metrics.change.platform')}
                value={null}
                placeholder={t('metrics.change.platformHint')}
                onChange={(request: string | null) => setOptions(optionsOf(request ?? ''))}
                options={metric.platforms.map(({ name, request }) => ({ value: request, label: say(name) }))}
              />
            </Field>
          ) : null}
          <Field label={t('metrics.change.minimum')}>
            <Input
              aria-label={t('metrics.change.minimum')}
              inputMode="numeric"
              placeholder={t('metrics.change.minimumHint', { n: metric.shippedMinN })}
              value={minN}
              onChange={(event) => setMinN(event.target.value)}
            />
          </Field>
          <Field label={t('metrics.change.from')}>
            <Select
              aria-label={t('metrics.change.from')}
              value={from}
              onChange={setFrom}
              options={monthChoice(months)}
            />
          </Field>
          <Field label={t('metrics.change.trial')}>
            <Select
              aria-label={t('metrics.change.trial')}
              value={trial}
              onChange={setTrial}
              options={monthChoice(organisation.periods)}
            />
          </Field>
        </div>
        {hasWindow ? <p className="quiet small">{t('metrics.window')}</p> : null}
        {may ? (
          <Field label={t('metrics.change.reason')}>
            <Input
              aria-label={t('metrics.change.reason')}
              maxLength={500}
              placeholder={t('metrics.change.reasonHint')}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
        ) : (
          <p className="quiet">{t('metrics.change.nobody')}</p>
        )}
        <div className="row">
          <Button loading={compare.isPending} disabled={trial === ''} onClick={() => compare.mutate()}>
            {t('metrics.change.compare')}
          </Button>
          {may ? (
            <Button
              type="primary"
              loading={save.isPending}
              disabled={reason.trim() === ''}
              onClick={() => save.mutate()}
            >
              {t('metrics.change.save')}
            </Button>
          ) : null}
        </div>
        {compare.error ? <Refusal error={compare.error} /> : null}
        {save.error ? <Refusal error={save.error} /> : null}
        {save.isSuccess ? (
          <p className="notice" role="status">
            {t('metrics.change.saved', { month: periodName(from, language) })}
          </p>
        ) : null}
      </div>
      {compare.data ? <DualRun run={compare.data} /> : null}
    </section>
  );
}

/** Metrics of one's own are changed where they are composed. */
export function EditOwn({ metric }: { readonly metric: MetricDefinitionView }) {
  const { t } = useReader();
  return (
    <section className="section">
      <h2>{t('metrics.change.title')}</h2>
      <p>{t('metrics.change.own')}</p>
      <Link to="/metrics/compose" search={{ metric: metric.id }} className="press">
        {t('metrics.change.edit')}
      </Link>
    </section>
  );
}
