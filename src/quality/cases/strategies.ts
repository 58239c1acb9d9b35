/** What made a conversation good, the closed list; own words stand beside it. */
export const strategies = [
  ...(['empathyFirst', 'confirmNeed', 'explainPlainly', 'offerChoices', 'takeOwnership'] as const),
  ...(['setExpectation', 'fairRemedy', 'calmDown', 'preventNext'] as const),
] as const;
export type Strategy = (typeof strategies)[number];
