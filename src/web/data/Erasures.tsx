import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { ErasurePage, ErasureView, Found } from '../../erasure/schemas.ts';
import { send } from '../api.ts';
import { ago, dayInTable, dayOf } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { FormEnd } from '../parts/FormEnd.tsx';
import { useSave } from '../parts/useSave.ts';
import { erasuresQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { RetentionForm } from './RetentionForm.tsx';

/** What is erased: by policy, and of one customer on request. */
export function Erasures() {
  const { t } = useReader();
  const query = useQuery(erasuresQuery);
  const [open, setOpen] = useState<'customer' | 'retention' | null>(null);
  const close = () => setOpen(null);
  return (
    <section className="section">
      <div className="row spread">
        <h2>{t('data.erasure.title')}</h2>
        <p className="row">
          <Button onClick={() => setOpen('retention')}>{t('data.erasure.retention')}</Button>
          <Button onClick={() => setOpen('customer')}>{t('data.erasure.erase')}</Button>
        </p>
      </div>
      <p className="quiet small">{t('data.erasure.text')}</p>
      <Answer query={query}>
        {(page) => (
          <>
            <Kept page={page} />
            <List erasures={page.erasures} />
            {open === 'retention' ? <RetentionForm retention={page.retention} close={close} /> : null}
          </>
        )}
      </Answer>
      {open === 'customer' ? <EraseForm close={close} /> : null}
    </section>
  );
}

function Kept({ page }: { readonly page: ErasurePage }) {
  const { t } = useReader();
  const { months } = page.retention;
  return <p>{months === null ? t('data.erasure.forever') : t('data.erasure.keptFor', { months })}</p>;
}

function List({ erasures }: { readonly erasures: readonly ErasureView[] }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  if (erasures.length === 0) return <p className="quiet">{t('data.erasure.none')}</p>;
  return (
    <div className="scroll-x">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('data.erasure.what')}</th>
            <th scope="col">{t('data.erasure.reason')}</th>
            <th scope="col">{t('data.by')}</th>
            <th scope="col">{t('data.erasure.askedAt')}</th>
            <th scope="col" className="end">
              {t('data.rows')}
            </th>
            <th scope="col">{t('data.state')}</th>
          </tr>
        </thead>
        <tbody>
          {erasures.map(({ id, kind, mark, textsBefore, askedAt, by, reason, rows, doneAt }) => (
            <tr key={id}>
              <td>
                {kind === 'customer' ? (
                  <>
                    {t('data.erasure.customer')} <code>{mark}</code>
                  </>
                ) : (
                  t('data.erasure.texts', {
                    day: dayInTable(dayOf(textsBefore ?? askedAt, organisation.timeZone), language),
                  })
                )}
              </td>
              <td>{kind === 'customer' ? reason : t('data.erasure.policy', { months: reason })}</td>
              <td>{by}</td>
              <td>{ago(askedAt, Date.now(), language)}</td>
              <td className="end figure">{rows ?? ''}</td>
              <td>{t(doneAt === null ? 'data.erasure.going' : 'data.erasure.done')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Asked {
  readonly customerId: string;
  readonly reason: string;
}

/** Shows what there is of the customer before it can be erased. */
function EraseForm({ close }: { readonly close: () => void }) {
  const { t } = useReader();
  const [found, setFound] = useState<{ readonly customerId: string; readonly rows: Found } | null>(null);
  const [form] = Form.useForm<Asked>();
  const act = useSave<Asked>({ path: '/api/erasures', anew: ['erasures'], done: close });
  const [looking, setLooking] = useState<{ isPending: boolean; error: Error | null }>({
    isPending: false,
    error: null,
  });
  const look = async ({ customerId }: Asked) => {
    setLooking({ isPending: true, error: null });
    try {
      setFound({ customerId, rows: await send<Found>('POST', '/api/erasures/look', { customerId }) });
      setLooking({ isPending: false, error: null });
    } catch (cause) {
      setLooking({ isPending: false, error: cause instanceof Error ? cause : new Error(String(cause)) });
    }
  };
  return (
    <Modal open title={t('data.erasure.erase')} onCancel={close} footer={null} destroyOnHidden>
      <Form<Asked>
        form={form}
        layout="vertical"
        onValuesChange={(changed) => (changed.customerId === undefined ? undefined : setFound(null))}
        onFinish={(asked) => (found?.customerId === asked.customerId ? act.mutate(asked) : look(asked))}
      >
        <Form.Item name="customerId" label={t('data.erasure.customerId')} rules={[{ required: true, max: 256 }]}>
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        {found === null ? null : (
          <>
            <p>{t('data.erasure.found', { ...found.rows })}</p>
            {found.rows.erasedBefore ? <p className="quiet">{t('data.erasure.before')}</p> : null}
            <p className="notice notice-red erase-warning">{t('data.erasure.warning')}</p>
            <Form.Item
              name="reason"
              label={t('data.erasure.reason')}
              rules={[{ required: true, whitespace: true, max: 500 }]}
            >
              <Input.TextArea rows={2} />
            </Form.Item>
          </>
        )}
        <FormEnd
          act={found === null ? looking : act}
          word={t(found === null ? 'data.erasure.look' : 'data.erasure.eraseNow')}
          close={close}
        />
      </Form>
    </Modal>
  );
}
