import { z } from 'zod';

/** Shapes of the erasure API, shared with the pages. Instants are ISO 8601 in UTC. */
export const monthsSchema = z.number().int().min(1).max(600);
export const eraseSchema = z.strictObject({
  customerId: z.string().trim().min(1).max(256),
  reason: z.string().trim().min(1).max(500),
});
export type EraseCustomer = z.infer<typeof eraseSchema>;

export const eraseEmployeeSchema = z.strictObject({
  employee: z.string().trim().min(1).max(256).describe('Number in the data, or e-mail of the account'),
  reason: z.string().trim().min(1).max(500),
});
export type EraseEmployee = z.infer<typeof eraseEmployeeSchema>;

/** Texts of messages are kept for so many months; null: for ever. */
export const retentionSchema = z.strictObject({ months: monthsSchema.nullable() });
export type Retention = z.infer<typeof retentionSchema>;

export const retentionPreviewSchema = z.object({
  before: z.string().describe('Texts from before this instant would go'),
  texts: z.number().int(),
});
export type RetentionPreview = z.infer<typeof retentionPreviewSchema>;

export const foundSchema = z.object({
  sessions: z.number().int(),
  messages: z.number().int(),
  tickets: z.number().int(),
  orders: z.number().int(),
  erasedBefore: z.boolean(),
});
export type Found = z.infer<typeof foundSchema>;

export const foundEmployeeSchema = z.object({
  accounts: z.number().int(),
  conversations: z.number().int(),
  rows: z.number().int(),
  cards: z.number().int().describe('Closed periods with a card of theirs'),
  openCycles: z.array(z.string()).describe('Periods that have to be final first'),
  openAppeals: z.number().int().describe('Appeals that have to be decided first'),
  erasedBefore: z.boolean(),
});
export type FoundEmployee = z.infer<typeof foundEmployeeSchema>;

export const erasureSchema = z.object({
  id: z.string(),
  kind: z.enum(['customer', 'texts', 'agent', 'account']),
  /** The beginning of the hash of the customer's id, or of an employee's number or e-mail: enough to tell entries apart. */
  mark: z.string().nullable(),
  textsBefore: z.string().nullable(),
  askedAt: z.string(),
  by: z.string(),
  reason: z.string(),
  rows: z.number().int().nullable(),
  doneAt: z.string().nullable().describe('Off the disk; null while it is being done'),
});
export type ErasureView = z.infer<typeof erasureSchema>;

export const erasurePageSchema = z.object({ retention: retentionSchema, erasures: z.array(erasureSchema) });
export type ErasurePage = z.infer<typeof erasurePageSchema>;
