import { isReply, type ReadMessage, type ReadTalk } from './talk.ts';
import { plainText, type Templates } from './templates.ts';

/** What one agent's part of a conversation came to. Feelings are hundredths of points, 0 to 10,000. */
export interface MeasuredSlice {
  readonly agentId: string;
  readonly replies: number;
  /** Replies that refer to this customer's order, product, history or name and are no template. */
  readonly personal: number;
  readonly tokens: number;
  readonly negativeTokens: number;
  /** Mean over the customer's messages of this part; null when there are none. */
  readonly feeling: number | null;
}

export interface Measured {
  readonly feelings: readonly { readonly key: string; readonly atMs: number; readonly feeling: number }[];
  readonly start: number | null;
  readonly end: number | null;
  /** How far the customer warmed up: 5,000 is as before, 10,000 from worst to best. */
  readonly temperature: number | null;
  readonly slices: readonly MeasuredSlice[];
}

/** What about the customer a reply can refer to, besides what the customer says in the conversation. */
export interface Known {
  /** Order ids, products, serials, names of the customer. */
  readonly words: readonly string[];
  readonly templates: Templates;
}

/** −1..1 of the model as hundredths of points. */
export const feelingOf = (polarityScore: number): number => Math.round((polarityScore + 1) * 5000);

/** How many messages make the start and the end of a conversation. */
const edge = 3;

/** Emotion, tokens and personal replies, by whom they belong to: a customer's message to whoever answered it, else to the owner. */
export function measure(talk: ReadTalk, known: Known): Measured {
  const heard = talk.messages.filter(({ sender }) => sender === 'customer');
  const feelings = heard.map(({ key, atMs, findings }) => ({ key, atMs, feeling: feelingOf(findings.polarityScore) }));
  const values = feelings.map(({ feeling }) => feeling);
  const start = mean(values.slice(0, edge));
  const end = mean(values.slice(-edge));
  return {
    feelings,
    start,
    end,
    temperature: start === null || end === null || values.length < 2 ? null : Math.round(5000 + (end - start) / 2),
    slices: slicesOf(talk, known),
  };
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);

interface Part {
  heard: ReadMessage[];
  replies: number;
  personal: number;
}

function slicesOf(talk: ReadTalk, known: Known): MeasuredSlice[] {
  const parts = new Map<string, Part>();
  const partOf = (agentId: string): Part => {
    const part = parts.get(agentId) ?? { heard: [], replies: 0, personal: 0 };
    parts.set(agentId, part);
    return part;
  };
  const refersTo = references(talk, known);
  let waiting: ReadMessage[] = [];
  for (const message of talk.messages) {
    if (message.sender === 'customer') waiting.push(message);
    if (!isReply(message)) continue;
    const part = partOf(message.senderId || talk.ownerId);
    part.heard.push(...waiting);
    waiting = [];
    if (message.kind !== 'text') continue;
    part.replies++;
    if (refersTo(message)) part.personal++;
  }
  if (waiting.length > 0) partOf(talk.ownerId).heard.push(...waiting);
  return [...parts]
    .filter(([agentId]) => agentId !== '')
    .map(([agentId, { heard, replies, personal }]) => ({
      ...{ agentId, replies, personal },
      tokens: heard.reduce((sum, { findings }) => sum + findings.tokens, 0),
      negativeTokens: heard.reduce((sum, { findings }) => sum + findings.negativeTokens, 0),
      feeling: mean(heard.map(({ findings }) => feelingOf(findings.polarityScore))),
    }));
}

/** Numbers and codes that tell one order, product or part from another; a text of letters alone is gone through once. */
const codes = /(?<![A-Za-z])[A-Za-z]*\d[A-Za-z\d-]{2,}|(?<![A-Za-z])[A-Za-z]{2,}-?\d+[A-Za-z\d-]*/g;
const history =
  /上次|之前(?:的|您|报|咨询|反馈)|刚才您|您(?:刚|前面|之前|上次)|名下|您的(?:订单|工单|单子|机器|地址|申请)/;
/** Somebody by their name: 王先生, and not 这位先生 or 老先生. */
const polite = /[一-龥]{1,2}(?<![位个老大小各的姐哥])(?:先生|女士|小姐|老师|阿姨|叔叔|哥|姐)(?![一-龥]{0,2}[傅工])/;

function references(talk: ReadTalk, known: Known): (message: ReadMessage) => boolean {
  const said = talk.messages.flatMap(({ sender, text }) => (sender === 'customer' ? (text.match(codes) ?? []) : []));
  const words = [...new Set([...known.words, ...said])].filter((word) => word.length >= 2);
  return ({ text }) =>
    (words.some((word) => text.includes(word)) || history.test(text) || polite.test(text)) &&
    !known.templates.has(plainText(text));
}
