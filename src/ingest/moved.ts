import type { KindName } from './kinds.ts';

/** Where versions are remembered that were taken out because a later one of the same id is about another subject. */
export const supersededRows = 'superseded_rows';

interface Movable {
  /** The column that tells a row from others of its kind, whatever it is about. */
  readonly id: string;
  /** What a row is about, which is also how rows spread over shards. */
  readonly subjectKind: string;
  readonly subjectId: string;
}

/**
 * Kinds whose rows lie where their subject does, while an id of their own says which row is which: a correction may be about another
 * session or ticket, and then lies elsewhere than what it corrects.
 */
export const movable: Readonly<Partial<Record<KindName, Movable>>> = {
  events: { id: 'event_id', subjectKind: 'subject_kind', subjectId: 'subject_id' },
  ratings: {
    id: 'rating_id',
    subjectKind: `if(session_id = '', 'ticket', 'session')`,
    subjectId: `if(session_id = '', ticket_id, session_id)`,
  },
};
