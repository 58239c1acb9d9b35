import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { restoringFile } from '../platform/stores.ts';

/** What is being restored and where to, so that only the same restore goes on where one was cut off. */
const mark = z.object({
  /** The manifest's hash. */
  backup: z.string(),
  target: z.string(),
  /** begun: what is there was put there by this restore, and may go. loaded: all of it is in and was compared. */
  stage: z.enum(['begun', 'loaded']),
});
export type RestoreMark = z.infer<typeof mark>;

/** undefined where no restore was begun, null where one was of which nothing is known. */
export function readMark(dataDir: string): RestoreMark | null | undefined {
  const file = restoringFile(dataDir);
  if (!existsSync(file)) return undefined;
  try {
    return mark.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    // Cut off while the mark itself was being written: nothing had been put anywhere.
    return null;
  }
}

export const writeMark = (dataDir: string, written: RestoreMark): void =>
  writeFileSync(restoringFile(dataDir), JSON.stringify(written), { mode: 0o600 });

/** Where a restore goes, without passwords: two names for one server are two targets, which is refused rather than emptied. */
export function targetOf(env: NodeJS.ProcessEnv): string {
  const place = (text: string | undefined) =>
    text && URL.canParse(text) ? new URL(text).host + new URL(text).pathname : 'embedded';
  return [place(env.DATABASE_URL), place(env.CLICKHOUSE_URL), env.CLICKHOUSE_CLUSTER ?? ''].join(' ');
}
