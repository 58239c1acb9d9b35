import { z } from 'zod';

/** The register of exempt days, as the API and the page know it. */
export const exemptionCovers = ['all', 'team', 'shop', 'agent'] as const;
export const exemptionReasons = ['outage', 'holiday', 'other'] as const;
/** Days one entry may span. */
export const exemptionDaysMax = 92;

const printable = /^\P{Cc}*$/u;
const day = z.iso.date().meta({ example: '2026-10-05' });
/** The first day and six hexadecimal digits: short enough to be named on a card. */
export const exemptionIdParam = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}-[0-9a-f]{6}$/)
  .meta({ example: '2026-10-05-3f2a9c' });

/** POST /api/exemptions. */
export const enterExemptionSchema = z.strictObject({
  covers: z.enum(exemptionCovers),
  /** The team, shop or agent id; empty for everybody. */
  subject: z.string().max(200).regex(printable),
  /** Empty: every metric that can be told by the day. */
  metrics: z.array(z.string().max(64)).max(100),
  firstDay: day,
  lastDay: day,
  reason: z.enum(exemptionReasons),
  note: z.string().trim().min(1).max(500).regex(printable),
});
export type EnterExemption = z.infer<typeof enterExemptionSchema>;

/** POST /api/exemptions/{id}/withdraw. */
export const withdrawExemptionSchema = z.strictObject({ reason: z.string().trim().min(1).max(500).regex(printable) });

const signed = z.object({ at: z.string(), by: z.string() });
const exemptionSchema = enterExemptionSchema.extend({
  id: z.string(),
  /** The agent's name, where one agent is covered. */
  subjectName: z.string(),
  /** pending: has no effect yet. approved: those days do not count. withdrawn: has none any more. */
  status: z.enum(['pending', 'approved', 'withdrawn']),
  entered: signed,
  approved: signed.nullable(),
  withdrawn: signed.extend({ reason: z.string() }).nullable(),
  /** Cards (people and periods) on which it took effect so far. */
  uses: z.number().int(),
  /** Whether the reader may approve it: another person than who entered it. */
  mayApprove: z.boolean(),
  mayWithdraw: z.boolean(),
});
export type Exemption = z.infer<typeof exemptionSchema>;

/** GET /api/exemptions. */
export const exemptionListSchema = z.object({ exemptions: z.array(exemptionSchema) });
export type ExemptionList = z.infer<typeof exemptionListSchema>;
