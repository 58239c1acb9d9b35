import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inject } from 'vitest';
import type { ClickHouseEndpoint } from '../src/platform/clickhouse.ts';
import { askRun } from '../src/platform/testEngines.ts';
import type { TestStores } from '../src/platform/testing.ts';

export interface ServerEngines {
  /** DATABASE_URL and CLICKHOUSE_URL, as of servers that somebody else runs. */
  readonly env: { readonly DATABASE_URL: string; readonly CLICKHOUSE_URL: string };
  close(): void;
}

/** Hands out the databases of test stores as servers. The engine of tests wants a header that no address can say: a gate adds it. */
export async function asServers({ postgres, clickhouse }: TestStores): Promise<ServerEngines> {
  const endpoint = await askRun<ClickHouseEndpoint>(inject('hengEngines'), 'clickhouse');
  const gate = await listening((incoming, outgoing) => pass(incoming, outgoing, endpoint.url, endpoint.headers));
  const { user, password, host, database } = postgres.options;
  const clickhouseUrl = new URL(`/${clickhouse.all.database}`, gate.url);
  clickhouseUrl.username = endpoint.username;
  clickhouseUrl.password = endpoint.password;
  return {
    env: {
      DATABASE_URL: `postgres://${user}:${password}@${encodeURIComponent(host ?? '')}/${database}`,
      CLICKHOUSE_URL: clickhouseUrl.href,
    },
    close: gate.close,
  };
}

export interface Gate {
  readonly url: string;
  close(): void;
}

/** A server of a test on a port that is free. */
export async function listening(answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Promise<Gate> {
  // The engine takes a query of any length in an address.
  const server = createServer({ maxHeaderSize: 1 << 20 }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Passes a request on as it is; answers 502 where nobody is. */
export function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  to: string,
  headers: Record<string, string> = {},
): void {
  const { hostname, port } = new URL(to);
  const { method, url } = incoming;
  const onward = request(
    { hostname, port, method, path: url, headers: { ...incoming.headers, ...headers } },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.once('error', () => outgoing.destroy());
    },
  );
  onward.once('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
  // Whoever asked is gone: then what they were still sending does not come either.
  incoming.once('error', () => onward.destroy());
  outgoing.once('close', () => onward.destroy());
  incoming.pipe(onward);
}
