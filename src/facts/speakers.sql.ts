import { inScope, type Scope } from './scope.ts';

/** How many bits of a message's number say who spoke. */
export const speakerBits = 52;

/**
 * People go by number while sessions are derived: gathered and compared as numbers they cost a third of what names do.
 * That two of a hundred thousand names share one of 2^52 numbers is one chance in 900,000. `nameOf` leads back.
 */
export const numberOf = (name: string): string =>
  `CAST(bitShiftRight(cityHash64(${name}), ${64 - speakerBits}), 'UInt64')`;
export const nobody = numberOf(`''`);

/** SQL for the name behind a number; '' for nobody and for 0, which is what an empty array yields. Needs the scratch table of `speakersSql`. */
export const nameOf = (number: string): string => `joinGet('derivation_speakers', 'name', ${number})`;
export const namesOf = (numbers: string): string => `arrayMap(g -> ${nameOf('g')}, ${numbers})`;

const naming = [
  { table: 'sessions', by: 'session_id', columns: ['assigned_agent_id', 'transferred_from'] },
  { table: 'events', by: 'subject_id', columns: ['agent_id', 'to_agent_id'] },
] as const;

/** Those who wrote the messages in scope. */
export const sendersSql = (scope: Scope): string =>
  `SELECT DISTINCT sender_id AS name FROM messages WHERE ${inScope('session_id', scope)}`;

/**
 * Everybody whom one shard's raw rows in scope name, by number. Each column alone, because its dictionary answers that without
 * reading rows; nobody's empty name among them, because to leave it out every row would be looked at.
 */
export const speakersSql = (scope: Scope, senders: string): string => `
SELECT DISTINCT ${numberOf('name')} AS number, CAST(name, 'String') AS name
FROM (
  ${naming
    .flatMap(({ table, by, columns }) =>
      columns.map((column) => `SELECT DISTINCT ${column} AS name FROM ${table} WHERE ${inScope(by, scope)}`),
    )
    .join('\n  UNION ALL ')}
  UNION ALL ${senders}
)`;
