import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import { type Role, roles } from '../../people/actor.ts';
import type { CreatePerson, Invited, Person, UpdatePerson } from '../../people/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { organisationQuery, peopleQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { fieldsOf, type PersonFields, scopeOf } from './personFields.ts';

interface PersonFormProps {
  /** null: somebody new. */
  readonly person: Person | null;
  readonly close: () => void;
  readonly invited: (answer: Invited) => void;
}

export function PersonForm({ person, close, invited }: PersonFormProps) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [form] = Form.useForm<PersonFields>();
  const role: Role | undefined = Form.useWatch('role', form);
  const scopeKind: PersonFields['scopeKind'] | undefined = Form.useWatch('scopeKind', form);

  const save = useMutation({
    mutationFn: async (fields: PersonFields) => {
      const agentId = fields.role === 'agent' ? (fields.agentId ?? null) : null;
      const common = { name: fields.name.trim(), role: fields.role, scope: scopeOf(fields), agentId };
      if (person === null) {
        const asked: CreatePerson = { ...common, email: fields.email.trim() };
        invited(await send<Invited>('POST', '/api/people', asked));
      } else {
        const asked: UpdatePerson = common;
        await send('PATCH', `/api/people/${encodeURIComponent(person.id)}`, asked);
        close();
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });

  const required = [{ required: true }];
  return (
    <Modal
      open
      title={person ? t('people.editTitle', { name: person.name }) : t('people.inviteTitle')}
      onCancel={close}
      footer={null}
    >
      <Form<PersonFields>
        form={form}
        layout="vertical"
        className="people-form"
        requiredMark={false}
        initialValues={person ? fieldsOf(person) : { role: 'agent', scopeKind: 'all', teams: [], shops: [] }}
        onFinish={(fields) => save.mutate(fields)}
      >
        <Form.Item name="name" label={t('people.name')} rules={[{ required: true, whitespace: true, max: 100 }]}>
          <Input />
        </Form.Item>
        {person ? null : (
          <Form.Item name="email" label={t('people.email')} rules={[{ required: true, type: 'email' }]}>
            <Input type="email" autoComplete="off" />
          </Form.Item>
        )}
        <Form.Item name="role" label={t('people.role')} rules={required}>
          <Select options={roles.map((name) => ({ value: name, label: t(`role.${name}`) }))} />
        </Form.Item>
        {role === 'agent' ? (
          <Form.Item name="agentId" label={t('people.agent')} rules={required}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('people.pickAgent')}
              options={organisation.agents.map((agent) => ({
                value: agent.agentId,
                label: [agent.name, agent.team].filter(Boolean).join(' · '),
              }))}
            />
          </Form.Item>
        ) : (
          <Form.Item name="scopeKind" label={t('people.scope')} rules={required}>
            <Select
              options={(['all', 'teams', 'shops'] as const).map((kind) => ({
                value: kind,
                label: t(`people.scopeKinds.${kind}`),
              }))}
            />
          </Form.Item>
        )}
        {role !== 'agent' && scopeKind === 'teams' ? (
          <Form.Item name="teams" label={t('people.teams')} rules={required}>
            <Select mode="multiple" options={organisation.teams.map((team) => ({ value: team, label: team }))} />
          </Form.Item>
        ) : null}
        {role !== 'agent' && scopeKind === 'shops' ? (
          <Form.Item name="shops" label={t('people.shops')} rules={required}>
            <Select mode="multiple" options={organisation.shops.map((shop) => ({ value: shop, label: shop }))} />
          </Form.Item>
        ) : null}
        {save.error ? (
          <p className="notice" role="alert">
            {errorSentence(save.error, language) ?? t('state.broken')}
          </p>
        ) : null}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {person ? t('state.save') : t('people.inviteSubmit')}
        </Button>
      </Form>
    </Modal>
  );
}
