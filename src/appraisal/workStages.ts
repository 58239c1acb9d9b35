/** What closing a period goes through, and last what publishing does. */
export const workStages = ['copying', 'scoring', 'freezing', 'recording'] as const;
export const workVerbs = ['close', 'publish'] as const;
/** What a piece of work begins with. */
export const firstStage = { close: 'copying', publish: 'recording' } as const satisfies Record<
  (typeof workVerbs)[number],
  (typeof workStages)[number]
>;
