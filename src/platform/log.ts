import type pino from 'pino';

/** What anything in Heng may log to: structured fields first. Never message text or personal data. */
export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>;

const nothing = (): void => undefined;
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
