import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Form, InputNumber, Modal, Radio } from 'antd';
import type { Retention } from '../../erasure/schemas.ts';
import { dayInSentence, dayOf } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { FormEnd } from '../parts/FormEnd.tsx';
import { useSave } from '../parts/useSave.ts';
import { organisationQuery, retentionPreviewQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

interface Asked {
  readonly kept: 'forever' | 'months';
  readonly months: number | null;
}

const usual = 24;

/** For how long texts are kept; says how many would go before it is saved. */
export function RetentionForm({ retention, close }: { readonly retention: Retention; readonly close: () => void }) {
  const { t } = useReader();
  const [form] = Form.useForm<Asked>();
  const asked = Form.useWatch([], form);
  const months = asked?.kept === 'months' && asked.months !== null && asked.months >= 1 ? asked.months : null;
  const act = useSave<Retention>({ method: 'PUT', path: '/api/retention', anew: ['erasures'], done: close });
  return (
    <Modal open title={t('data.erasure.retention')} onCancel={close} footer={null} destroyOnHidden>
      <Form<Asked>
        form={form}
        layout="vertical"
        initialValues={{ kept: retention.months === null ? 'forever' : 'months', months: retention.months ?? usual }}
        onFinish={({ kept, months: chosen }) => act.mutate({ months: kept === 'forever' ? null : chosen })}
      >
        <Form.Item name="kept" label={t('data.erasure.keep')}>
          <Radio.Group
            options={[
              { value: 'forever', label: t('data.erasure.keepForever') },
              { value: 'months', label: t('data.erasure.keepMonths') },
            ]}
          />
        </Form.Item>
        {asked?.kept === 'months' ? (
          <Form.Item name="months" label={t('data.erasure.months')} rules={[{ required: true }]}>
            <InputNumber min={1} max={600} precision={0} />
          </Form.Item>
        ) : null}
        {months === null ? null : <Preview months={months} />}
        <FormEnd act={act} word={t('data.erasure.save')} close={close} />
      </Form>
    </Modal>
  );
}

function Preview({ months }: { readonly months: number }) {
  const { t, language } = useReader();
  const query = useQuery(retentionPreviewQuery(months));
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  return (
    <Answer query={query}>
      {({ texts, before }) => (
        <p className={texts === 0 ? 'quiet' : 'notice notice-fault'}>
          {t('data.erasure.preview', { texts, day: dayInSentence(dayOf(before, organisation.timeZone), language) })}
        </p>
      )}
    </Answer>
  );
}
