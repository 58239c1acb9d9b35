import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { BadInput } from './platform/errors.ts';

/** What an installation may choose, read once from the environment and the command line. */
export interface Config {
  readonly dataDir: string;
  /** The organisation's zone: days, months and service hours are cut in it. */
  readonly timeZone: string;
  readonly host: string;
  readonly port: number;
}

const defaultTimeZone = 'Asia/Shanghai';

export function readConfig(env: NodeJS.ProcessEnv, options: { data?: string | undefined } = {}): Config {
  const timeZone = env.HENG_TIME_ZONE ?? defaultTimeZone;
  if (!isTimeZone(timeZone)) throw new BadInput('config.timeZone', { value: timeZone });
  const port = Number(env.PORT ?? 7077);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new BadInput('config.port', { value: String(env.PORT) });
  return {
    dataDir: resolve(options.data ?? env.HENG_DATA ?? join(homedir(), '.heng')),
    timeZone,
    host: env.HOST ?? '127.0.0.1',
    port,
  };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
