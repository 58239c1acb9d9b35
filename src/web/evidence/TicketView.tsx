import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { TicketView as Ticket } from '../../metrics/schemas.ts';
import { instantInTable, withUnit } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { organisationQuery, ticketQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');
const kinds = ['consult', 'complaint', 'install', 'repair', 'return', 'other'] as const;

export function TicketView({
  ticketId,
  counted,
  openSession,
}: {
  /** How the record entered the figure one came from. */
  readonly counted?: ReactNode;
  readonly ticketId: string;
  readonly openSession: (id: string) => void;
}) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const mayRead = app.useRouteContext().me.permissions.includes('transcript.read');
  const query = useQuery(ticketQuery(ticketId));
  const when = (at: string | null) => (at === null ? null : instantInTable(at, organisation.timeZone, language));
  const yesNo = (yes: boolean) => (yes ? t('ticket.yes') : t('ticket.no'));
  const facts = (ticket: Ticket) => {
    const kind = kinds.find((known) => known === ticket.kind);
    return [
      [t('session.customer'), ticket.customer],
      [t('session.owner'), ticket.agentName ?? ticket.agentId],
      [t('ticket.kind'), kind ? t(`ticket.kinds.${kind}`) : ticket.kind],
      [t('ticket.priority'), ticket.priority === 'urgent' ? t('evidence.urgent') : t('evidence.normal')],
      [t('ticket.created'), when(ticket.createdAt)],
      [t('ticket.firstClosed'), when(ticket.firstClosedAt)],
      [t('ticket.closed'), when(ticket.closedAt)],
      [t('ticket.cycle'), ticket.cycleHours === null ? null : withUnit(ticket.cycleHours, 'hours', language)],
      [t('ticket.product'), ticket.product],
      [t('ticket.issue'), ticket.issue],
      [t('ticket.contacts'), String(ticket.contacts)],
      [t('ticket.reopened'), yesNo(ticket.reopened)],
      [t('ticket.escalated'), yesNo(ticket.escalated)],
    ];
  };
  return (
    <Answer query={query}>
      {(ticket) => (
        <article className="talk-page">
          {counted}
          <h2>
            {t('ticket.title')} {ticket.ticketId}
          </h2>
          <dl className="ticket-facts">
            {facts(ticket).map(([word, text]) =>
              text ? (
                <div key={word}>
                  <dt>{word}</dt>
                  <dd>{text}</dd>
                </div>
              ) : null,
            )}
          </dl>
          {ticket.sessionId && mayRead ? (
            <p>
              <button
                type="button"
                className="press press-plain"
                onClick={() => ticket.sessionId && openSession(ticket.sessionId)}
              >
                {t('ticket.session')}
              </button>
            </p>
          ) : null}
        </article>
      )}
    </Answer>
  );
}
