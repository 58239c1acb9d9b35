import type { KindName } from '../ingest/kinds.ts';

export type Cell = string | number | boolean | undefined;
export type Row = Readonly<Record<string, Cell>>;
export interface DemoRow {
  readonly kind: KindName;
  readonly row: Row;
}
export type Emit = (kind: KindName, row: Row) => void;
