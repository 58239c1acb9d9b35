/** As ClickHouse orders strings: byte by byte. */
export const byteOrder = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
