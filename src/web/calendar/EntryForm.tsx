import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Modal, Select } from 'antd';
import { type CalendarType, calendarTypes } from '../../facts/schemas.ts';
import { ApiError, errorSentence, send } from '../api.ts';
import { definitionsQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import type { Run } from './calendarView.ts';
import { changeOf, daysBetween, daysMax, type EntryFields, fieldsOf } from './entryFields.ts';
import { shapes } from './words.ts';

interface EntryFormProps {
  /** The run to change, or the day on which something new begins. */
  readonly about: Run | string;
  readonly close: () => void;
  readonly saved: () => void;
}

export function EntryForm({ about, close, saved }: EntryFormProps) {
  const { t, say } = useReader();
  const client = useQueryClient();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const definitions = useQuery(definitionsQuery);
  const [form] = Form.useForm<EntryFields>();
  const before = typeof about === 'string' ? null : about;
  const initial = before
    ? fieldsOf(before)
    : { type: 'promotion' as const, first: String(about), last: String(about), shop: '', metric: '' };
  const type: CalendarType = Form.useWatch('type', form) ?? initial.type;
  const closed: boolean = Form.useWatch('closed', form) ?? initial.closed ?? false;

  const save = useMutation({
    mutationFn: (fields: EntryFields) => send('PUT', '/api/calendar', changeOf(fields, before)),
    onSuccess: async () => {
      await client.invalidateQueries();
      saved();
    },
  });
  const required = [{ required: true }];
  const hasTimes = type === 'outage' || (type === 'hours' && !closed);
  return (
    <Modal open title={before ? t('calendar.editTitle') : t('calendar.addTitle')} onCancel={close} footer={null}>
      <Form<EntryFields>
        form={form}
        layout="vertical"
        className="entry-form"
        requiredMark={false}
        initialValues={initial}
        onFinish={(fields) => save.mutate(fields)}
      >
        <Form.Item name="type" label={t('calendar.type')} extra={t(`calendar.typeText.${type}`)} rules={required}>
          <Select
            options={calendarTypes.map((each) => ({
              value: each,
              label: `${shapes[each]} ${t(`calendar.types.${each}`)}`,
            }))}
          />
        </Form.Item>
        <div className="entry-pair">
          <Form.Item name="first" label={t('calendar.first')} rules={required}>
            <Input type="date" min="2000-01-01" />
          </Form.Item>
          <Form.Item
            name="last"
            label={t('calendar.last')}
            dependencies={['first']}
            rules={[
              ...required,
              ({ getFieldValue }) => ({
                validator: async (_, last: string) => {
                  const first: unknown = getFieldValue('first');
                  if (typeof first !== 'string' || !last) return;
                  if (last < first) throw new Error(t('calendar.lastBefore'));
                  if (daysBetween(first, last).length > daysMax)
                    throw new Error(t('calendar.tooMany', { days: daysMax }));
                },
              }),
            ]}
          >
            <Input type="date" min="2000-01-01" />
          </Form.Item>
        </div>
        <Form.Item name="shop" label={t('calendar.shop')}>
          <Select
            options={[
              { value: '', label: t('pick.allShops') },
              ...organisation.shops.map((shop) => ({ value: shop, label: shop })),
            ]}
          />
        </Form.Item>
        {type === 'hours' ? (
          <Form.Item name="closed" valuePropName="checked">
            <Checkbox>{t('calendar.closedAll')}</Checkbox>
          </Form.Item>
        ) : null}
        {hasTimes ? (
          <div className="entry-pair">
            <Form.Item name="from" label={t('calendar.from')} extra={t('calendar.fromText')}>
              <Input type="time" />
            </Form.Item>
            <Form.Item name="to" label={t('calendar.to')} extra={t('calendar.toText')}>
              <Input type="time" />
            </Form.Item>
          </div>
        ) : null}
        {type === 'promotion' ? (
          <div className="entry-pair">
            <Form.Item
              name="factor"
              label={t('calendar.factor')}
              extra={t('calendar.factorText')}
              rules={[{ pattern: /^\s*\d{1,4}(\.\d{1,4})?\s*$/, message: t('calendar.factorWrong') }]}
            >
              <Input inputMode="decimal" placeholder="1.5" />
            </Form.Item>
            <Form.Item name="metric" label={t('calendar.metric')}>
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                options={[
                  { value: '', label: t('calendar.allMetrics') },
                  ...[...(definitions.data ?? [])].map(([id, { name }]) => ({ value: id, label: say(name) })),
                ]}
              />
            </Form.Item>
          </div>
        ) : null}
        <Form.Item name="name" label={t('calendar.name')} rules={[{ max: 60 }]}>
          <Input placeholder={t('calendar.nameHint')} />
        </Form.Item>
        {save.error ? <Refusal error={save.error} /> : null}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('state.save')}
        </Button>
      </Form>
    </Modal>
  );
}

/** The server's sentence, and each of its reasons once. */
function Refusal({ error }: { readonly error: Error }) {
  const { t, language } = useReader();
  const codes = error instanceof ApiError ? [...new Set(error.issues.map(({ code }) => code))] : [];
  return (
    <div className="notice notice-fault" role="alert">
      <p>{errorSentence(error, language) ?? t('state.broken')}</p>
      {codes.map((code) => (
        <p key={code}>{t(`calendar.issues.${code.replace('calendar.', '')}`, t('calendar.issues.other'))}</p>
      ))}
    </div>
  );
}
