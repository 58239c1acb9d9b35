/** What a change of skills may change: levels and jobs move proposals too. */
export const skillsAnew = ['skills', 'outcomes'] as const;
