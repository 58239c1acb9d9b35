import '../data/data.css';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import type { Invited, ListedPerson, Person } from '../../people/schemas.ts';
import { send } from '../api.ts';
import { ago, clockTime, instantInTable } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { CopyOnce } from '../parts/CopyOnce.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { DemandSecondFactor } from '../people/DemandSecondFactor.tsx';
import { PersonForm } from '../people/PersonForm.tsx';
import { organisationQuery, peopleQuery } from '../queries.ts';
import { Table, type TableColumn } from '../table/Table.tsx';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');

export function PeoplePage() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const query = useQuery(peopleQuery);
  const [editing, setEditing] = useState<Person | 'new' | null>(null);
  const [invited, setInvited] = useState<Invited | null>(null);
  const may = me.permissions.includes('people.write');
  return (
    <>
      <PageHead title={t('people.title')}>
        {me.permissions.includes('audit.read') && me.scope.kind === 'all' ? (
          <Link to="/people/audit" className="text-button">
            {t('audit.title')}
          </Link>
        ) : null}
        {may ? (
          <Button type="primary" onClick={() => setEditing('new')}>
            {t('people.invite')}
          </Button>
        ) : null}
      </PageHead>
      <Answer query={query}>
        {({ people, secondFactorRoles }) => (
          <>
            <List people={people} may={may} edit={setEditing} invited={setInvited} />
            {people.length < 2 ? <Empty title={t('people.empty')} text={t('people.emptyText')} /> : null}
            {may ? <DemandSecondFactor people={{ people, secondFactorRoles }} /> : null}
          </>
        )}
      </Answer>
      {editing === null ? null : (
        <PersonForm
          person={editing === 'new' ? null : editing}
          close={() => setEditing(null)}
          invited={(answer) => {
            setEditing(null);
            setInvited(answer);
          }}
        />
      )}
      {invited ? <LinkOnce invited={invited} close={() => setInvited(null)} /> : null}
    </>
  );
}

function LinkOnce({ invited, close }: { readonly invited: Invited; readonly close: () => void }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const until = instantInTable(invited.expiresAt, organisation.timeZone, language);
  return (
    <Modal open title={t('people.linkTitle', { name: invited.person.name })} onCancel={close} footer={null}>
      <CopyOnce text={t('people.linkText', { until })} value={new URL(invited.link, window.location.origin).href} />
    </Modal>
  );
}

function List({
  people,
  may,
  edit,
  invited,
}: {
  readonly people: readonly ListedPerson[];
  readonly may: boolean;
  readonly edit: (person: Person) => void;
  readonly invited: (answer: Invited) => void;
}) {
  const { t, language } = useReader();
  const { me } = app.useRouteContext();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const client = useQueryClient();
  const { modal } = App.useApp();
  const names = new Map(organisation.agents.map((agent) => [agent.agentId, agent.name]));
  const joined = (list: readonly string[]) => list.join(t('mark.comma'));
  const act = useMutation({
    mutationFn: ({ person, verb }: { person: Person; verb: 'deactivate' | 'reactivate' }) =>
      send('POST', `/api/people/${encodeURIComponent(person.id)}/${verb}`),
    onSuccess: () => client.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
  const link = useMutation({
    mutationFn: (person: Person) => send<Invited>('POST', `/api/people/${encodeURIComponent(person.id)}/link`),
    onSuccess: invited,
  });
  const endWait = useMutation({
    mutationFn: (person: Person) => send('POST', `/api/people/${encodeURIComponent(person.id)}/end-wait`),
    onSuccess: () => client.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
  const reset = (person: Person) =>
    modal.confirm({
      title: `${t('factor.reset')} ${person.name}`,
      content: t('factor.resetText', { name: person.name }),
      icon: null,
      okText: t('factor.reset'),
      cancelText: t('state.cancel'),
      onOk: async () => {
        await send('POST', `/api/people/${encodeURIComponent(person.id)}/reset-second-factor`);
        await client.invalidateQueries({ queryKey: peopleQuery.queryKey });
      },
    });
  const scope = (person: Person) => {
    switch (person.scope.kind) {
      case 'all':
        return t('people.scopeAll');
      case 'teams':
        return t('people.scopeTeams', { names: joined(person.scope.teams) });
      case 'shops':
        return t('people.scopeShops', { names: joined(person.scope.shops) });
      case 'self':
        return t('people.scopeSelf', { agent: names.get(person.scope.agentId) ?? person.scope.agentId });
    }
  };
  const tools = (person: ListedPerson) =>
    may && person.id !== me.userId ? (
      <span className="row people-tools">
        <button type="button" className="text-button" onClick={() => edit(person)}>
          {t('people.edit')}
        </button>
        {person.status === 'deactivated' ? (
          <button type="button" className="text-button" onClick={() => act.mutate({ person, verb: 'reactivate' })}>
            {t('people.reactivate')}
          </button>
        ) : (
          <>
            {person.waitsUntil === null ? null : (
              <button type="button" className="text-button" onClick={() => endWait.mutate(person)}>
                {t('people.endWait')}
              </button>
            )}
            {person.secondFactor ? (
              <button type="button" className="text-button" onClick={() => reset(person)}>
                {t('factor.reset')}
              </button>
            ) : null}
            <button type="button" className="text-button" onClick={() => link.mutate(person)}>
              {t('people.newLink')}
            </button>
            <button
              type="button"
              className="text-button"
              onClick={() =>
                modal.confirm({
                  title: `${t('people.deactivate')} ${person.name}`,
                  content: t('people.deactivateText', { name: person.name }),
                  icon: null,
                  okText: t('people.deactivate'),
                  cancelText: t('state.cancel'),
                  onOk: () => act.mutateAsync({ person, verb: 'deactivate' }),
                })
              }
            >
              {t('people.deactivate')}
            </button>
          </>
        )}
      </span>
    ) : null;
  const status = ({ status, waitsUntil }: ListedPerson) => (
    <>
      {t(`people.statuses.${status}`)}
      {waitsUntil === null ? null : (
        <span className="fault small">
          {' '}
          {t('people.waits', { until: clockTime(waitsUntil, organisation.timeZone).slice(0, 5) })}
        </span>
      )}
    </>
  );
  const seen = (person: Person) =>
    person.lastSeenAt === null ? t('people.neverSeen') : ago(person.lastSeenAt, Date.now(), language);
  const columns: TableColumn<ListedPerson>[] = [
    {
      id: 'name',
      title: t('people.name'),
      width: 150,
      shown: 'always',
      cell: (person) => (
        <>
          <b>{person.name}</b>{' '}
          {person.id === me.userId ? <span className="quiet small">{t('people.self')}</span> : null}
        </>
      ),
      sort: (person) => person.name,
    },
    {
      id: 'email',
      title: t('people.email'),
      width: 220,
      cell: (person) => person.email,
      sort: (person) => person.email,
    },
    {
      id: 'role',
      title: t('people.role'),
      width: 90,
      cell: (person) => t(`role.${person.role}`),
      sort: (person) => person.role,
    },
    { id: 'scope', title: t('people.scope'), width: 180, cell: scope },
    {
      id: 'status',
      title: t('people.status'),
      width: 110,
      cell: status,
      sort: (person) => person.status,
    },
    {
      id: 'factor',
      title: t('factor.column'),
      width: 90,
      cell: (person) => t(person.secondFactor ? 'factor.has' : 'factor.hasNot'),
      sort: (person) => String(person.secondFactor),
    },
    { id: 'seen', title: t('people.lastSeen'), width: 110, cell: seen, sort: (person) => person.lastSeenAt },
    ...(may ? [{ id: 'tools', title: '', width: 360, end: true, shown: 'always' as const, cell: tools }] : []),
  ];
  return (
    <Table
      name="people"
      caption={t('people.title')}
      rows={people}
      columns={columns}
      rowKey={(person) => person.id}
      narrow={(person) => (
        <div className="stack">
          <span>
            <b>{person.name}</b>{' '}
            <span className="quiet">
              {t(`role.${person.role}`)} · {status(person)}
            </span>
          </span>
          <span className="quiet small">
            {person.email} · {scope(person)} · {seen(person)}
          </span>
          {tools(person)}
        </div>
      )}
    />
  );
}
