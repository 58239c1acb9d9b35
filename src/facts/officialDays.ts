import { createRequire } from 'node:module';
import { z } from 'zod';

/** A public holiday, or a day worked instead of one; both carry the holiday's name. */
export interface OfficialDay {
  readonly works: boolean;
  readonly name: { readonly zh: string; readonly en: string };
}

/** China's public holidays and make-up working days as the State Council announces them, a year at a time. */
export interface OfficialDays {
  /** Years whose arrangement is known; of all others nothing is. */
  readonly years: ReadonlySet<string>;
  readonly days: ReadonlyMap<string, OfficialDay>;
}

const named = z.record(z.iso.date(), z.string().regex(/^[^,]+,[^,]+,\d+$/));

/** Reads the document of chinese-days: 'National Day,国庆节,3' by date. Throws when it is something else. */
export function readOfficialDays(document: unknown): OfficialDays {
  const { holidays, workdays } = z.object({ holidays: named, workdays: named }).parse(document);
  const days = new Map<string, OfficialDay>();
  for (const [works, list] of [
    [false, holidays],
    [true, workdays],
  ] as const) {
    for (const [date, text] of Object.entries(list)) {
      const [en = '', zh = ''] = text.split(',');
      days.set(date, { works, name: { zh, en } });
    }
  }
  // New Year's Day is a holiday of every announced year.
  const years = [...days.keys()].filter((date) => date.endsWith('-01-01')).map((date) => date.slice(0, 4));
  return { years: new Set(years), days };
}

const require = createRequire(import.meta.url);
// TRICKY: the package's functions shift every date by a day where the server's own clock is west of Greenwich; its document does not.
export const officialDays: OfficialDays = readOfficialDays(require('chinese-days/dist/chinese-days.json'));
