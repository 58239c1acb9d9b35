import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { MetricDefinitionView } from '../../metrics/schemas.ts';
import { send } from '../api.ts';
import { dayOf, periodName } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { Field } from './Field.tsx';
import { monthsAhead } from './metricsView.ts';
import { Refusal } from './Refusal.tsx';

/** A metric of one's own is retired from a month on, or offered again. */
export function RetireOwn({ metric }: { readonly metric: MetricDefinitionView }) {
  return metric.retiredFrom === null ? (
    <Retire metric={metric} />
  ) : (
    <Restore id={metric.id} from={metric.retiredFrom} />
  );
}

const useSend = (id: string, verb: 'retire' | 'restore') => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { from?: string; reason?: string }) => send('POST', `/api/metrics/own/${id}/${verb}`, body),
    onSuccess: () => client.invalidateQueries(),
  });
};

function Retire({ metric }: { readonly metric: MetricDefinitionView }) {
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const months = monthsAhead(dayOf(new Date().toISOString(), organisation.timeZone));
  const [open, setOpen] = useState(false);
  const [from, setFrom] = useState(months[1] ?? '');
  const [reason, setReason] = useState('');
  const retire = useSend(metric.id, 'retire');
  const confirm = () => retire.mutate({ from, reason }, { onSuccess: () => setOpen(false) });
  return (
    <section className="section">
      <h2>{t('metrics.retire.title')}</h2>
      <p>{t('metrics.retire.text')}</p>
      <Button onClick={() => setOpen(true)}>{t('metrics.retire.open')}</Button>
      <Modal
        open={open}
        title={t('metrics.retire.ask', { name: say(metric.name) })}
        onCancel={() => setOpen(false)}
        footer={null}
      >
        <div className="metrics-fields">
          <Field label={t('metrics.change.from')}>
            <Select
              aria-label={t('metrics.change.from')}
              value={from}
              onChange={setFrom}
              options={months.map((month) => ({ value: month, label: periodName(month, language) }))}
            />
          </Field>
          <Field label={t('metrics.change.reason')}>
            <Input
              aria-label={t('metrics.change.reason')}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
          <p className="quiet">{t('metrics.retire.undo')}</p>
          {retire.error ? <Refusal error={retire.error} /> : null}
          <div className="row">
            <Button type="primary" loading={retire.isPending} onClick={confirm}>
              {t('metrics.retire.confirm', { month: periodName(from, language) })}
            </Button>
            <Button onClick={() => setOpen(false)}>{t('state.cancel')}</Button>
          </div>
        </div>
      </Modal>
    </section>
  );
}

function Restore({ id, from }: { readonly id: string; readonly from: string }) {
  const { t, language } = useReader();
  const restore = useSend(id, 'restore');
  return (
    <section className="section">
      <h2>{t('metrics.retire.title')}</h2>
      <p>{t('metrics.retire.since', { month: periodName(from, language) })}</p>
      <Button loading={restore.isPending} onClick={() => restore.mutate({})}>
        {t('metrics.retire.restore')}
      </Button>
      {restore.error ? <Refusal error={restore.error} /> : null}
    </section>
  );
}
