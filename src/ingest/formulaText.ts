import { quoted } from './csvFields.ts';
import { literal } from './literal.ts';

/** What a spreadsheet would take for a formula or a command, at the start of a cell, also behind blanks. */
const begins = '[\\s\\x{00a0}\\x{feff}]*[=+\\-@\\t\\r＝＋－＠]';
export const formulaStart = new RegExp(`^${begins.replace(/\\x\{(\w+)\}/g, '\\u$1')}`);
const quotedStart = new RegExp(formulaStart.source.replace('^', "^'*"));
/** A number by itself computes nothing: -1, +86 13800000000. */
const plainNumber = '^[+-][0-9][0-9 .,]*$';

/**
 * Text that no spreadsheet takes for a formula: with a quote in front. What has one already gets one more, so that `unquoted` of any
 * text gives back what it was.
 */
export const formulaQuoted = (text: string): string =>
  quotedStart.test(text) && !new RegExp(plainNumber).test(text) ? `'${text}` : text;

/** A cell of a CSV that people open. */
export const plainCell = (text: string): string => quoted(formulaQuoted(text));

/** The same in the engine, of an expression. */
export const quotedSql = (text: string): string =>
  `if(match(${text}, ${literal(`^'*${begins}`)}) AND NOT match(${text}, ${literal(plainNumber)}), concat('\\'', ${text}), ${text})`;

/** Takes the quote away again. */
export const unquotedSql = (text: string): string =>
  `if(match(${text}, ${literal(`^'+${begins}`)}), substring(${text}, 2), ${text})`;
