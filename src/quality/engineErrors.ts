import type { Bilingual } from '../platform/language.ts';

/** What the models get wrong by their own evaluation (docs/models.md), to be shown wherever their results are. */
export const engineErrors: readonly { readonly what: Bilingual; readonly text: Bilingual }[] = [];
