import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { CreatedKey, CreateKey, Key } from '../../people/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { ago } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { CopyOnce } from '../parts/CopyOnce.tsx';
import { keysQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const scopes = ['ingest.write', 'import.read', 'metric.read'] as const satisfies readonly Key['scopes'][number][];

export function ApiKeys() {
  const { t } = useReader();
  const query = useQuery(keysQuery);
  const [making, setMaking] = useState(false);
  return (
    <section className="section">
      <div className="row spread">
        <h2>{t('data.keys')}</h2>
        <Button onClick={() => setMaking(true)}>{t('data.keyCreate')}</Button>
      </div>
      <p className="quiet small">{t('data.keysText')}</p>
      <Answer
        query={query}
        empty={({ keys }) => (keys.length === 0 ? <p className="quiet">{t('data.keysNone')}</p> : null)}
      >
        {({ keys }) => <Keys keys={keys} />}
      </Answer>
      {making ? <MakeKey close={() => setMaking(false)} /> : null}
    </section>
  );
}

function Keys({ keys }: { readonly keys: readonly Key[] }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const { modal } = App.useApp();
  const revoke = (key: Key) =>
    modal.confirm({
      title: `${t('data.keyRevoke')} ${key.name}`,
      content: t('data.keyRevokeText'),
      icon: null,
      okText: t('data.keyRevoke'),
      cancelText: t('state.cancel'),
      onOk: async () => {
        await send('DELETE', `/api/keys/${encodeURIComponent(key.id)}`);
        await client.invalidateQueries({ queryKey: keysQuery.queryKey });
      },
    });
  return (
    <div className="scroll-x">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('data.keyName')}</th>
            <th scope="col">{t('data.keyPrefix')}</th>
            <th scope="col">{t('data.keyScopes')}</th>
            <th scope="col">{t('data.by')}</th>
            <th scope="col">{t('data.keyUsed')}</th>
            <th scope="col" />
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <td>{key.name}</td>
              <td>
                <code>{key.prefix}…</code>
              </td>
              <td>{key.scopes.map((scope) => t(`data.scopes.${scope}`)).join(' · ')}</td>
              <td>{key.createdBy}</td>
              <td>{key.lastUsedAt === null ? t('data.keyUnused') : ago(key.lastUsedAt, Date.now(), language)}</td>
              <td className="end">
                <button type="button" className="text-button" onClick={() => revoke(key)}>
                  {t('data.keyRevoke')}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MakeKey({ close }: { readonly close: () => void }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: (asked: CreateKey) => send<CreatedKey>('POST', '/api/keys', asked),
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  return (
    <Modal open title={t('data.keyCreate')} onCancel={close} footer={null} destroyOnHidden>
      {make.data ? (
        <CopyOnce text={t('data.keyOnce')} value={make.data.secret} />
      ) : (
        <Form<CreateKey>
          layout="vertical"
          onFinish={(asked) => make.mutate(asked)}
          initialValues={{ scopes: ['ingest.write'] }}
        >
          <Form.Item name="name" label={t('data.keyName')} rules={[{ required: true, whitespace: true, max: 100 }]}>
            <Input autoFocus />
          </Form.Item>
          <Form.Item name="scopes" label={t('data.keyScopes')} rules={[{ required: true }]}>
            <Checkbox.Group options={scopes.map((scope) => ({ value: scope, label: t(`data.scopes.${scope}`) }))} />
          </Form.Item>
          {make.error ? (
            <p className="notice notice-red">{errorSentence(make.error, language) ?? t('state.broken')}</p>
          ) : null}
          <Button type="primary" htmlType="submit" loading={make.isPending}>
            {t('data.keyCreate')}
          </Button>
        </Form>
      )}
    </Modal>
  );
}
