import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import type { Deps } from '../../platform/http.ts';
import type { Language } from '../../platform/language.ts';
import { type CardFile, tableFile } from '../../scores/cardFiles.ts';
import { payoutTable } from '../payoutTable.ts';
import { showPayouts } from './showPayouts.ts';

/** A period's payouts as a file in the reader's language; that it was taken out is audited. */
export async function exportPayouts(
  deps: Deps,
  actor: Actor,
  {
    period,
    format,
    language,
  }: {
    readonly period: string;
    readonly format: 'csv' | 'xlsx' | 'json';
    readonly language: Language;
  },
): Promise<CardFile> {
  const table = await showPayouts(deps, actor, period);
  await audit(deps, actor, 'payout.exported', `${period} ${format} ${table.rows.length}`);
  const name = `payouts-${period}`;
  if (format !== 'json') {
    const title = language === 'zh' ? `应发 ${period}` : `Payouts ${period}`;
    return tableFile(payoutTable(table.rows, language), format, name, title);
  }
  const { mayDecide: _, ...content } = table;
  const body = new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`);
  return { name: `${name}.json`, type: 'application/json; charset=utf-8', body };
}
