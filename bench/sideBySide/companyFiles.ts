import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { benchCompany, type CompanySize } from '../benchCompany.ts';

export const companyFiles = ['agents', 'attendance', 'sessions', 'messages', 'tickets', 'ratings'] as const;
export type CompanyFile = (typeof companyFiles)[number];
/** So many conversations get one more message, which comes late. */
const lateOnes = 1000;

export const pathOf = (folder: string, file: CompanyFile): string => join(folder, `${file}.csv`);

const instant = (column: string) =>
  `concat(formatDateTime(assumeNotNull(${column}), '%FT%T.%f', 'UTC'), 'Z') AS ${column}`;

/** Columns of the open format, conversation by conversation, as exports come. */
const selects: Readonly<Record<CompanyFile, string>> = {
  agents: 'SELECT agent_id, name, team, shop FROM agents ORDER BY agent_id',
  attendance: `SELECT agent_id, ${['scheduled_start', 'scheduled_end', 'actual_start', 'actual_end'].map(instant).join(', ')}
    FROM attendance AS raw ORDER BY agent_id, raw.scheduled_start`,
  sessions: `SELECT session_id, customer_id, ${instant('started_at')}, channel, shop, queue, issue, assigned_agent_id, ${instant('assigned_at')}
    FROM sessions ORDER BY session_id`,
  messages: `SELECT session_id, message_id, ${instant('at')}, sender, sender_id, text
    FROM messages AS raw ORDER BY session_id, raw.at`,
  tickets: `SELECT ticket_id, customer_id, agent_id, ${instant('created_at')}, ${instant('closed_at')}, kind, priority, product, issue
    FROM tickets ORDER BY ticket_id`,
  ratings: `SELECT session_id, score, ${instant('at')}, rating_id, nps FROM ratings ORDER BY session_id`,
};

/** Somebody asks once more after the last reply. */
const late = ({ sessions }: CompanySize) => `SELECT session_id, concat('late ', session_id) AS message_id,
    concat(formatDateTime(started_at + 400, '%FT%T.%f', 'UTC'), 'Z') AS at, 'customer' AS sender, '' AS sender_id, '还在吗' AS text
  FROM sessions WHERE cityHash64(session_id) % ${Math.round(sessions / lateOnes)} = 0 ORDER BY session_id`;

/** The bench company as files in one folder, which every side loads, and in another the messages that come late. */
export async function writeCompany(size: CompanySize, folders: { files: string; late: string }): Promise<void> {
  const stores = await benchCompany(size);
  const write = async (select: string, path: string) =>
    pipeline(
      await stores.clickhouse.all.stream(`${select} FORMAT CSVWithNames`, {
        settings: { optimize_read_in_order: 1, max_bytes_before_external_sort: 2_000_000_000 },
      }),
      createWriteStream(path),
    );
  try {
    for (const file of companyFiles) await write(selects[file], pathOf(folders.files, file));
    await write(late(size), pathOf(folders.late, 'messages'));
  } finally {
    await stores.close();
  }
}
