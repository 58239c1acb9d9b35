import { childMarks } from './combine.ts';
import type { Condition, Speaker } from './ruleSchema.ts';
import { isReply, type ReadMessage, type ReadTalk } from './talk.ts';

/** Where something was found. `index` counts the visible messages; null is the conversation as a whole. */
export interface Mark {
  readonly index: number | null;
  readonly from: number;
  readonly to: number;
  /** Whom it is credited to, where that is not the message's author. */
  readonly agentId?: string;
  /** The word list it was found by. */
  readonly list?: string;
}

export interface Found {
  readonly holds: boolean;
  readonly marks: readonly Mark[];
}

/** The list under which the phrases of all rules are looked for. */
export const phraseList = '=';

const found = (marks: readonly Mark[]): Found => ({ holds: marks.length > 0, marks });
const nothing: Found = { holds: false, marks: [] };
const wholeTalk: Found = { holds: true, marks: [{ index: null, from: 0, to: 0 }] };

const speaks: Readonly<Record<Speaker, (message: ReadMessage) => boolean>> = {
  agent: isReply,
  customer: ({ sender }) => sender === 'customer',
  bot: ({ sender, auto }) => sender === 'bot' || (sender === 'agent' && auto),
  anyone: ({ sender }) => sender !== 'system',
};

/** Whether a condition holds in a conversation, and where. Pure; linear in the conversation for each condition. */
export function check(condition: Condition, talk: ReadTalk): Found {
  if ('words' in condition) {
    const { words: lists, how } = condition;
    return inMessages(talk, condition.by, ({ findings }) =>
      findings.words.filter((word) => lists.includes(word.list) && (!how || how.includes(word.how))),
    );
  }
  if ('phrases' in condition) return said(condition.phrases, talk, condition.by);
  if ('lacks' in condition) return lacking(condition.lacks, talk, condition);
  if ('contact' in condition) {
    const kinds: readonly string[] = condition.contact;
    const { ownDomains = [] } = condition;
    return inMessages(talk, condition.by, ({ findings, text }) =>
      findings.contacts.filter(
        ({ kind, from, to }) => kinds.includes(kind) && !(kind === 'link' && leadsTo(text.slice(from, to), ownDomains)),
      ),
    );
  }
  if ('abuseAtLeast' in condition) {
    const least = condition.abuseAtLeast;
    return inMessages(talk, condition.by, (message) => wholeIf(message, message.findings.abuseScore >= least));
  }
  if ('feeling' in condition) {
    const { feeling } = condition;
    return inMessages(talk, condition.by, (message) => wholeIf(message, message.findings.polarity === feeling));
  }
  if ('messageKind' in condition) {
    const kinds: readonly string[] = condition.messageKind;
    return inMessages(talk, condition.by, (message) => wholeIf(message, kinds.includes(message.kind)));
  }
  if ('scene' in condition) {
    const { issue, channel, shop, queue } = condition.scene;
    const fits = (names: readonly string[] | undefined, name: string) => names === undefined || names.includes(name);
    const here =
      fits(issue, talk.issue) && fits(channel, talk.channel) && fits(shop, talk.shop) && fits(queue, talk.queue);
    return { holds: here, marks: [] };
  }
  if ('negativeAbovePercent' in condition) return negativeAbove(condition, talk);
  if ('unanswered' in condition) return unanswered(condition.besides ?? [], talk);
  if ('cannedFirstReply' in condition) return canned(condition, talk);
  if ('silentBeforeClose' in condition) return silentEnd(condition.silentBeforeClose * 1000, talk);
  if ('replySlowerThan' in condition) return slowReplies(condition, talk);
  if ('not' in condition) return check(condition.not, talk).holds ? nothing : { holds: true, marks: [] };
  if ('any' in condition) {
    const parts = condition.any.map((part) => check(part, talk));
    return { holds: parts.some(({ holds }) => holds), marks: parts.flatMap(({ marks }) => marks) };
  }
  if ('repeated' in condition) {
    const { marks } = check(condition.repeated, talk);
    const messages = new Set(marks.map(({ index }) => index));
    return messages.size >= condition.times ? found(marks) : nothing;
  }
  return childMarks(condition, talk, check);
}

/** Whether a link leads to one of these domains or below it: what stands between the scheme, or whoever signs in, and the path. */
function leadsTo(link: string, domains: readonly string[]): boolean {
  const host = /^(?:[a-z]+:\/\/)?(?:[^/?#@]*@)?([^/?#:]*)/.exec(
    link.normalize('NFKC').toLowerCase().replaceAll('。', '.'),
  )?.[1];
  return host !== undefined && domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

type Span = { readonly from: number; readonly to: number; readonly list?: string };

function inMessages(talk: ReadTalk, by: Speaker | undefined, look: (message: ReadMessage) => readonly Span[]): Found {
  const isTheirs = speaks[by ?? 'agent'];
  const marks: Mark[] = [];
  talk.messages.forEach((message, index) => {
    if (!isTheirs(message)) return;
    for (const { from, to, list } of look(message))
      marks.push({ index, from, to, ...(list === undefined ? {} : { list }) });
  });
  return found(marks);
}

const wholeIf = (message: ReadMessage, holds: boolean): Span[] => (holds ? [{ from: 0, to: message.text.length }] : []);

const spansOf = ({ findings }: ReadMessage, phrases: readonly string[]) =>
  findings.words.filter(({ list, word }) => list === phraseList && phrases.includes(word));

const said = (phrases: readonly string[], talk: ReadTalk, by: Speaker | undefined): Found =>
  inMessages(talk, by, (message) => spansOf(message, phrases));

/** The messages of people, and what stands before or after a part of them. */
const repliesOf = (talk: ReadTalk): number[] =>
  talk.messages.flatMap((message, index) => (isReply(message) ? [index] : []));

const partLength = 2;

function lacking(
  phrases: readonly string[],
  talk: ReadTalk,
  { by = 'agent', part = 'all' }: { by?: Speaker | undefined; part?: 'opening' | 'closing' | 'all' | undefined },
): Found {
  const replies = repliesOf(talk);
  const first = replies[0];
  const last = replies.at(-1);
  if (first === undefined || last === undefined) return nothing;
  const from = part === 'closing' ? (replies.at(-partLength) ?? first) : 0;
  const to = part === 'opening' ? (replies[partLength - 1] ?? last) : talk.messages.length - 1;
  // A template's greeting is one too: at either end it counts what the company said, not who typed it.
  const counts =
    part === 'all' ? speaks[by] : (message: ReadMessage) => message.sender === 'agent' || speaks[by](message);
  const within = talk.messages.slice(from, to + 1);
  if (within.some((message) => counts(message) && spansOf(message, phrases).length > 0)) return nothing;
  const index = part === 'opening' ? first : part === 'closing' ? last : null;
  return index === null ? wholeTalk : found([{ index, from: 0, to: talk.messages[index]?.text.length ?? 0 }]);
}

function negativeAbove(
  { negativeAbovePercent, tokensAtLeast = 20 }: { negativeAbovePercent: number; tokensAtLeast?: number | undefined },
  talk: ReadTalk,
): Found {
  let [tokens, negative] = [0, 0];
  for (const { sender, findings } of talk.messages) {
    if (sender !== 'customer') continue;
    tokens += findings.tokens;
    negative += findings.negativeTokens;
  }
  return tokens >= tokensAtLeast && negative * 100 > negativeAbovePercent * tokens ? wholeTalk : nothing;
}

function unanswered(besides: readonly string[], talk: ReadTalk): Found {
  const { openTurnMs, ownerId } = talk;
  // Without an owner the customer never got past the bot: nobody's answer is missing.
  if (openTurnMs === null || ownerId === '') return nothing;
  const asked = talk.messages.flatMap((message, index) =>
    message.sender === 'customer' && message.atMs >= openTurnMs && !isOnly(message, besides) ? [index] : [],
  );
  const last = asked.at(-1);
  if (last === undefined) return nothing;
  return found([{ index: last, from: 0, to: talk.messages[last]?.text.length ?? 0, agentId: ownerId }]);
}

/** Whether nothing is left of a message but marks once these phrases are taken out. */
function isOnly(message: ReadMessage, phrases: readonly string[], spare = 0): boolean {
  const taken = new Uint8Array(message.text.length);
  for (const { from, to } of spansOf(message, phrases)) taken.fill(1, from, to);
  const left = [...message.text].filter((character, i) => taken[i] !== 1 && /[\p{L}\p{N}?？]/u.test(character));
  return left.length <= spare;
}

/** Of a canned reply a few letters may be left: what one calls the customer. */
const spareLetters = 6;

function canned(
  { cannedFirstReply, gapSeconds }: { cannedFirstReply: readonly string[]; gapSeconds: number },
  talk: ReadTalk,
): Found {
  const [first, next] = repliesOf(talk).filter((index) => talk.messages[index]?.kind !== 'invitation');
  const reply = first === undefined ? undefined : talk.messages[first];
  if (first === undefined || !reply || spansOf(reply, cannedFirstReply).length === 0) return nothing;
  if (!isOnly(reply, cannedFirstReply, spareLetters)) return nothing;
  const nextMs = next === undefined ? Number.POSITIVE_INFINITY : (talk.messages[next]?.atMs ?? 0);
  return nextMs - reply.atMs > gapSeconds * 1000 ? found([{ index: first, from: 0, to: reply.text.length }]) : nothing;
}

function silentEnd(silentMs: number, talk: ReadTalk): Found {
  const last = repliesOf(talk).at(-1);
  if (last === undefined || talk.endedBy !== 'agent') return nothing;
  const message = talk.messages[last];
  return message && talk.closedMs - message.atMs > silentMs
    ? found([{ index: last, from: 0, to: message.text.length }])
    : nothing;
}

function slowReplies(
  { replySlowerThan, turn = 'any' }: { replySlowerThan: number; turn?: 'first' | 'any' | undefined },
  talk: ReadTalk,
): Found {
  const turns = turn === 'first' ? talk.turns.slice(0, 1) : talk.turns;
  return found(
    turns.flatMap(({ answeredMs, replyMs, agentId }) => {
      if (replyMs <= replySlowerThan * 1000) return [];
      const index = talk.messages.findIndex((message) => isReply(message) && message.atMs === answeredMs);
      return index < 0 ? [] : [{ index, from: 0, to: talk.messages[index]?.text.length ?? 0, agentId }];
    }),
  );
}
