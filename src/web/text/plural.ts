/**
 * The word that fits a number, for `{{days, plural(one: day; more: days)}}` of a sentence: `one` where the number reads 1,
 * else `more`. The number itself stands in the sentence beside it.
 */
export function plural(
  value: unknown,
  _language: string | undefined,
  { one, more }: { one?: string; more?: string },
): string {
  return (String(value) === '1' ? one : more) ?? '';
}
