import type { KindName } from '../ingest/kinds.ts';
import type { TestStores } from '../platform/testing.ts';
import { derive } from './derive.ts';
import { readyRows } from './readyRows.ts';

export const timeZone = 'Asia/Shanghai';

/** Puts raw rows where imports put them and derives, for tests of what follows from raw rows. */
export class RawRows {
  private imports = 0;
  private waiting: { id: number; kind: KindName }[] = [];
  constructor(
    private readonly stores: TestStores,
    private readonly timeZone = 'Asia/Shanghai',
  ) {}

  /** One import: rows in the columns of the raw table, in this order. */
  async put(table: KindName | 'uncut_messages', rows: readonly object[]): Promise<void> {
    this.imports += 1;
    this.waiting.push({ id: this.imports, kind: table === 'uncut_messages' ? 'messages' : table });
    const body = rows.map((row, line) => {
      const identity = String(this.imports * 1000 + line);
      return JSON.stringify({ content_hash: identity, key: identity, line, import_id: this.imports, ...row });
    });
    await this.stores.clickhouse.all.insert(
      `INSERT INTO ${table} SETTINGS input_format_skip_unknown_fields=1, date_time_input_format='best_effort' FORMAT JSONEachRow`,
      body.join('\n'),
    );
  }

  async derive(): Promise<void> {
    const imports = this.waiting;
    if (imports.length === 0) return;
    this.waiting = [];
    await readyRows(this.stores.clickhouse, imports);
    await derive(this.stores.clickhouse, { version: this.imports + 1, imports, timeZone: this.timeZone });
  }
}

/** An instant of 2026-10-12 (or the day given) in China. */
export const at = (time: string, day = '2026-10-12'): string => `${day}T${time}+08:00`;

export const aSession = (session_id: string, start: string, more: object = {}) => ({
  session_id,
  customer_id: `c-${session_id}`,
  started_at: at(start),
  ...more,
});

/** Somebody speaks; agents are agent A unless `more` says otherwise. */
export const says = (session_id: string, time: string, sender: string, more: object = {}) => ({
  session_id,
  at: at(time),
  sender,
  text: '…',
  kind: 'text',
  ...(sender === 'agent' ? { sender_id: 'A' } : {}),
  ...more,
});
