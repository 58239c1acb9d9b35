import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import type { AcknowledgementList } from '../../scores/acknowledgementSchemas.ts';
import { errorSentence, send } from '../api.ts';
import { instantInTable, periodName } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { acknowledgementsQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');

/** Whom a version covers, who of them has acknowledged it, and a reminder to the others. */
export function Acknowledged({ plan, version }: { readonly plan: string; readonly version: number }) {
  const { t } = useReader();
  const query = useQuery(acknowledgementsQuery(plan, version));
  return (
    <section className="section">
      <h2>{t('acknowledged.title')}</h2>
      <Answer
        query={query}
        empty={({ people }) => (people.length === 0 ? <p className="quiet">{t('acknowledged.nobody')}</p> : null)}
      >
        {(list) => <List list={list} />}
      </Answer>
    </section>
  );
}

function List({ list }: { readonly list: AcknowledgementList }) {
  const { t, language } = useReader();
  const { me } = app.useRouteContext();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const client = useQueryClient();
  const remind = useMutation({
    mutationFn: () =>
      send<{ reminded: number }>('POST', '/api/acknowledgements/remind', { plan: list.plan, version: list.version }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['acknowledgements'] }),
  });
  const at = (instant: string) => instantInTable(instant, organisation.timeZone, language);
  const open = list.people.filter(({ acknowledgedAt }) => acknowledgedAt === null);
  return (
    <div className="stack">
      <p>
        {t('acknowledged.about', {
          month: list.fromMonth ? periodName(list.fromMonth, language) : '',
          count: list.people.length,
          done: list.people.length - open.length,
        })}
      </p>
      {remind.data ? (
        <p className="notice" role="status">
          {t('acknowledged.sent', { count: remind.data.reminded })}
        </p>
      ) : null}
      {remind.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(remind.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      {open.length > 0 && me.permissions.includes('acknowledgement.remind') ? (
        <p>
          <Button loading={remind.isPending} onClick={() => remind.mutate()}>
            {t('acknowledged.remind', { count: open.length })}
          </Button>
        </p>
      ) : null}
      <details open={list.people.length <= 20}>
        <summary>{t('assign.people', { count: list.people.length })}</summary>
        <ul className="plan-lines acknowledged">
          {[...open, ...list.people.filter(({ acknowledgedAt }) => acknowledgedAt !== null)].map((person) => (
            <li key={person.agentId} className="row">
              <b>{person.name}</b>
              <span className="quiet">{person.team}</span>
              <span className={person.acknowledgedAt ? 'acknowledged-yes' : 'quiet'}>
                {person.acknowledgedAt
                  ? `✓ ${t('acknowledged.done', { at: at(person.acknowledgedAt) })}`
                  : `○ ${t('acknowledged.open')}`}
              </span>
              {person.remindedAt && !person.acknowledgedAt ? (
                <span className="quiet small">
                  {t('acknowledged.reminded', { name: person.remindedBy, at: at(person.remindedAt) })}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
