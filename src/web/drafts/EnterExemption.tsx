import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Form, Input, Modal, Select } from 'antd';
import { type EnterExemption as Entry, exemptionCovers, exemptionReasons } from '../../scores/exemptionSchemas.ts';
import { ApiError, errorSentence, send } from '../api.ts';
import { definitionsQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');

/** The form of a new entry; it has no effect until somebody else approves it. */
export default function EnterExemption({ close }: { readonly close: () => void }) {
  const { t, say } = useReader();
  const { me } = app.useRouteContext();
  const client = useQueryClient();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const definitions = useQuery(definitionsQuery);
  const [form] = Form.useForm<Entry>();
  const offered = exemptionCovers.filter((each) => each !== 'all' || me.scope.kind === 'all');
  const covers: Entry['covers'] = Form.useWatch('covers', form) ?? 'team';
  const enter = useMutation({
    mutationFn: (fields: Entry) =>
      send('POST', '/api/exemptions', {
        ...fields,
        subject: fields.covers === 'all' ? '' : fields.subject,
        metrics: fields.metrics,
      }),
    onSuccess: async () => {
      await client.invalidateQueries();
      close();
    },
  });
  const subjects = {
    all: [],
    team: organisation.teams.map((team) => ({ value: team, label: team })),
    shop: organisation.shops.map((shop) => ({ value: shop, label: shop })),
    agent: organisation.agents.map(({ agentId, name, team }) => ({ value: agentId, label: `${name} · ${team}` })),
  };
  const daily = [...(definitions.data?.values() ?? [])].filter(
    ({ dimensions, retiredFrom }) => dimensions.includes('day') && retiredFrom === null,
  );
  const required = [{ required: true }];
  return (
    <Modal open title={t('exemptions.add')} onCancel={close} footer={null}>
      <Form<Entry>
        form={form}
        layout="vertical"
        className="entry-form"
        requiredMark={false}
        initialValues={{ covers: 'team', metrics: [], reason: 'outage' }}
        onFinish={(fields) => enter.mutate(fields)}
      >
        <Form.Item name="covers" label={t('exemptions.covers')} rules={required}>
          <Select
            options={offered.map((each) => ({ value: each, label: t(`exemptions.coversWho.${each}`) }))}
            onChange={() => form.setFieldValue('subject', undefined)}
          />
        </Form.Item>
        {covers === 'all' ? null : (
          <Form.Item name="subject" label={t('exemptions.subject')} rules={required}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={subjects[covers]} />
          </Form.Item>
        )}
        <div className="exemption-days">
          <Form.Item name="firstDay" label={t('exemptions.first')} rules={required}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="lastDay" label={t('exemptions.last')} rules={required}>
            <Input type="date" />
          </Form.Item>
        </div>
        <Form.Item name="reason" label={t('exemptions.reason')} rules={required}>
          <Select options={exemptionReasons.map((each) => ({ value: each, label: t(`exemptions.reasons.${each}`) }))} />
        </Form.Item>
        <Form.Item name="metrics" label={t('exemptions.metrics')} extra={t('exemptions.metricsText')}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            options={daily.map(({ id, name }) => ({ value: id, label: say(name) }))}
          />
        </Form.Item>
        <Form.Item name="note" label={t('exemptions.note')} rules={[...required, { max: 500 }]}>
          <Input placeholder={t('exemptions.noteHint')} />
        </Form.Item>
        {enter.error ? <Refusal error={enter.error} /> : null}
        <Button type="primary" htmlType="submit" loading={enter.isPending}>
          {t('exemptions.enter')}
        </Button>
      </Form>
    </Modal>
  );
}

/** The server's sentence, and each of its reasons once. */
function Refusal({ error }: { readonly error: Error }) {
  const { t, language } = useReader();
  const codes = error instanceof ApiError ? [...new Set(error.issues.map(({ code }) => code.split('.').at(-1)))] : [];
  return (
    <div className="notice notice-fault" role="alert">
      <p>{errorSentence(error, language) ?? t('state.broken')}</p>
      {codes.map((code) => (
        <p key={code}>{t(`exemptions.issues.${code}`, '')}</p>
      ))}
    </div>
  );
}
