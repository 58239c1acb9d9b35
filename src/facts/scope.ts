/** Which rows a derivation covers: all of them, or those whose ids a table (made by the derivation, column `id`) holds. */
export type Scope = { readonly kind: 'all' } | Listed;
interface Listed {
  readonly kind: 'listed';
  readonly table: string;
}

export const listed = (table: string): Listed => ({ kind: 'listed', table });

/** SQL: the row is covered. Ids are never spliced in: a scope names a table that the derivation itself made. */
export const inScope = (column: string, scope: Scope): string =>
  scope.kind === 'all' ? '1' : `${column} GLOBAL IN (SELECT id FROM ${scope.table})`;
