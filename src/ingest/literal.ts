const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A string as ClickHouse reads it back: the only way in which a name or value of a file enters a query. */
export function literal(value: string): string {
  return `'${value.replace(/[\\'\n\r\t]/g, (c) => escapes[c] as string).replaceAll('\0', '\\0')}'`;
}

export function literals(values: readonly string[]): string {
  return values.map(literal).join(', ');
}
