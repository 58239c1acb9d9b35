import { accountZh } from './accountZh.ts';
import { appealsZh } from './appealsZh.ts';
import { assessZh, nominateZh, roundsZh } from './assessZh.ts';
import { auditZh } from './auditZh.ts';
import { cyclesZh } from './cyclesZh.ts';
import { draftZh } from './draftZh.ts';
import { ledgerZh } from './ledgerZh.ts';
import { meetingZh } from './meetingZh.ts';
import { outcomesZh } from './outcomesZh.ts';
import { reviewZh } from './reviewZh.ts';
import { sheetZh } from './sheetZh.ts';
import { skillsZh } from './skillsZh.ts';

/** Words of appraisal in Chinese, which only people who are signed in read. */
export const zhInside = {
  draft: draftZh,
  factor: accountZh,
  outcomes: outcomesZh,
  sheet: sheetZh,
  cycles: cyclesZh,
  assess: assessZh,
  nominate: nominateZh,
  appeals: appealsZh,
  ledger: ledgerZh,
  rounds: roundsZh,
  meeting: meetingZh,
  skills: skillsZh,
  review: reviewZh,
  audit: auditZh,
} as const;
