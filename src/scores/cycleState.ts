/** Where a period stands on its way to a final result. */
export const cycleStates = ['draft', 'open', 'closed', 'published', 'final'] as const;
export type CycleState = (typeof cycleStates)[number];
