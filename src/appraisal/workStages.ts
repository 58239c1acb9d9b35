/** What closing a period goes through, in this order. Publishing is one transaction, and over within a second or two. */
export const workStages = ['copying', 'scoring', 'freezing'] as const;
