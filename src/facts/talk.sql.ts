import { nobody, numberOf, speakerBits } from './speakers.sql.ts';

/**
 * How far messages are put in order. `quick`: by (at, seq, customer < agent), which leaves sessions `tied` in which two people spoke at one
 * instant. `exact`: by message id and content hash too, whose reading is an eighth of the whole work.
 */
export type MessageOrder = 'quick' | 'exact';

// When, in which order, customer or agent, and who: one number sorts by the first three, and gathers several times faster than a tuple.
const seqBits = 32;
const sideBits = 1;
const instantShift = speakerBits + sideBits + seqBits;
const packedMessage = `bitShiftLeft(toUInt128(toUnixTimestamp64Milli(at)), ${instantShift}) + bitShiftLeft(toUInt128(seq), ${speakerBits + sideBits})
        + bitShiftLeft(toUInt64(sender = 'agent'), ${speakerBits}) + ${numberOf('sender_id')}`;

/** SQL aggregate: what customers and people said, in order, a number each. Notes and withdrawn messages are not visible, automatic ones nobody said. */
export const talkSql = (order: MessageOrder): string => {
  const said = `kind < 'note' AND (sender = 'customer' OR (sender = 'agent' AND NOT auto))`;
  if (order === 'quick') return `arraySort(groupArrayIf(${packedMessage}, ${said}))`;
  return `arraySort(groupArrayIf((${placeOf(`(${packedMessage})`)}, message_id, content_hash, ${packedMessage}), ${said})).4`;
};

/** SQL: instant, order and side of a message without its speaker. */
const placeOf = (message: string) => `bitShiftRight(${message}, ${speakerBits})`;

/** SQL: of a message `x`, whether a person wrote it (otherwise the customer did). */
export const byAgent = `bitTest(toUInt64(x), ${speakerBits})`;
/** SQL: of messages, their instants in milliseconds. */
export const instantsOf = (messages: string): string =>
  `arrayMap(x -> toInt64(bitShiftRight(x, ${instantShift})), ${messages})`;

const speakerOf = `bitAnd(toUInt64(x), ${String(2 ** speakerBits - 1)})`;
/** SQL: of messages, who wrote them. Who answers without a name is the agent to whom the session was given. */
export const speakersOf = (messages: string): string =>
  `arrayMap(x -> if(${speakerOf} = ${nobody}, assigned_agent, ${speakerOf}), ${messages})`;

/** SQL: whether two people's messages have the same place, so that only their ids order them. */
export const anyTied = (talk: string): string =>
  `arrayExists((x, before) -> ${byAgent} AND ${placeOf('x')} = ${placeOf('before')}, ${talk}, arrayPopBack(arrayPushFront(${talk}, 0)))`;
