/** Why the company's sign-in led back to `/sign-in?refused=…`. */
export const companyRefusals = [
  ...(['unknown', 'deactivated', 'unverified', 'state'] as const),
  ...(['declined', 'provider', 'failed'] as const),
] as const;
export type CompanyRefusal = (typeof companyRefusals)[number];
