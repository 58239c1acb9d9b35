import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { ErasurePage, ErasureView, Found, FoundEmployee } from '../../erasure/schemas.ts';
import { send } from '../api.ts';
import { ago, dayInTable, dayOf } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { FormEnd } from '../parts/FormEnd.tsx';
import { useSave } from '../parts/useSave.ts';
import { erasuresQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { RetentionForm } from './RetentionForm.tsx';

/** What is erased: by policy, and of one person on request. */
export function Erasures() {
  const { t } = useReader();
  const query = useQuery(erasuresQuery);
  const [open, setOpen] = useState<Whom | 'retention' | null>(null);
  const close = () => setOpen(null);
  return (
    <section className="section">
      <div className="row spread">
        <h2>{t('data.erasure.title')}</h2>
        <p className="row">
          <Button onClick={() => setOpen('retention')}>{t('data.erasure.retention')}</Button>
          <Button onClick={() => setOpen('customer')}>{t('data.erasure.erase')}</Button>
          <Button onClick={() => setOpen('employee')}>{t('data.erasure.eraseEmployee')}</Button>
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
      {open === 'customer' || open === 'employee' ? <EraseForm whom={open} close={close} /> : null}
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
                {kind === 'texts' ? (
                  t('data.erasure.texts', {
                    day: dayInTable(dayOf(textsBefore ?? askedAt, organisation.timeZone), language),
                  })
                ) : (
                  <>
                    {t(`data.erasure.${kind}`)} <code>{mark}</code>
                  </>
                )}
              </td>
              <td>{kind === 'texts' ? t('data.erasure.policy', { months: reason }) : reason}</td>
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

type Whom = 'customer' | 'employee';

interface Asked {
  readonly who: string;
  readonly reason: string;
}

/** What there is of somebody, and whether anything has to be settled before they can be erased. */
interface Look {
  readonly who: string;
  readonly isFree: boolean;
  readonly lines: readonly { readonly text: string; readonly blocks: boolean }[];
}

/** The same dialog for both: how each is asked for, and what the answer says. */
function useWhom(whom: Whom) {
  const { t, language } = useReader();
  const comma = language === 'zh' ? '、' : ', ';
  const before = (found: { readonly erasedBefore: boolean }) =>
    found.erasedBefore ? [{ text: t('data.erasure.before'), blocks: false }] : [];
  if (whom === 'customer')
    return {
      ...{ path: '/api/erasures', title: t('data.erasure.erase'), label: t('data.erasure.customerId') },
      warning: t('data.erasure.warning'),
      body: (who: string) => ({ customerId: who }),
      look: async (who: string): Promise<Look> => {
        const found = await send<Found>('POST', '/api/erasures/look', { customerId: who });
        return {
          ...{ who, isFree: true },
          lines: [{ text: t('data.erasure.found', { ...found }), blocks: false }, ...before(found)],
        };
      },
    };
  return {
    ...{ path: '/api/erasures/employees', title: t('data.erasure.eraseEmployee'), label: t('data.erasure.employee') },
    warning: t('data.erasure.warningEmployee'),
    body: (who: string) => ({ employee: who }),
    look: async (who: string): Promise<Look> => {
      const found = await send<FoundEmployee>('POST', '/api/erasures/employees/look', { employee: who });
      const { openCycles, openAppeals } = found;
      const open = [
        ...(openCycles.length > 0 ? [t('data.erasure.openCycles', { periods: openCycles.join(comma) })] : []),
        ...(openAppeals > 0 ? [t('data.erasure.openAppeals', { count: openAppeals })] : []),
      ];
      return {
        ...{ who, isFree: open.length === 0 },
        lines: [
          { text: t('data.erasure.foundEmployee', { ...found }), blocks: false },
          ...before(found),
          ...open.map((text) => ({ text, blocks: true })),
        ],
      };
    },
  };
}

/** Shows what there is of somebody before they can be erased. */
function EraseForm({ whom, close }: { readonly whom: Whom; readonly close: () => void }) {
  const { t } = useReader();
  const { path, title, label, warning, body, look: lookAt } = useWhom(whom);
  const [found, setFound] = useState<Look | null>(null);
  const [form] = Form.useForm<Asked>();
  const act = useSave<object>({ path, anew: ['erasures', 'people'], done: close });
  const [looking, setLooking] = useState<{ isPending: boolean; error: Error | null }>({
    isPending: false,
    error: null,
  });
  const look = async ({ who }: Asked) => {
    setLooking({ isPending: true, error: null });
    try {
      setFound(await lookAt(who));
      setLooking({ isPending: false, error: null });
    } catch (cause) {
      setLooking({ isPending: false, error: cause instanceof Error ? cause : new Error(String(cause)) });
    }
  };
  const ready = found?.isFree === true;
  return (
    <Modal open title={title} onCancel={close} footer={null} destroyOnHidden>
      <Form<Asked>
        form={form}
        layout="vertical"
        onValuesChange={(changed) => (changed.who === undefined ? undefined : setFound(null))}
        onFinish={({ who, reason }) =>
          ready && found.who === who ? act.mutate({ ...body(who), reason }) : look({ who, reason })
        }
      >
        <Form.Item name="who" label={label} rules={[{ required: true, max: 256 }]}>
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        {found === null ? null : (
          <>
            {found.lines.map(({ text, blocks }) => (
              <p key={text} className={blocks ? 'notice erase-warning' : undefined}>
                {text}
              </p>
            ))}
            {ready ? (
              <>
                <p className="notice notice-fault erase-warning">{warning}</p>
                <Form.Item
                  name="reason"
                  label={t('data.erasure.reason')}
                  rules={[{ required: true, whitespace: true, max: 500 }]}
                >
                  <Input.TextArea rows={2} />
                </Form.Item>
              </>
            ) : null}
          </>
        )}
        <FormEnd
          act={ready ? act : looking}
          word={t(ready ? 'data.erasure.eraseNow' : 'data.erasure.look')}
          close={close}
        />
      </Form>
    </Modal>
  );
}
