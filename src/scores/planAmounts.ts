import { z } from 'zod';
import { isFraction } from './fraction.ts';

/** What every part of the plan format is made of. */
export const idSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,63}$/)
  .describe('标识：小写字母开头 · An id: small letters, digits, - and _, a letter first');

export const textSchema = z
  .strictObject({ zh: z.string().min(1).max(2000), en: z.string().min(1).max(2000) })
  .meta({ id: 'text', description: '中文与英文的同一句话 · The same in Chinese and English.' });

/** An exact number: 20, 18.75 or, where no decimal ends, a fraction such as 55/3. Held as text. */
export const amountSchema = z.string().max(60).refine(isFraction, { message: 'amount' }).meta({
  id: 'amount',
  description: '精确的数：20、18.75，或分数 "55/3" · An exact number: 20, 18.75, or a fraction such as "55/3".',
});

const inputSchema = z
  .strictObject({ input: idSchema })
  .describe('取自 inputs 中由贵单位填写的数 · The number that the organisation gives under inputs');

export const amountOrInputSchema = z.union([amountSchema, inputSchema]);
export type AmountOrInput = z.infer<typeof amountOrInputSchema>;

/** Marks a choice of ours where the source is silent or contradicts itself. */
export const recSchema = textSchema
  .optional()
  .describe('原方案没有写明、由我们选择之处 · Our choice where the source is silent; editable');

export const tiers = ['junior', 'mid', 'senior'] as const;
export type Tier = (typeof tiers)[number];
/** A person's job tier at the period's end, or that none is known. */
export type TierKey = Tier | 'unknown';
export const tierKeys: readonly TierKey[] = [...tiers, 'unknown'];
