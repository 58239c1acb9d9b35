import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { kindNames, kinds } from '../../ingest/kinds.ts';
import { keyDays, keyStanding } from '../../people/keyExpiry.ts';
import type { CreatedKey, CreateKey, Key } from '../../people/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { ago, dayOf } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { CopyOnce } from '../parts/CopyOnce.tsx';
import { keysQuery, organisationQuery } from '../queries.ts';
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
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const named = (name: string) =>
    kindNames.flatMap((kind) => (kind === name ? [kinds[kind][language]] : []))[0] ?? name;
  const ends = ({ expiresAt }: Key) => {
    const standing = keyStanding(expiresAt, Date.now());
    const day = expiresAt === null ? '' : dayOf(expiresAt, organisation.timeZone);
    const text = t(`data.keyStandings.${standing}`, { day });
    return standing === 'soon' || standing === 'expired' ? <b className="fault">{text}</b> : text;
  };
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
            <th scope="col">{t('data.keyEnds')}</th>
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
              <td>
                {key.scopes.map((scope) => t(`data.scopes.${scope}`)).join(' · ')}
                {key.kinds ? <span className="quiet small"> {key.kinds.map(named).join(t('mark.comma'))}</span> : null}
              </td>
              <td>{key.createdBy}</td>
              <td>{key.lastUsedAt === null ? t('data.keyUnused') : ago(key.lastUsedAt, Date.now(), language)}</td>
              <td>{ends(key)}</td>
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
          onFinish={(asked) => make.mutate({ ...asked, kinds: asked.kinds?.length ? asked.kinds : null })}
          initialValues={{ scopes: ['ingest.write'], days: keyDays.standard }}
        >
          <Form.Item name="name" label={t('data.keyName')} rules={[{ required: true, whitespace: true, max: 100 }]}>
            <Input autoFocus />
          </Form.Item>
          <Form.Item name="scopes" label={t('data.keyScopes')} rules={[{ required: true }]}>
            <Checkbox.Group options={scopes.map((scope) => ({ value: scope, label: t(`data.scopes.${scope}`) }))} />
          </Form.Item>
          <Form.Item
            name="days"
            label={t('data.keyDays')}
            rules={[{ required: true, type: 'integer', min: 1, max: keyDays.max }]}
            extra={t('data.keyDaysHelp')}
          >
            <InputNumber min={1} max={keyDays.max} precision={0} />
          </Form.Item>
          <Form.Item name="kinds" label={t('data.keyKinds')}>
            <Select
              mode="multiple"
              allowClear
              placeholder={t('data.keyKindsAll')}
              options={kindNames.map((kind) => ({ value: kind, label: kinds[kind][language] }))}
            />
          </Form.Item>
          {make.error ? (
            <p className="notice notice-fault">{errorSentence(make.error, language) ?? t('state.broken')}</p>
          ) : null}
          <Button type="primary" htmlType="submit" loading={make.isPending}>
            {t('data.keyCreate')}
          </Button>
        </Form>
      )}
    </Modal>
  );
}
