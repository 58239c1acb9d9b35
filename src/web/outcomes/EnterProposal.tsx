import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import { handKinds } from '../../outcomes/proposal.ts';
import type { EnterInput } from '../../outcomes/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { periodName } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** A proposal by hand, on somebody's card of the period. */
export default function EnterProposal({ period, close }: { readonly period: string; readonly close: () => void }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const act = useMutation({
    mutationFn: (fields: Omit<EnterInput, 'period'>) => send('POST', '/api/outcomes', { ...fields, period }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['outcomes'] });
      close();
    },
  });
  const required = [{ required: true, message: t('outcomes.needed') }];
  return (
    <Modal open title={`${t('outcomes.enterTitle')} · ${periodName(period, language)}`} footer={null} onCancel={close}>
      <Form<Omit<EnterInput, 'period'>> layout="vertical" onFinish={act.mutate} requiredMark={false}>
        <Form.Item name="agentId" label={t('outcomes.enterWho')} rules={required}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={organisation.agents.map(({ agentId, name, team }) => ({
              value: agentId,
              label: `${name} · ${team}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="kind" label={t('outcomes.enterWhat')} rules={required}>
          <Select options={handKinds.map((value) => ({ value, label: t(`outcomes.kinds.${value}`) }))} />
        </Form.Item>
        <Form.Item name="reason" label={t('outcomes.enterWhy')} rules={[...required, { max: 500 }]}>
          <Input />
        </Form.Item>
        {act.error ? (
          <p className="notice notice-fault" role="alert">
            {errorSentence(act.error, language) ?? t('state.broken')}
          </p>
        ) : null}
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {t('outcomes.enterKeep')}
        </Button>
      </Form>
    </Modal>
  );
}
