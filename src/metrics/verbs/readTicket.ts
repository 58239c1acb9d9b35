import { Decimal } from 'decimal.js';
import type { Actor } from '../../people/actor.ts';
import { authorise, isInScope } from '../../people/authorise.ts';
import { maskPersonalData } from '../../people/mask.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import type { TicketView } from '../schemas.ts';
import { agentsAt, ticketById } from '../sessionStore.ts';
import { instant } from './readEvidence.ts';

const msPerHour = 3_600_000;

/** One ticket as the metrics see it. Throws NotFound `ticket.unknown`, also when owner and technician are out of scope. */
export async function readTicket(deps: Deps, actor: Actor, input: { ticketId: string }): Promise<TicketView> {
  authorise(actor, 'evidence.read');
  const ticket = await ticketById(deps.stores.clickhouse, input.ticketId);
  const unknown = new NotFound('ticket.unknown', { ticket: input.ticketId.slice(0, 100) });
  if (!ticket) throw unknown;
  const people = await agentsAt(
    deps.stores.clickhouse,
    [...new Set([ticket.owner_agent_id, ticket.fixer_agent_id])],
    ticket.created_at,
  );
  const resource = {
    agentId: [ticket.owner_agent_id, ticket.fixer_agent_id],
    team: people.map((person) => person.team),
    shop: ticket.shop === '' ? people.map((person) => person.shop) : ticket.shop,
  };
  if (!isInScope(actor, resource)) throw unknown;
  const closedMs =
    ticket.closed_at === null ? null : Date.parse(instant(ticket.closed_at)) - Date.parse(instant(ticket.created_at));
  return {
    ticketId: ticket.ticket_id,
    customer: maskPersonalData(ticket.customer_id),
    agentId: ticket.owner_agent_id,
    agentName: people.find((person) => person.agent_id === ticket.owner_agent_id)?.name ?? null,
    kind: ticket.kind,
    priority: ticket.priority,
    createdAt: instant(ticket.created_at),
    firstClosedAt: ticket.first_closed_at === null ? null : instant(ticket.first_closed_at),
    closedAt: ticket.closed_at === null ? null : instant(ticket.closed_at),
    // Where a source has no kinds of issue, its subject line stands there, as the customer wrote it.
    issue: maskPersonalData(ticket.issue),
    product: maskPersonalData(ticket.product),
    contacts: ticket.contacts,
    reopened: ticket.reopened,
    escalated: ticket.escalated,
    cycleHours: closedMs === null ? null : new Decimal(closedMs).div(msPerHour).toFixed(4),
    sessionId: ticket.session_id || null,
  };
}
