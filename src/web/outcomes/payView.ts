import type { PayRow } from '../../outcomes/paySchemas.ts';

/** Whether somebody still has to do something before this person can be paid in full. */
export const isOpen = ({ lines }: Pick<PayRow, 'lines'>): boolean => lines.some(({ waiting }) => waiting !== null);

/** Yuan as people type them, as integer fen; null for what is no amount. */
export function fenOf(yuan: string): string | null {
  const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(yuan.trim());
  if (!found) return null;
  const [, whole = '', part = ''] = found;
  return String(BigInt(whole + part.padEnd(2, '0')));
}
