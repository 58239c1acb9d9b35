import type { TextInspector } from '../text/inspectText.ts';
import { evaluate, type RuleSet } from './evaluate.ts';
import { type Known, measure } from './measure.ts';
import { readTalk, type Talk, type TalkMessage } from './talk.ts';

/** One session to inspect, as `batchStore` reads it: times in milliseconds. */
export interface SessionInput {
  readonly session_id: string;
  readonly shop: string;
  readonly channel: string;
  readonly queue: string;
  readonly issue: string;
  readonly started_ms: number;
  readonly closed_ms: number;
  readonly owner: string;
  readonly ended_by: string;
  /** Whether metrics count the session at all (X). */
  readonly counted: boolean;
  readonly facts_version: string;
  readonly answered_ms: readonly number[];
  readonly reply_ms: readonly number[];
  readonly answered_by: readonly string[];
  readonly open_turn_ms: number | null;
  readonly known: readonly string[];
  /** Its text is as it was: only the rules changed after this rule set are looked at; 0 is all of them. */
  readonly since: number;
}

export interface MessageInput {
  readonly session_id: string;
  readonly key: string;
  readonly at_ms: number;
  readonly sender: TalkMessage['sender'];
  readonly sender_id: string;
  readonly auto: boolean;
  readonly kind: TalkMessage['kind'];
  readonly text: string;
}

export interface Engine {
  readonly inspector: TextInspector;
  /** Of the tables and models alone, without the lists. */
  readonly version: string;
  readonly ruleSet: RuleSet;
  readonly templates: Known['templates'];
}

/** Rows as the tables `inspected_sessions` and `rule_hits` take them, JSON lines. */
export interface Inspected {
  readonly sessions: string;
  readonly hits: string;
  readonly hitCount: number;
  readonly messageCount: number;
}

/** Inspects some sessions. `version` is written into the rows and decides which one holds. Pure. */
export function inspectBatch(
  { inspector, version: engine, ruleSet, templates }: Engine,
  { sessions, messages }: { readonly sessions: readonly SessionInput[]; readonly messages: readonly MessageInput[] },
  { version, atMs }: { readonly version: string; readonly atMs: number },
): Inspected {
  const bySession = new Map<string, MessageInput[]>(sessions.map(({ session_id }) => [session_id, []]));
  for (const message of messages) bySession.get(message.session_id)?.push(message);
  const inspect = (text: string) => inspector.inspect(text);
  const sessionRows: string[] = [];
  const hitRows: string[] = [];
  for (const session of sessions) {
    const talk = readTalk(talkOf(session, bySession.get(session.session_id) ?? []), inspect);
    const measured = measure(talk, { words: session.known, templates });
    const slices = measured.slices;
    const { session_id, shop, channel, queue, issue } = session;
    const place = { session_id, shop, channel, queue, issue, started_at: instant(session.started_ms), engine, version };
    sessionRows.push(
      JSON.stringify({
        ...place,
        ...{ closed_at: instant(session.closed_ms), owner_agent_id: session.owner, counted: session.counted },
        feeling_key: measured.feelings.map(({ key }) => key),
        feeling_at: measured.feelings.map(({ atMs: at }) => instant(at)),
        feeling: measured.feelings.map(({ feeling }) => feeling),
        ...{ feeling_start: measured.start, feeling_end: measured.end, temperature: measured.temperature },
        slice_agent_id: slices.map(({ agentId }) => agentId),
        slice_replies: slices.map(({ replies }) => replies),
        slice_personal: slices.map(({ personal }) => personal),
        slice_tokens: slices.map(({ tokens }) => tokens),
        slice_negative_tokens: slices.map(({ negativeTokens }) => negativeTokens),
        slice_feeling: slices.map(({ feeling }) => feeling),
        ...{ facts_version: session.facts_version, rule_set: ruleSet.number, inspected_at: instant(atMs) },
      }),
    );
    const rules = ruleSet.rules.filter((each) => each.version > session.since);
    for (const hit of evaluate(talk, rules, ruleSet.lists)) {
      hitRows.push(
        JSON.stringify({
          ...place,
          ...{
            rule: hit.rule,
            rule_version: hit.version,
            message_key: hit.messageKey ?? '0',
            message_at: instant(hit.atMs),
          },
          hit_from: hit.places.map(({ from }) => from),
          hit_to: hit.places.map(({ to }) => to),
          ...{ agent_id: hit.agentId, severity: hit.severity, live: 1 },
        }),
      );
    }
  }
  const lines = (rows: readonly string[]) => rows.join('\n');
  return {
    ...{ sessions: lines(sessionRows), hits: lines(hitRows) },
    ...{ hitCount: hitRows.length, messageCount: messages.length },
  };
}

const instant = (ms: number): string => new Date(ms).toISOString();

function talkOf(session: SessionInput, messages: readonly MessageInput[]): Talk {
  return {
    sessionId: session.session_id,
    ...{ shop: session.shop, channel: session.channel, queue: session.queue, issue: session.issue },
    ...{ ownerId: session.owner, endedBy: session.ended_by, closedMs: session.closed_ms },
    turns: session.answered_ms.map((answeredMs, i) => ({
      answeredMs,
      replyMs: session.reply_ms[i] ?? 0,
      agentId: session.answered_by[i] ?? '',
    })),
    openTurnMs: session.open_turn_ms,
    messages: messages.map(({ key, at_ms, sender, sender_id, auto, kind, text }) => ({
      ...{ key, atMs: at_ms, sender, senderId: sender_id, auto, kind, text },
    })),
  };
}
