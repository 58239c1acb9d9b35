import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Conflict } from './platform/errors.ts';

/** Headers must come soon; a body may take as long as it likes: a file of gigabytes, or a stream of rows without end. */
export const patience = { headersTimeout: 60_000, requestTimeout: 0 } as const;

/** Resolves once the server takes requests; port 0 takes any free one. */
export function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EADDRINUSE') reject(new Conflict('start.portTaken', { port }, { cause }));
      else if (cause.code === 'EADDRNOTAVAIL' || cause.code === 'ENOTFOUND' || cause.code === 'EACCES') {
        reject(new Conflict('start.address', { host, port }, { cause }));
      } else reject(cause);
    });
    server.listen(port, host, () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address);
    });
  });
}

const drainMs = 30_000;

/** Takes no more requests and waits for the accepted ones; whoever needs longer than half a minute is cut off. */
export async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A kept-alive connection turns idle only after its answer, so one look is not enough.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}

/** Resolves with the first SIGINT or SIGTERM; a second one ends the process at once. */
export function askedToStop(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      resolve();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  });
}
