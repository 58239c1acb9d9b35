import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { OrderEvent } from '../../metrics/orderSchemas.ts';
import { clockTime, instantInTable } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { useAgentName } from './AgentName.tsx';

const app = getRouteApi('/app');

/** What happened around an order, in order of time: chats and approaches hollow, what became of the order filled. */
export function Timeline({ events }: { readonly events: readonly OrderEvent[] }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const mayRead = app.useRouteContext().me.permissions.includes('transcript.read');
  const name = useAgentName();
  const words = (event: OrderEvent) => {
    switch (event.kind) {
      case 'chat':
        return t('orders.event.chat', { agent: name(event.agent), rounds: event.rounds });
      case 'approach':
        return t('orders.event.approach', { agent: name(event.agent) });
      case 'created':
      case 'paid':
      case 'cancelled':
        return t(`orders.event.${event.kind}`);
    }
  };
  return (
    <section className="section">
      <h2>{t('orders.timeline')}</h2>
      <ol className="orders-timeline">
        {events.map((event) => {
          const talk = event.kind === 'chat' || event.kind === 'approach' ? event : null;
          return (
            <li
              key={`${event.kind} ${event.at} ${talk?.sessionId ?? ''} ${name(talk?.agent ?? null)}`}
              data-kind={event.kind}
            >
              <span className="figure">{instantInTable(event.at, organisation.timeZone, language)}</span>
              <span>
                {talk ? words(event) : <b>{words(event)}</b>}
                {event.kind === 'chat' && event.until !== event.at ? (
                  <span className="quiet small">
                    {' '}
                    {t('orders.event.chatUntil', { time: clockTime(event.until, organisation.timeZone) })}
                  </span>
                ) : null}
                {talk?.sessionId && mayRead ? (
                  <>
                    {' '}
                    <Link to="/sessions/$sessionId" params={{ sessionId: talk.sessionId }} className="small">
                      {t('orders.event.open')}
                    </Link>
                  </>
                ) : null}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
