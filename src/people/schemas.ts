import { z } from 'zod';
import { roles } from './actor.ts';
import { keyDays } from './keyExpiry.ts';
import { passwordLength } from './passwordRules.ts';
import { type Permission, permissions } from './permissions.ts';

/** What the people routes take and give; the pages read these too. Instants are ISO 8601 in UTC. */
export const roleSchema = z.enum(roles);
export const permissionSchema = z.enum(permissions as readonly [Permission, ...Permission[]]);

// PostgreSQL stores no null byte, and a control character in a name is never meant.
const printable = /^\P{Cc}*$/u;
const id = z.string().min(1).max(200).regex(printable);
export const idParamSchema = z.object({ id });
const instant = z.iso.datetime();

export const scopeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('teams'), teams: z.array(id).min(1).max(500) }),
  z.strictObject({ kind: z.literal('shops'), shops: z.array(id).min(1).max(500) }),
  z.strictObject({ kind: z.literal('self'), agentId: id }),
]);

/** Any text: what speaks against it `problemsOfPassword` says in words. */
export const passwordSchema = z.string().min(1).max(1000);
export const emailSchema = z.email().max(254).toLowerCase();

/** Where the accounts of erased employees live: nobody is behind them any more, what they did still names their id. */
export const erasedDomain = 'erased.invalid';
export const isOfErased = (email: string): boolean => email.endsWith(`@${erasedDomain}`);
/** Whoever is added under that domain would be shown nowhere. */
const newEmailSchema = emailSchema.refine(
  (email) => !isOfErased(email),
  'reserved for the accounts of erased employees',
);
const personName = z.string().trim().min(1).max(100).regex(printable);

/** GET /api/welcome, without sign-in: which page a visitor needs. */
export const welcomeSchema = z.object({
  needsFirstAdministrator: z.boolean(),
  /** The company shown is the made-up one. */
  demo: z.boolean(),
  signedIn: z.boolean(),
  /** People can sign in by the company's own sign-in (`/api/auth/oidc`) as well. */
  companySignIn: z.boolean(),
});
export type Welcome = z.infer<typeof welcomeSchema>;

/** GET /api/me. */
export const meSchema = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: roleSchema,
  scope: scopeSchema,
  agentId: z.string().nullable(),
  /** What this person may do; pages hide what is not in it. */
  permissions: z.array(permissionSchema),
  demo: z.boolean(),
  /** A code besides the password. Where it is demanded and not on, nothing is permitted but setting it up. */
  secondFactor: z.object({ on: z.boolean(), demanded: z.boolean(), codesLeft: z.number().int() }),
});
export type Me = z.infer<typeof meSchema>;

export const personStatuses = ['invited', 'active', 'deactivated'] as const;
export const personSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  scope: scopeSchema,
  agentId: z.string().nullable(),
  /** invited: the one-time link has not been used; deactivated: cannot sign in. */
  status: z.enum(personStatuses),
  createdAt: instant,
  lastSeenAt: instant.nullable(),
});
export type Person = z.infer<typeof personSchema>;

/** GET /api/people. */
export const listedPersonSchema = personSchema.extend({
  /** After several wrong passwords nobody signs in as this person before then. */
  waitsUntil: instant.nullable(),
  /** Whether a code is asked for besides their password. */
  secondFactor: z.boolean(),
});
export type ListedPerson = z.infer<typeof listedPersonSchema>;
export const peopleSchema = z.object({
  people: z.array(listedPersonSchema),
  /** The roles that have to have a second factor. */
  secondFactorRoles: z.array(roleSchema),
});
export type People = z.infer<typeof peopleSchema>;

/** POST /api/people. An agent needs `agentId`, and their scope is always self. */
export const createPersonSchema = z.strictObject({
  email: newEmailSchema,
  name: personName,
  role: roleSchema,
  scope: scopeSchema,
  agentId: id.nullable().default(null),
});
export type CreatePerson = z.input<typeof createPersonSchema>;

/** PATCH /api/people/{id}. */
export const updatePersonSchema = z
  .strictObject({ name: personName, role: roleSchema, scope: scopeSchema, agentId: id.nullable() })
  .partial();
export type UpdatePerson = z.input<typeof updatePersonSchema>;

/** Answer of POST /api/people and POST /api/people/{id}/link: the link is shown once and not kept. */
export const invitedSchema = z.object({ person: personSchema, link: z.string(), expiresAt: instant });
export type Invited = z.infer<typeof invitedSchema>;

/** POST /api/setup/look: what a one-time link (`/setup?token=…`) is for. */
export const setupLookSchema = z.strictObject({ token: z.string().min(1).max(200) });
export const setupSchema = z.discriminatedUnion('kind', [
  /** Ask for e-mail, name and password. */
  z.object({ kind: z.literal('firstAdministrator'), expiresAt: instant }),
  /** Ask for a password only. */
  z.object({ kind: z.literal('password'), email: z.string(), name: z.string(), expiresAt: instant }),
]);
export type Setup = z.infer<typeof setupSchema>;

/** POST /api/setup: uses the link up and signs in. `email` and `name` are for the first administrator only. */
export const finishSetupSchema = z.strictObject({
  token: z.string().min(1).max(200),
  password: passwordSchema,
  email: newEmailSchema.optional(),
  name: personName.optional(),
});
export type FinishSetup = z.input<typeof finishSetupSchema>;

/** Six digits of an app, or a recovery code, however it is spaced. */
const code = z.string().min(1).max(40).regex(printable);
export const codeSchema = z.strictObject({ code });
export type GivenCode = z.input<typeof codeSchema>;

/** POST /api/auth/sign-in/email; POST /api/auth/sign-out takes none. `code` where the answer to one without is `signIn.codeNeeded`. */
export const signInSchema = z.object({
  email: emailSchema,
  password: z.string().max(passwordLength.max),
  code: code.optional(),
});

/** POST /api/account/second-factor. */
export const ownPasswordSchema = z.strictObject({ password: z.string().max(passwordLength.max) });
export type OwnPassword = z.input<typeof ownPasswordSchema>;
/** The secret of an app, to scan (`otpauth:`) or to type (base32); shown once. */
export const offeredSecretSchema = z.object({ secret: z.string(), uri: z.string() });
export type OfferedSecret = z.infer<typeof offeredSecretSchema>;
export const recoveryCodesSchema = z.object({ codes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;

/** PUT /api/second-factor. */
export const demandSecondFactorSchema = z.strictObject({ roles: z.array(roleSchema).max(roles.length) });
export type DemandSecondFactor = z.input<typeof demandSecondFactorSchema>;

/** POST /api/auth/change-password. */
export const changePasswordSchema = z.object({
  currentPassword: z.string().max(passwordLength.max),
  newPassword: passwordSchema,
  revokeOtherSessions: z.boolean().default(true),
});
export type ChangePassword = z.input<typeof changePasswordSchema>;

/** What an API key may be allowed to do. */
export const keyScopes = ['ingest.write', 'import.read', 'metric.read'] as const satisfies readonly Permission[];
export const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(keyScopes)),
  /** The first characters, to recognise it by. */
  prefix: z.string(),
  createdAt: instant,
  createdBy: z.string(),
  lastUsedAt: instant.nullable(),
  /** Null only for keys made before keys had an end. */
  expiresAt: instant.nullable(),
  /** The kinds of rows that it may send; null for every kind and for files. */
  kinds: z.array(z.string()).nullable(),
});
export type Key = z.infer<typeof keySchema>;
export const keysSchema = z.object({ keys: z.array(keySchema) });
export const createKeySchema = z.strictObject({
  name: personName,
  scopes: z.array(z.enum(keyScopes)).min(1),
  /** Days from now until it ends. */
  days: z.number().int().min(1).max(keyDays.max).default(keyDays.standard),
  kinds: z
    .array(z.string().regex(/^[a-z_]{1,40}$/))
    .min(1)
    .max(40)
    .nullable()
    .default(null),
});
export type CreateKey = z.input<typeof createKeySchema>;
/** Answer of POST /api/keys: `secret` (`heng_…`) is shown once and kept only as a hash. */
export const createdKeySchema = z.object({ key: keySchema, secret: z.string() });
export type CreatedKey = z.infer<typeof createdKeySchema>;

/** GET /api/roles: the table permission × role. */
export const rolesTableSchema = z.object({
  roles: z.array(roleSchema),
  permissions: z.array(z.object({ permission: permissionSchema, roles: z.array(roleSchema) })),
});

/** GET /api/audit?before=ID&limit=N&actor=…&action=…&subject=…&from=…&to=…: newest first; `next` is the `before` of the following page. */
export const auditEntrySchema = z.object({
  id: z.string(),
  at: instant,
  actorId: z.string(),
  actorName: z.string(),
  action: z.string(),
  subject: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export const auditSchema = z.object({ entries: z.array(auditEntrySchema), next: z.string().nullable() });
export type Audit = z.infer<typeof auditSchema>;
const auditWord = z.string().trim().max(200).regex(printable).default('');
export const auditQuerySchema = z.object({
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** Part of a name, or an id. */
  actor: auditWord,
  /** `person.created`, or all of `person`. */
  action: z
    .string()
    .regex(/^(?:[a-zA-Z]{1,40}(?:\.[a-zA-Z]{1,40})?)?$/)
    .default(''),
  subject: auditWord,
  /** Days of the organisation, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
