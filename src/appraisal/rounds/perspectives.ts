/** Who a rater is to the person rated: themselves, of the same team, somebody they lead, of another team. */
export const perspectives = ['self', 'peer', 'report', 'other'] as const;
export type Perspective = (typeof perspectives)[number];
/** Others' perspectives: what counts. */
export const groups = ['peer', 'report', 'other'] as const;
export type Group = (typeof groups)[number];

/** Fewer raters than this in a group, and nothing of it is shown or counts. */
export const ratersMin = 3;
