import { z } from 'zod';
import { tiers } from './planAmounts.ts';
import { gradeSchema, monthSchema, planDiffSchema, planIdParam, textSchema } from './schemas.ts';

const tier = z.enum(['', ...tiers]);
const name = z.string().max(200);
const version = z.coerce.number().int().positive().max(1_000_000);

/** PUT /api/plan-assignments: '' means everybody; null takes the rule back. */
export const assignPlanSchema = z
  .strictObject({ team: name, tier, agentId: name, fromMonth: monthSchema, planId: planIdParam.nullable() })
  .refine(({ agentId, team, tier: level }) => agentId === '' || (team === '' && level === ''), {
    message: 'an agent is named alone',
  });
export type AssignPlan = z.infer<typeof assignPlanSchema>;

/** GET /api/plan-assignments. */
export const assignmentListSchema = z.object({
  rules: z.array(
    z.object({
      ...{ team: z.string(), tier, agentId: z.string(), agentName: z.string() },
      ...{ fromMonth: z.string(), planId: z.string().nullable(), assignedAt: z.string(), assignedBy: z.string() },
    }),
  ),
  /** The plan of whoever no rule names. */
  plainPlan: z.string(),
  /** How many people each plan covers this month. */
  covered: z.array(z.object({ plan: z.string(), people: z.number().int() })),
});
export type AssignmentList = z.infer<typeof assignmentListSchema>;

export const planVersionQuery = z.object({ plan: planIdParam, version });

/** GET /api/acknowledgements. */
export const acknowledgementListSchema = z.object({
  plan: z.string(),
  version: z.number().int(),
  /** The first month in which it covers any of these people; null when it covers none. */
  fromMonth: z.string().nullable(),
  people: z.array(
    z.object({
      ...{ agentId: z.string(), name: z.string(), team: z.string() },
      acknowledgedAt: z.string().nullable(),
      remindedAt: z.string().nullable(),
      remindedBy: z.string().nullable(),
    }),
  ),
});
export type AcknowledgementList = z.infer<typeof acknowledgementListSchema>;

const side = z.object({ total: z.string().nullable(), grade: gradeSchema.nullable() });

/** GET /api/acknowledgements/mine. */
export const dueListSchema = z.object({
  due: z.array(
    z.object({
      plan: z.object({ id: z.string(), name: textSchema, version: z.number().int() }),
      fromMonth: z.string(),
      /** Its period has begun. */
      inForce: z.boolean(),
      /** The version it replaces for this person; null for their first. */
      replaces: z.object({ name: textSchema, version: z.number().int() }).nullable(),
      changes: planDiffSchema.shape.changes,
      /** The person's last whole month by both; null without a card for it. */
      effect: z.object({ period: z.string(), before: side, after: side }).nullable(),
      remindedAt: z.string().nullable(),
    }),
  ),
});
export type DueList = z.infer<typeof dueListSchema>;
