import type { Actor } from '../../people/actor.ts';
import { authorise, isInScope } from '../../people/authorise.ts';
import { textFor } from '../../people/reveal.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { placeTurns } from '../placeTurns.ts';
import type { Transcript } from '../schemas.ts';
import { agentsAt, linkedTickets, sessionById, spokenMessages } from '../sessionStore.ts';
import { instant } from './readEvidence.ts';

const longest = 2000;

/**
 * The facts of a session that this person may open, with those who took part. Throws NotFound `session.unknown`, also when nobody who
 * took part is in scope.
 */
export async function sessionInReach(deps: Pick<Deps, 'stores'>, actor: Actor, sessionId: string) {
  const { clickhouse } = deps.stores;
  const unknown = new NotFound('session.unknown', { session: sessionId.slice(0, 100) });
  const fact = await sessionById(clickhouse, sessionId);
  if (!fact) throw unknown;
  const tookPart = [...new Set([...fact.slice_agent_id, fact.owner_agent_id, fact.first_agent_id])].filter(
    (agent) => agent !== '',
  );
  const people = await agentsAt(clickhouse, tookPart, fact.started_at);
  const resource = {
    agentId: tookPart,
    team: people.map((person) => person.team),
    shop: fact.shop === '' ? people.map((person) => person.shop) : fact.shop,
  };
  // Out of scope looks like absent: not even the existence of others' sessions shows.
  if (!isInScope(actor, resource)) throw unknown;
  return { fact, people, resource };
}

/**
 * A session as a conversation with its turns as the facts hold them. Personal data is masked unless the reader asks to see it, may,
 * and so is written into the audit log. Throws NotFound as `sessionInReach` does.
 */
export async function readTranscript(
  deps: Deps,
  actor: Actor,
  input: { sessionId: string; reveal: boolean },
): Promise<Transcript> {
  authorise(actor, 'transcript.read');
  const { clickhouse } = deps.stores;
  const { fact, people, resource } = await sessionInReach(deps, actor, input.sessionId);
  const show = await textFor(deps, actor, { reveal: input.reveal, subject: `session:${input.sessionId}`, resource });
  const [messages, tickets] = await Promise.all([
    spokenMessages(clickhouse, input.sessionId, longest + 1),
    linkedTickets(clickhouse, input.sessionId),
  ]);
  const names = new Map(
    (await agentsAt(clickhouse, [...new Set(messages.map((m) => m.sender_id))], fact.started_at)).map((p) => [
      p.agent_id,
      p.name,
    ]),
  );
  const shown = messages.slice(0, longest);
  const places = placeTurns(shown, fact);
  return {
    session: {
      sessionId: fact.session_id,
      customer: show(fact.customer_id),
      startedAt: instant(fact.started_at),
      endedAt: instant(fact.closed_at),
      channel: fact.channel,
      shop: fact.shop,
      queue: fact.queue,
      issue: show(fact.issue),
      ownerAgentId: fact.owner_agent_id || null,
      ownerName: people.find((person) => person.agent_id === fact.owner_agent_id)?.name ?? null,
      firstReplySeconds: fact.replied ? seconds(fact.first_reply_ms) : null,
      exclusions: exclusionsOf(fact),
      rating:
        fact.rating_score !== null && fact.rated_at !== null
          ? { score: fact.rating_score, at: instant(fact.rated_at) }
          : null,
      tickets,
    },
    messages: shown.map((message, i) => ({
      key: message.key,
      at: instant(message.at),
      sender: message.sender,
      senderId: message.sender_id || null,
      senderName: names.get(message.sender_id) ?? null,
      // What was withdrawn stays withdrawn for readers too.
      text: message.kind === 'withdrawn' ? '' : show(message.text),
      kind: message.kind,
      auto: message.auto,
      humanReply:
        message.sender === 'agent' && !message.auto && message.kind !== 'note' && message.kind !== 'withdrawn',
      opensTurn: places[i]?.opens ?? null,
      answersTurn: places[i]?.answers ?? null,
    })),
    turns: turnsOf(fact),
    masked: !input.reveal,
    truncated: messages.length > longest,
  };
}

type Fact = NonNullable<Awaited<ReturnType<typeof sessionById>>>;

/** Milliseconds as exact seconds: 30001 → '30.001'. */
const seconds = (ms: string | number): string => (Number(ms) / 1000).toFixed(3);

function turnsOf(fact: Fact): Transcript['turns'] {
  const answered = fact.turn_started_at.map((startedAt, i) => {
    const answeredAt = fact.turn_answered_at[i] ?? startedAt;
    return {
      startedAt: instant(startedAt),
      clockAt: instant(fact.turn_clock_at[i] ?? startedAt),
      answeredAt: instant(answeredAt),
      agentId: fact.turn_agent_id[i] || null,
      replySeconds: seconds(fact.turn_reply_ms[i] ?? '0'),
      customerSeconds: seconds(Date.parse(instant(answeredAt)) - Date.parse(instant(startedAt))),
    };
  });
  if (fact.open_turn_started_at === null) return answered;
  const open = {
    clockAt: null,
    answeredAt: null,
    agentId: fact.owner_agent_id || null,
    replySeconds: null,
    customerSeconds: null,
  };
  return [...answered, { startedAt: instant(fact.open_turn_started_at), ...open }];
}

function exclusionsOf(fact: Fact): Transcript['session']['exclusions'] {
  const reasons = [
    ['botOnly', fact.bot_only],
    ['agentInitiated', fact.agent_initiated && fact.no_customer_message],
    ['test', fact.test],
    ['noCustomerMessage', fact.no_customer_message],
    ['outage', fact.outage],
    ['outsideServiceHours', fact.outside_hours],
  ] as const;
  return reasons.filter(([, holds]) => holds).map(([reason]) => reason);
}
