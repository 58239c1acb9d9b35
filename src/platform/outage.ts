import { Unavailable } from './errors.ts';

/** Lost or refused connections, by node's and PostgreSQL's codes; a server that is starting or stopping refuses with 57P0x. */
const lostCodes = new Set([
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOENT',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
  ],
  ...['57P01', '57P02', '57P03', '53300'],
]);
/** A wrong name or password, or a database that is not there. */
const refusedCodes = new Set(['28P01', '28000', '3D000']);

/** What PostgreSQL's driver throws when the server cannot be had: null for every other error. */
export function postgresOutage(error: Error): Unavailable | null {
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && refusedCodes.has(code))
    return new Unavailable('postgres.refused', 60, { cause: error });
  const isConnect = 'syscall' in error && error.syscall === 'connect';
  // pg itself gives these no code.
  const lost =
    error.message === 'Connection terminated unexpectedly' ||
    error.message === 'Client has encountered a connection error and is not queryable';
  const waited = error.message === 'timeout exceeded when trying to connect';
  const isOutage =
    lost || waited || (typeof code === 'string' && lostCodes.has(code) && (code !== 'ENOENT' || isConnect));
  return isOutage ? new Unavailable('postgres.unreachable', 2, { cause: error }) : null;
}
