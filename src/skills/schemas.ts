import { z } from 'zod';
import { tiers } from '../scores/planAmounts.ts';
import { evidenceSchema, idSchema, jobSchema, levelSchema, skillSchema } from './skillSchema.ts';

const instant = z.iso.datetime();
const reasonSchema = z.string().trim().min(1).max(500);

const named = { id: z.string(), version: z.number().int() };
export const skillViewSchema = skillSchema.extend(named);
export const jobViewSchema = jobSchema.extend(named);
export type SkillView = z.infer<typeof skillViewSchema>;
export type JobView = z.infer<typeof jobViewSchema>;

const agentSchema = z.object({
  agentId: z.string(),
  name: z.string(),
  team: z.string(),
  shop: z.string(),
  tier: z.enum(tiers).nullable(),
});

const gapSchema = z.object({ skill: z.string(), required: levelSchema, level: levelSchema.nullable() });

/** GET /api/skills */
export const skillMatrixSchema = z.object({
  skills: z.array(skillViewSchema),
  jobs: z.array(jobViewSchema),
  people: z.array(
    agentSchema.extend({
      /** null: no job is named for their tier. */
      job: z.string().nullable(),
      /** Levels that count; a skill that is not here has none. */
      levels: z.array(z.object({ skill: z.string(), level: levelSchema, at: instant, by: z.string() })),
      /** Jobs they could rotate into; an agent is not told. */
      rotations: z.array(z.string()),
    }),
  ),
  may: z.object({ assess: z.boolean(), write: z.boolean() }),
});
export type SkillMatrix = z.infer<typeof skillMatrixSchema>;

const proposalSchema = z.object({
  skill: z.string(),
  level: levelSchema,
  /** The level that counts now. */
  current: levelSchema.nullable(),
  evidence: z.array(evidenceSchema).readonly(),
});

/** GET /api/skills/people/{agentId} */
export const personSkillsSchema = z.object({
  skills: z.array(skillViewSchema),
  jobs: z.array(jobViewSchema),
  agent: agentSchema,
  job: z.string().nullable(),
  next: z.string().nullable(),
  /** Who gave them which job, the latest first. */
  jobHistory: z.array(z.object({ job: z.string(), reason: z.string(), at: instant, by: z.string() })),
  /** Everything that was given, the latest first. */
  history: z.array(
    z.object({
      skill: z.string(),
      level: levelSchema.nullable(),
      reason: z.string(),
      evidence: z.array(evidenceSchema),
      wasProposed: z.boolean(),
      at: instant,
      by: z.string(),
    }),
  ),
  gaps: z.object({ own: z.array(gapSchema), next: z.array(gapSchema) }),
  rotations: z.array(z.string()),
  /** What facts propose; only for whoever may decide it. */
  proposals: z.array(proposalSchema),
  /** Facts of the last months that evidence may be picked from; only for whoever may give a level. */
  facts: z.array(evidenceSchema),
  may: z.object({ assess: z.boolean(), write: z.boolean() }),
});
export type PersonSkills = z.infer<typeof personSkillsSchema>;

/** GET /api/skill-proposals */
export const skillProposalsSchema = z.object({
  proposals: z.array(proposalSchema.extend({ agent: agentSchema })),
});
export type SkillProposals = z.infer<typeof skillProposalsSchema>;

export const giveLevelSchema = z.strictObject({
  skill: idSchema,
  /** null takes the level back. */
  level: levelSchema.nullable(),
  reason: reasonSchema,
  evidence: z.array(evidenceSchema).max(10),
});
export type GiveLevel = z.infer<typeof giveLevelSchema>;

/** Takes a proposal over, or declines it; it names the level that was read, as facts may have changed since. */
export const decideLevelSchema = z.strictObject({
  skill: idSchema,
  level: levelSchema,
  decision: z.enum(['approved', 'declined']),
  reason: reasonSchema,
});
export type DecideLevel = z.infer<typeof decideLevelSchema>;

export const setJobSchema = z.strictObject({ job: idSchema, reason: reasonSchema });
export type SetJob = z.infer<typeof setJobSchema>;

/** `id` null adds one; `version` is the one that was read. */
const edited = { id: idSchema.nullable(), version: z.number().int().min(0) };
export const saveSkillSchema = z.strictObject({ ...edited, content: skillSchema });
export type SaveSkill = z.infer<typeof saveSkillSchema>;
export const saveJobSchema = z.strictObject({ ...edited, content: jobSchema });
export type SaveJob = z.infer<typeof saveJobSchema>;
export const savedSchema = z.object({ id: z.string(), version: z.number().int() });
export type Saved = z.infer<typeof savedSchema>;
