import { type Agent, scaled } from './company.ts';
import type { Contact } from './contact.ts';
import type { Customer } from './customers.ts';
import type { Emit } from './demoRow.ts';
import { day, hour, instant, minute } from './demoTime.ts';
import type { Random } from './random.ts';
import { rate } from './rate.ts';

type TicketKind = 'consult' | 'complaint' | 'install' | 'repair' | 'return';

export interface Opening {
  readonly ticketId: string;
  readonly kind: TicketKind;
  readonly contact: Contact;
  readonly customer: Customer;
  readonly agent: Agent;
  readonly colleague: Agent | undefined;
  /** Whoever repairs the unit, where it is not the agent alone; with that person's ability. */
  readonly technician: { readonly agent: Agent; readonly z: number } | undefined;
  readonly z: number;
  readonly createdMs: number;
  readonly sessionId: string;
  readonly horizonMs: number;
}

const kindFactor: Readonly<Record<TicketKind, number>> = {
  consult: 0.6,
  complaint: 0.85,
  install: 1.05,
  repair: 1.05,
  return: 1.15,
};

/**
 * Writes one ticket with its events and its rating, as known at the horizon, and returns the contacts that follow from
 * how it went: reminders, the same trouble again, a second complaint, a second repair.
 */
export function liveTicket(random: Random, opening: Opening, emit: Emit): Contact[] {
  const { kind, contact, agent, colleague, technician, z, createdMs, horizonMs, ticketId } = opening;
  const { scenario, appliance, issue } = contact.about;
  const handler = colleague && random.chance(0.04) ? colleague : agent;
  const hasty = handler.habit === 'prematureClose';
  const urgent = random.chance(
    kind === 'complaint' || scenario.issue === '漏水' || scenario.issue === '不启动' ? 0.24 : 0.09,
  );
  const meanHours = (urgent ? scaled(z, 8, 4.1, 2.3) : scaled(z, 42, 23.5, 14)) * kindFactor[kind] * (hasty ? 0.55 : 1);
  const cancelled = random.chance(0.015);
  const firstCloseMs = createdMs + Math.round(random.logNormal(meanHours * hour, 0.65)) + 2 * minute;
  const reopens = !cancelled && random.chance(Math.min(0.4, scaled(z, 0.1, 0.042, 0.01) * (hasty ? 3 : 1)));
  const reopenMs = firstCloseMs + Math.round(random.between(2 * hour, 8 * day));
  const reopened = reopens && reopenMs < horizonMs;
  const lastCloseMs = reopened ? reopenMs + Math.round(random.logNormal(16 * hour, 0.7)) : firstCloseMs;
  const closed = lastCloseMs < horizonMs;
  const escalated = random.chance(scaled(z, 0.065, 0.03, 0.008) * (kind === 'complaint' ? 2 : 1));
  const extraContacts = random.chance(scaled(z, 0.2, 0.095, 0.035)) ? random.int(1, 3) : 0;
  const slaMs = createdMs + (urgent ? 4 : 24) * hour;

  const events: { type: string; atMs: number; from: string; to: string }[] = [
    { type: 'assigned', atMs: createdMs, from: agent.id, to: agent.id },
  ];
  if (handler !== agent) {
    const atMs = createdMs + Math.round((firstCloseMs - createdMs) * 0.3);
    events.push({ type: 'assigned', atMs, from: agent.id, to: handler.id });
  }
  if (escalated) {
    const atMs = createdMs + Math.round((firstCloseMs - createdMs) * 0.6);
    events.push({ type: 'escalated', atMs, from: handler.id, to: '' });
  }
  events.push({ type: 'closed', atMs: firstCloseMs, from: handler.id, to: '' });
  if (reopened) {
    events.push({ type: 'reopened', atMs: reopenMs, from: handler.id, to: '' });
    events.push({ type: 'closed', atMs: lastCloseMs, from: handler.id, to: '' });
  }
  const known = events.filter((event) => event.atMs < horizonMs);
  for (const [k, event] of known.entries()) {
    emit('events', {
      event_id: `${ticketId}-${k + 1}`,
      subject_kind: 'ticket',
      subject_id: ticketId,
      at: instant(event.atMs),
      type: event.type,
      agent_id: event.from,
      to_agent_id: event.to,
    });
  }
  const reassigned = known.some((event) => event.to === handler.id && event.atMs > createdMs);
  emit('tickets', {
    ticket_id: ticketId,
    customer_id: opening.customer.id,
    agent_id: handler === agent || reassigned ? handler.id : agent.id,
    created_at: instant(createdMs),
    closed_at: closed ? instant(lastCloseMs) : undefined,
    first_closed_at: reopened ? instant(firstCloseMs) : undefined,
    reopened_at: reopened ? instant(reopenMs) : undefined,
    sla_due_at: instant(slaMs),
    kind,
    priority: urgent ? 'urgent' : 'normal',
    contacts: random.chance(0.05) && extraContacts === 0 ? undefined : 1 + extraContacts,
    reopened,
    escalated,
    status: cancelled ? 'cancelled' : closed ? 'closed' : reopened ? 'reopened' : 'open',
    product: appliance.product,
    serial: (kind === 'repair' || kind === 'install') && customerKnowsSerial(opening) ? appliance.serial : undefined,
    issue,
    session_id: opening.sessionId,
    dispatched: kind === 'install' || technician !== undefined,
    technician_id: technician?.agent.id,
    requesting_team: escalated && random.chance(0.5) ? agent.team : undefined,
    updated_at: instant(known.at(-1)?.atMs ?? createdMs),
  });

  if (cancelled) return [];
  if (closed && random.chance(0.55)) {
    const satisfaction =
      1.05 + 0.33 * z - (reopened ? 0.9 : 0) - (lastCloseMs > slaMs + 24 * hour ? 0.3 : 0) + random.normal();
    rate(
      random,
      { subject: { ticket_id: ticketId }, customer: opening.customer, satisfaction, afterMs: lastCloseMs, horizonMs },
      emit,
    );
  }

  const follow: Contact[] = [];
  const later = (why: Contact['why'], atMs: number) =>
    follow.push({ why, atMs: Math.round(atMs), about: contact.about });
  if (extraContacts > 0) later('chase', createdMs + (firstCloseMs - createdMs) * random.between(0.4, 0.95));
  if (random.chance(scaled(z, 0.13, 0.06, 0.015) * (hasty ? 1.8 : 1))) {
    later('again', firstCloseMs + random.between(1 * hour, 6.9 * day));
  }
  if (kind === 'complaint' && random.chance(scaled(z, 0.58, 0.33, 0.12))) {
    later('repeatComplaint', createdMs + random.between(8 * hour, 29 * day));
  }
  const fixer = technician ? technician.z : z;
  if (kind === 'repair' && random.chance(scaled(fixer, 0.23, 0.105, 0.035))) {
    later('repeatRepair', lastCloseMs + random.between(12 * hour, 29 * day));
  }
  return follow;
}

/** One customer in eight never finds the label, on the first repair as on the second. */
function customerKnowsSerial(opening: Opening): boolean {
  return opening.contact.about.customerNumber % 8 !== 0;
}
