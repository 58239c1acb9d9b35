/** The seven roles of the design, in the order in which the roles page lists them. */
export const roles = ['agent', 'supervisor', 'inspector', 'trainer', 'hr', 'administrator', 'director'] as const;
export type Role = (typeof roles)[number];

/** What of the organisation somebody sees: everything, some teams, some shops, or only their own agent. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'teams'; readonly teams: readonly string[] }
  | { readonly kind: 'shops'; readonly shops: readonly string[] }
  | { readonly kind: 'self'; readonly agentId: string };

/** Who does something: a signed-in person, an API key, or the command line of the machine's owner. */
export interface Actor {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  readonly scope: Scope;
  /** The agent this person is, where they are one. */
  readonly agentId: string | null;
  /** These things only, whatever the role may: an API key's, or nothing while a second factor is still to be set up. */
  readonly only?: readonly string[];
  /** And of these kinds of rows only; absent: of every kind. */
  readonly kinds?: readonly string[];
}

/** Whoever can read the data directory owns the data: the command line acts with every right of an administrator. */
export const ownerOfTheMachine: Actor = {
  userId: 'command-line',
  name: 'command line',
  role: 'administrator',
  scope: { kind: 'all' },
  agentId: null,
};
