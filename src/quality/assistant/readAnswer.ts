import { z } from 'zod';
import type { Marks } from '../rubrics/marksSchema.ts';
import { itemsOf } from '../rubrics/points.ts';
import type { Rubric } from '../rubrics/rubricSchema.ts';
import { strangeMarks } from '../rubrics/scoreForm.ts';
import type { discardedSchema, suggestedItemSchema } from './schemas.ts';

export type SuggestedItem = z.infer<typeof suggestedItemSchema>;
export type Discarded = z.infer<typeof discardedSchema>;

const completionSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
  usage: z.object({ total_tokens: z.number().int().min(0).max(10_000_000) }).nullish(),
});
const answerSchema = z.object({ items: z.array(z.unknown()).max(300) });
const itemSchema = z.strictObject({
  item: z.string().max(60),
  level: z.string().max(60),
  reason: z.string().trim().min(1).max(1000),
  quotes: z.array(z.string().trim().min(1).max(1000)).max(10),
});

export interface Completion {
  readonly content: string;
  /** As the endpoint counted; null where it did not say. */
  readonly tokens: number | null;
}

/** What an endpoint answered, or null where it is no chat completion. */
export function readCompletion(text: string): Completion | null {
  const parsed = completionSchema.safeParse(jsonOf(text));
  const content = parsed.data?.choices[0]?.message.content;
  return content === undefined ? null : { content, tokens: parsed.data?.usage?.total_tokens ?? null };
}

/**
 * The items of an answer that hold: in the schema, of the rubric, with a reason and with quotes that occur in a message as it was sent (spaces and
 * widths aside); and why the others do not. Null where the answer is not the JSON that was asked for. A total that it gives is not read.
 */
export function readAnswer(
  content: string,
  rubric: Rubric,
  spoken: readonly string[],
): { readonly items: SuggestedItem[]; readonly discarded: Discarded[] } | null {
  // Some models fence their JSON even where they are told not to.
  const fenced = /^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/.exec(content);
  const parsed = answerSchema.safeParse(jsonOf(fenced?.[1] ?? content));
  if (!parsed.success) return null;
  const known = new Set(itemsOf(rubric).map(({ id }) => id));
  const said = spoken.map(plain);
  const items: SuggestedItem[] = [];
  const discarded: Discarded[] = [];
  for (const given of parsed.data.items) {
    const read = itemSchema.safeParse(given);
    const id = z.object({ item: z.string() }).safeParse(given).data?.item;
    const why = read.success ? faultOf(read.data, rubric, said, items) : 'shape';
    if (read.success && why === null) items.push(read.data);
    else discarded.push({ item: id !== undefined && known.has(id) ? id : null, why: why ?? 'shape' });
  }
  return { items, discarded };
}

function faultOf(
  { item, level, quotes }: SuggestedItem,
  rubric: Rubric,
  said: readonly string[],
  before: readonly SuggestedItem[],
): Discarded['why'] | null {
  const [strange] = strangeMarks(rubric, marksOf([{ item, level }]));
  if (strange) return strange.code === 'mark.itemUnknown' ? 'itemUnknown' : 'levelUnknown';
  if (before.some((each) => each.item === item)) return 'repeated';
  if (quotes.some((quote) => !occurs(plain(quote), said))) return 'inventedQuote';
  // What does not apply leaves nothing to quote.
  return quotes.length === 0 && level !== 'na' ? 'noQuote' : null;
}

/** A character alone, or what was hidden, supports nothing. */
const occurs = (quote: string, said: readonly string[]) =>
  quote.replace(/\[\w+\]/g, '').length >= 2 && said.some((text) => text.includes(quote));

const plain = (text: string) => text.normalize('NFKC').replace(/\s+/g, '');

export const marksOf = (items: readonly Pick<SuggestedItem, 'item' | 'level'>[]): Marks =>
  Object.fromEntries(items.map(({ item, level }) => [item, { level, comment: '' }]));

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
