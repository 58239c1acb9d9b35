import type { BusinessCalendar } from './businessCalendar.ts';
import { type Agent, ability, type Shop, type Span, shops } from './company.ts';
import type { Case, Contact } from './contact.ts';
import { converse, type Scene } from './conversation.ts';
import { type Customer, customer as customerOf, newAppliance } from './customers.ts';
import type { Emit } from './demoRow.ts';
import { dateOf, day, hour, hourOf, instant, minute, second } from './demoTime.ts';
import { raiseAlert } from './development.ts';
import { shopOrders } from './orders.ts';
import { agentInitiated, botOnly, leftOvernight, testTalk } from './otherTalks.ts';
import type { Random } from './random.ts';
import { rate } from './rate.ts';
import { type OnDuty, onDuty } from './roster.ts';
import { products, scenarios } from './scenarios.ts';
import { liveTicket } from './ticketLife.ts';
import { writeSession } from './writeSession.ts';

/** Fresh contacts of one agent on an ordinary day; what follows from them comes on top. */
const contactsPerShift = 5.6;
const hotlinePerShift = 1.1;

interface Company {
  readonly seed: number;
  readonly random: Random;
  readonly agents: readonly Agent[];
  readonly calendar: BusinessCalendar;
  readonly span: Span;
  readonly emit: Emit;
}

/** The company at work: each day's contacts, and those that follow from earlier days. */
export function openCompany(company: Company): { live(dayMs: number): void } {
  const { seed, random, agents, calendar, span, emit } = company;
  const waiting = new Map<string, Contact[]>();
  const recent: Case[] = [];
  let customers = 0;
  let sessions = 0;
  let tickets = 0;

  const schedule = (contact: Contact) => {
    const date = dateOf(contact.atMs);
    if (contact.atMs >= span.endMs) return;
    waiting.set(date, [...(waiting.get(date) ?? []), contact]);
  };

  /** A new need, of a new customer or of one who was here before with something else. */
  const newCase = (shop: Shop, atMs: number, mayTicket: boolean): Case => {
    const scenario = random.weighted(mayTicket ? scenarios.filter((each) => each.ticket) : scenarios);
    const known = random.chance(0.22) && recent.length > 0 ? random.pick(recent) : undefined;
    const customerNumber = known ? known.customerNumber : ++customers;
    const product = random.pick(scenario.products ?? products);
    const made: Case = {
      customerNumber,
      shop: known?.shop ?? shop,
      scenario,
      appliance: known && known.appliance.product === product ? known.appliance : newAppliance(random, product, atMs),
      issue: random.chance(0.06) ? '' : scenario.issue,
    };
    if (recent.length < 3000) recent.push(made);
    else recent[random.int(0, recent.length - 1)] = made;
    return made;
  };

  const freshContacts = (present: readonly OnDuty[], volume: number, dayMs: number): Contact[] => {
    const contacts: Contact[] = [];
    for (const { index, shop, shift } of present) {
      const from = Math.max(shift.startMs, dayMs + 9 * hour);
      const draw = (mean: number, why: Contact['why']) => {
        for (let k = random.poisson(mean); k > 0; k--) {
          const atMs = arrival(random, from, shift.endMs - 15 * minute);
          contacts.push({ atMs, why, about: newCase(shop, atMs, why === 'hotline'), agentIndex: index });
        }
      };
      draw(contactsPerShift * volume, 'fresh');
      draw(hotlinePerShift * volume, 'hotline');
      draw(0.5 * volume, 'botOnly');
      draw(0.18, 'agentInitiated');
      draw(0.02, 'test');
    }
    for (let k = random.poisson(present.length * 0.09); k > 0; k--) {
      const atMs = dayMs + Math.round((random.chance(0.5) ? random.between(23, 24) : random.between(0, 8.4)) * hour);
      contacts.push({ atMs, why: 'offline', about: newCase(random.pick(shops), atMs, false) });
    }
    return contacts;
  };

  /** Whoever is there; a follow-up that comes when nobody is meets the next to come in. */
  const receiver = (
    contact: Contact,
    present: readonly OnDuty[],
    busy: boolean,
  ): { duty: OnDuty; atMs: number } | null => {
    const own = present.find((duty) => duty.index === contact.agentIndex);
    if (own) return { duty: own, atMs: contact.atMs };
    const shop = present.filter((duty) => duty.shop === contact.about.shop);
    const candidates = shop.length > 0 ? shop : present;
    const now = candidates.filter(
      (duty) => duty.shift.startMs <= contact.atMs && contact.atMs < duty.shift.endMs - 15 * minute,
    );
    if (now.length > 0) return { duty: random.pick(now), atMs: contact.atMs };
    if (!busy || candidates.length === 0) return null;
    const duty = random.pick(candidates);
    return { duty, atMs: arrival(random, Math.max(duty.shift.startMs, contact.atMs), duty.shift.endMs - 15 * minute) };
  };

  const openTicket = (
    contact: Contact,
    customer: Customer,
    duty: OnDuty,
    present: readonly OnDuty[],
    createdMs: number,
    sessionId: string,
  ) => {
    const { scenario } = contact.about;
    const planned =
      contact.why === 'repeatComplaint'
        ? 'complaint'
        : contact.why === 'repeatRepair'
          ? 'repair'
          : (scenario.ticket?.kind ?? 'consult');
    const kind = planned !== 'complaint' && random.chance(0.025) ? 'complaint' : planned;
    const experts = present.filter((other) => other.agent.technical && other !== duty);
    const expert =
      kind === 'repair' && experts.length > 0 && !duty.agent.technical && random.chance(0.09)
        ? random.pick(experts)
        : undefined;
    const technician = expert && { agent: expert.agent, z: ability(expert.agent, createdMs, span) };
    const followUps = liveTicket(
      random,
      {
        ticketId: `T${String(++tickets).padStart(7, '0')}`,
        kind,
        contact,
        customer,
        agent: duty.agent,
        colleague: colleagueOf(random, duty, present)?.agent,
        technician,
        z: ability(duty.agent, createdMs, span),
        createdMs,
        sessionId,
        horizonMs: span.endMs,
      },
      emit,
    );
    for (const next of followUps) schedule(next);
  };

  const meet = (contact: Contact, duty: OnDuty, present: readonly OnDuty[]) => {
    const customer = customerOf(seed, contact.about.customerNumber);
    const z = ability(duty.agent, contact.atMs, span) + random.normal() * 0.25;
    if (contact.why === 'hotline' || contact.why === 'repeatComplaint' || contact.why === 'repeatRepair') {
      openTicket(contact, customer, duty, present, contact.atMs, '');
      return;
    }
    const atOnce = duty.busySince.filter((ms) => contact.atMs - ms < 8 * minute).length;
    duty.busySince.push(contact.atMs);
    const scene: Scene = {
      contact,
      customer,
      agent: duty.agent,
      colleague: colleagueOf(random, duty, present)?.agent,
      z,
      load: 0.92 + 0.12 * atOnce,
      promotion: calendar.promotionDays.has(dateOf(contact.atMs)),
    };
    const talk = talkFor(random, scene, duty);
    if (talk.endedAtMs >= span.endMs) return;
    const sessionId = `S${dateOf(contact.atMs).replaceAll('-', '').slice(2)}${String(++sessions).padStart(7, '0')}`;
    writeSession(random, sessionId, scene, talk, emit);
    if (talk.replied && talk.satisfaction < -0.9)
      raiseAlert(random.fork(`alert/${sessionId}`), duty.agent, sessionId, talk.endedAtMs, emit);
    if (talk.invitedAtMs !== undefined) {
      const { satisfaction } = talk;
      rate(
        random,
        {
          subject: { session_id: sessionId },
          customer,
          satisfaction,
          afterMs: talk.invitedAtMs,
          horizonMs: span.endMs,
        },
        emit,
      );
    }
    if (!talk.replied || contact.why === 'agentInitiated' || contact.why === 'test') return;
    shopOrders(
      random,
      {
        ...{ contact, customer, sessionId, endedMs: talk.endedAtMs, z, firstMs: span.firstMs, horizonMs: span.endMs },
        host: duty,
        colleague: present.find((other) => other !== duty && other.shop === duty.shop),
      },
      emit,
    );
    const chance =
      contact.why === 'fresh' ? (contact.about.scenario.ticket?.chance ?? 0) : contact.why === 'again' ? 0.22 : 0;
    if (random.chance(chance)) {
      const middle = talk.lines[Math.floor(talk.lines.length * 0.8)]?.atMs ?? contact.atMs;
      openTicket(contact, customer, duty, present, middle, sessionId);
    }
    if (!talk.resolved && contact.why === 'fresh' && random.chance(0.8)) {
      schedule({
        why: 'again',
        atMs: talk.endedAtMs + Math.round(random.between(0.05, 1) ** 2 * 84 * hour),
        about: contact.about,
      });
    }
  };

  /** Callers who leave the queue before anybody takes them: a session without a word. */
  const giveUp = (chance: Random, present: readonly OnDuty[], dayMs: number) => {
    for (const { index, shop, shift } of present) {
      if (!chance.chance(0.4)) continue;
      const atMs = arrival(chance, Math.max(shift.startMs, dayMs + 9 * hour), shift.endMs - 15 * minute);
      const session_id = `Q${dateOf(dayMs).replaceAll('-', '').slice(2)}${index}`;
      const leftMs = atMs + Math.round(chance.exponential(40 * second));
      if (leftMs >= span.endMs) continue;
      const of = { session_id, customer_id: `来电-${session_id}`, shop, channel: 'phone', queue: '热线' };
      emit('sessions', { ...of, started_at: instant(atMs), ended_at: instant(leftMs), queued_at: instant(atMs) });
      const event = { event_id: `${session_id}-abandoned`, subject_kind: 'session', subject_id: session_id };
      emit('events', { ...event, at: instant(leftMs), type: 'abandoned' });
    }
  };

  return {
    live(dayMs) {
      const date = dateOf(dayMs);
      const present = onDuty(random, agents, date, dayMs, emit);
      const contacts = freshContacts(present, calendar.volume(dayMs), dayMs);
      giveUp(random.fork(`queue/${date}`), present, dayMs);
      contacts.push(...(waiting.get(date) ?? []));
      waiting.delete(date);
      contacts.sort((a, b) => a.atMs - b.atMs || a.about.customerNumber - b.about.customerNumber);
      for (const contact of contacts) {
        const met = receiver(contact, present, contact.why !== 'offline');
        if (met) meet({ ...contact, atMs: met.atMs }, met.duty, present);
        else if (contact.why === 'offline' && present[0]) meet(contact, random.pick(present), present);
        else schedule({ ...contact, atMs: dayMs + day + 10 * hour + random.int(0, 11 * 3600) * second });
      }
    },
  };
}

function talkFor(random: Random, scene: Scene, duty: OnDuty) {
  switch (scene.contact.why) {
    case 'botOnly':
      return botOnly(random, scene);
    case 'agentInitiated':
      return agentInitiated(random, scene);
    case 'test':
      return testTalk(random, scene);
    case 'offline': {
      const reply = duty.shift.startMs + random.int(5, 90) * minute;
      return leftOvernight(random, scene, reply > scene.contact.atMs && random.chance(0.8) ? reply : undefined);
    }
    default:
      return converse(random, scene);
  }
}

function colleagueOf(random: Random, duty: OnDuty, present: readonly OnDuty[]): OnDuty | undefined {
  const others = present.filter(
    (other) => other !== duty && other.shop === duty.shop && other.shift.endMs >= duty.shift.endMs,
  );
  return others.length > 0 ? random.pick(others) : undefined;
}

/** Two humps a day: late morning and evening. */
function arrival(random: Random, fromMs: number, toMs: number): number {
  for (let attempt = 0; attempt < 20; attempt++) {
    const atMs = Math.floor(random.between(fromMs, Math.max(fromMs + 1, toMs)));
    const at = hourOf(atMs);
    const weight =
      0.35 +
      0.65 * Math.exp(-((at - 10.5) ** 2) / 3) +
      0.6 * Math.exp(-((at - 20) ** 2) / 5) +
      0.3 * Math.exp(-((at - 15) ** 2) / 4);
    if (random.chance(weight)) return atMs;
  }
  return Math.floor(fromMs);
}
