import type { TextFindings } from '../text/inspectText.ts';

export interface TalkMessage {
  /** Identifies the message within its session, in every store. */
  readonly key: string;
  readonly atMs: number;
  readonly sender: 'customer' | 'bot' | 'system' | 'agent';
  readonly senderId: string;
  readonly auto: boolean;
  readonly kind: 'text' | 'image' | 'product' | 'invitation' | 'note' | 'withdrawn';
  readonly text: string;
}

/** An answered turn as the facts hold it; milliseconds by the agent's clock. */
export interface TalkTurn {
  readonly answeredMs: number;
  readonly replyMs: number;
  readonly agentId: string;
}

/** One conversation with its facts, as rules see it. Messages in the contract's order. */
export interface Talk {
  readonly sessionId: string;
  readonly shop: string;
  readonly channel: string;
  readonly queue: string;
  readonly issue: string;
  readonly ownerId: string;
  readonly endedBy: string;
  readonly closedMs: number;
  readonly turns: readonly TalkTurn[];
  /** Since when the customer waits for an answer that never came; null when nobody waits. */
  readonly openTurnMs: number | null;
  readonly messages: readonly TalkMessage[];
}

/** A message that somebody could see, with what the text inspection found in it and the turn it belongs to. */
export interface ReadMessage extends TalkMessage {
  readonly findings: TextFindings;
  /** Counts the customer's turns, from 1; 0 before the customer spoke. */
  readonly turn: number;
}

export interface ReadTalk extends Omit<Talk, 'messages'> {
  readonly messages: readonly ReadMessage[];
}

export const isReply = (message: TalkMessage): boolean => message.sender === 'agent' && !message.auto;

/** Texts up to here are inspected: a longer one is a document somebody pasted, and its beginning tells what it is. */
export const inspectedCharacters = 20_000;

/** In characters, as the store cuts and counts them: an emoji is one. */
const beginningOf = (text: string): string =>
  text.length <= inspectedCharacters ? text : [...text].slice(0, inspectedCharacters).join('');

const nothing: TextFindings = {
  ...{ words: [], contacts: [], polarity: 'neutral', polarityScore: 0, abuseScore: 0, tokens: 0, negativeTokens: 0 },
};

/** Reads what was visible: notes and withdrawn messages are left out, the words of the system not inspected. */
export function readTalk({ messages, ...talk }: Talk, inspect: (text: string) => TextFindings): ReadTalk {
  let turn = 0;
  let answered = true;
  const read = messages
    .filter(({ kind }) => kind !== 'note' && kind !== 'withdrawn')
    .map((message): ReadMessage => {
      if (message.sender === 'customer') {
        if (answered) turn++;
        answered = false;
      } else if (isReply(message)) answered = true;
      const findings =
        message.sender === 'system' || message.text === '' ? nothing : inspect(beginningOf(message.text));
      return { ...message, findings, turn };
    });
  return { ...talk, messages: read };
}
