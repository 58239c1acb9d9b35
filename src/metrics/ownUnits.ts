/** The units a composed metric may have. */
export const ownUnits = ['percent', 'seconds', 'minutes', 'hours', 'count', 'points'] as const;
