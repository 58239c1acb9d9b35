import { accountEn } from './accountEn.ts';
import { appealsEn } from './appealsEn.ts';
import { assessEn, nominateEn, roundsEn } from './assessEn.ts';
import { auditEn } from './auditEn.ts';
import { cyclesEn } from './cyclesEn.ts';
import { draftEn } from './draftEn.ts';
import { ledgerEn } from './ledgerEn.ts';
import { meetingEn } from './meetingEn.ts';
import { outcomesEn } from './outcomesEn.ts';
import { reviewEn } from './reviewEn.ts';
import { sheetEn } from './sheetEn.ts';
import { skillsEn } from './skillsEn.ts';
import type { Words } from './zh.ts';
import type { zhInside } from './zhInside.ts';

/** Words of appraisal in English. */
export const enInside: Words<typeof zhInside> = {
  draft: draftEn,
  factor: accountEn,
  outcomes: outcomesEn,
  sheet: sheetEn,
  cycles: cyclesEn,
  assess: assessEn,
  nominate: nominateEn,
  appeals: appealsEn,
  ledger: ledgerEn,
  rounds: roundsEn,
  meeting: meetingEn,
  skills: skillsEn,
  review: reviewEn,
  audit: auditEn,
};
