import type { auditZh } from './auditZh.ts';
import type { Words } from './zh.ts';

/** Words of the audit log in English. */
export const auditEn: Words<typeof auditZh> = {
  title: 'Audit log',
  about:
    'Who looked at what is kept about a colleague or a customer, masked or not, and who changed what; rows are only ever added. Every ten minutes they are sealed in the ledger: after that heng ledger check names every row that is altered or deleted. Your look at this page is a row too.',
  at: 'When',
  who: 'Who',
  what: 'What',
  subject: 'To what',
  find: 'Find',
  clear: 'Clear',
  whoHint: 'part of a name',
  subjectHint: 'part of an id',
  from: 'From',
  to: 'To',
  any: 'Everything',
  none: 'Nothing was found',
  noneText: 'Look for something else.',
};
