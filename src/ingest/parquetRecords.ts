import type { Records } from './records.ts';
import { Refused, type Source } from './source.ts';

export function parquetRecords(_source: Source): Promise<Records> {
  throw new Refused('unknownFormat');
}
