import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { type ClickHouseClient, ClickHouseError, createClient } from '@clickhouse/client';
import { SpanKind } from '@opentelemetry/api';
import type { z } from 'zod';
import { decodeAnswer, decodeRows } from './clickhouseAnswer.ts';
import type { Cluster } from './cluster.ts';
import { Unavailable } from './errors.ts';
import { withForm } from './largeParams.ts';
import { inSpan } from './tracing.ts';

export { ClickHouseError } from '@clickhouse/client';

export interface SqlOptions {
  /** Bound as ClickHouse query parameters: `{agentId:String}`. A list may be as long as it likes, but not of an insert. */
  readonly params?: Record<string, unknown>;
  readonly settings?: Record<string, string | number>;
  readonly signal?: AbortSignal;
  /** Under which lock it is sent; whoever takes the lock next sees by it what still runs (`marked`). */
  readonly lock?: string;
}

/** One database on one server: unqualified table names resolve in it. */
export interface ClickHouseConnection {
  readonly database: string;
  /** Where tables replicate: every server of this shard, this one first. Elsewhere none. */
  readonly replicas: readonly ClickHouseConnection[];
  /** Rows as JSON objects; 64-bit integers arrive as strings, so that none is rounded. `rows` checks each row. */
  query<Row>(sql: string, options?: SqlOptions & { rows?: z.ZodType<Row> }): Promise<Row[]>;
  command(sql: string, options?: SqlOptions): Promise<void>;
  /**
   * `INSERT INTO … FORMAT X` with its data as body, streamed with backpressure. Resolves when the rows are on disk.
   * With several shards and a filter over `input()`, `writtenRows` is an upper bound.
   */
  insert(sql: string, body: Readable | Uint8Array | string, options?: SqlOptions): Promise<{ writtenRows: number }>;
  /** The raw bytes of the answer, in the format the SQL names. A query that fails midway fails the stream. */
  stream(sql: string, options?: SqlOptions): Promise<Readable>;
}

/** The tables as queries see them: the whole, and each server's own rows. */
export interface ClickHouseTables {
  /** The whole: with several shards, its database holds Distributed tables of the same names. */
  readonly all: ClickHouseConnection;
  /** Each shard's own rows. */
  readonly shards: readonly ClickHouseConnection[];
  /** Where a table that is kept everywhere is changed, so that every server has it: on each shard, or on one of those that replicate it. */
  readonly everywhere: readonly ClickHouseConnection[];
  /** How SQL has every shard count its own rows; null where one server is the whole. */
  readonly cluster: Cluster | null;
}

export interface ClickHouse extends ClickHouseTables {
  readonly copies: Copies;
}

/**
 * Tables as they were at one moment, under their own names in databases of their own on the same servers: the same SQL reads them.
 * A copy shares the parts on disk with the tables it was made from, so making one takes no longer for more rows.
 */
export interface Copies {
  /** Whoever makes one keeps writers away meanwhile. Remains of one that was not finished are replaced. */
  make(name: string, tables: readonly string[]): Promise<void>;
  /** One without rows, in place of what has the name. */
  create(name: string): Promise<void>;
  /** Takes in the rows of these tables as they are now: the other half of `make`. */
  attach(name: string, tables: readonly string[]): Promise<void>;
  drop(name: string): Promise<void>;
  open(name: string): ClickHouseTables;
  /** Every one there is, whole or not. */
  names(): Promise<string[]>;
  /** Brings all copies to the newest schema, as migrations do the tables themselves. */
  migrate(): Promise<void>;
}

/** Where a server answers just now. An embedded engine gets a new one each time it is started again. */
export interface ClickHouseEndpoint {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly headers?: Record<string, string>;
}

/** Throws `Unavailable` while the engine is down. */
export type EndpointSource = () => ClickHouseEndpoint;

const everyRequest = {
  output_format_json_quote_64bit_integers: 1,
  // This server collects small inserts by default; our own group commit does that, and acknowledges what is on disk.
  async_insert: 0,
  // Rows sent to a Distributed table are on their shards before the insert is acknowledged.
  distributed_foreground_insert: 1,
  // TRICKY: by default INSERT SELECT between Distributed tables runs inside each shard, and leaves rows where the new key does not belong.
  parallel_distributed_insert_select: '0',
  // TRICKY: of several replicas always the first that lives, for reading and for rows on their way to their shard: what was written is read
  // again at once, and others come after. They are there for the day on which it is gone: so what is acknowledged is on most of them.
  load_balancing: 'in_order',
  // However often it could not be reached: by default others go before it for minutes, and may lag.
  distributed_replica_error_cap: '0',
  // By default another one is asked as well where the first does not answer within some 50 ms, and whoever is quicker is believed.
  use_hedged_requests: 0,
  insert_quorum: 'auto',
  // Looking for common parts of conditions takes two thirds of the planning of our larger queries (150 of 220 ms), and finds none.
  optimize_and_compare_chain: 0,
  optimize_extract_common_expressions: 0,
  // Compiling an expression costs more than our queries, each with constants of its own, ever win by it: half the time of a whole catalogue.
  compile_expressions: 0,
  // TRICKY: no cancel_http_readonly_queries_on_client_close. The embedded engine aborts now and then when a query is cancelled;
  // one whose reader left runs to its end. Queries that may be long set max_execution_time.
} as const;

const oneHour = 3_600_000;
const clients = new WeakMap<ClickHouseEndpoint, ClickHouseClient>();

function clientOf(endpoint: ClickHouseEndpoint): ClickHouseClient {
  const known = clients.get(endpoint);
  if (known) return known;
  const client = createClient({
    url: endpoint.url,
    username: endpoint.username,
    password: endpoint.password,
    ...(endpoint.headers ? { http_headers: endpoint.headers } : {}),
    request_timeout: oneHour,
    max_open_connections: 64,
    log: { level: 127 },
  });
  clients.set(endpoint, client);
  return client;
}

/** Lets go of the endpoint's sockets; a later query on it would open new ones. */
export async function disconnect(endpoint: ClickHouseEndpoint): Promise<void> {
  const client = clients.get(endpoint);
  clients.delete(endpoint);
  await client?.close();
}

const diskFull = '243';
const tooManyQueries = '202';
// A shard that another server could not reach; replicas or their Keeper that could not be, so that nothing can be written.
const shardUnreachable = ['209', '210', '279', '225', '242', '285', '341', '999'];

/** The engine's own refusals pass through with their code; what waiting can cure becomes `Unavailable`. */
function failureOf(cause: unknown): unknown {
  if (cause instanceof Unavailable) return cause;
  if (cause instanceof ClickHouseError) {
    if (cause.code === diskFull) return new Unavailable('clickhouse.diskFull', 60, { cause });
    if (cause.code === tooManyQueries) return new Unavailable('clickhouse.busy', 2, { cause });
    if (shardUnreachable.includes(cause.code)) return new Unavailable('clickhouse.unreachable', 2, { cause });
    return cause;
  }
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const network = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'];
  if (typeof code === 'string' && network.includes(code)) {
    return new Unavailable('clickhouse.unreachable', 2, { cause });
  }
  return cause;
}

const system = { 'db.system.name': 'clickhouse' } as const;
/** The first word of a statement; the rest may be long, and is told nobody. */
const operationOf = (sql: string): string => /[A-Z]+/.exec(sql)?.[0] ?? 'statement';

/** `replicas`: the shard's other servers, where its tables replicate. */
export function connectClickHouse(
  endpoint: EndpointSource,
  database: string,
  replicas?: readonly EndpointSource[],
): ClickHouseConnection {
  const others = replicas?.map((other) => connectClickHouse(other, database));

  async function send(sql: string, options: SqlOptions = {}, rows?: Readable) {
    const form = rows === undefined && options.params ? withForm(sql, options.params) : null;
    const params = form?.params ?? options.params;
    const values = form ? Readable.from([Buffer.from(form.body)], { objectMode: false }) : rows;
    try {
      const base = {
        query: form?.sql ?? sql,
        clickhouse_settings: { ...everyRequest, ...options.settings, database },
        ...(params ? { query_params: params } : {}),
        ...(form ? { http_headers: { 'content-type': form.contentType } } : {}),
        ...(options.signal ? { abort_signal: options.signal } : {}),
        ...(options.lock ? { query_id: `${queriesUnder(options.lock)}${randomUUID()}` } : {}),
      };
      const client = clientOf(endpoint());
      return await inSpan(`clickhouse ${operationOf(sql)}`, { kind: SpanKind.CLIENT, ...system }, () =>
        values ? client.exec({ ...base, values }) : client.exec(base),
      );
    } catch (cause) {
      // The body's own failure (a file that ends early, a parser that refuses) is the caller's, not the engine's.
      if (rows?.errored) throw rows.errored;
      throw failureOf(cause);
    }
  }

  async function collect(sql: string, options?: SqlOptions): Promise<Buffer> {
    const { stream, response_headers } = await send(sql, options);
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of decodeAnswer(stream, response_headers)) chunks.push(chunk);
    } catch (cause) {
      throw failureOf(cause);
    }
    return Buffer.concat(chunks);
  }

  const connection: ClickHouseConnection = {
    database,
    get replicas() {
      return others === undefined ? [] : [connection, ...others];
    },
    async query<Row>(sql: string, options: SqlOptions & { rows?: z.ZodType<Row> } = {}): Promise<Row[]> {
      return decodeRows<Row>(await collect(`${sql}\nFORMAT JSONEachRow`, options), options.rows);
    },
    async command(sql, options) {
      await collect(sql, options);
    },
    async insert(sql, body, options) {
      const values = body instanceof Readable ? body : Readable.from([Buffer.from(body)], { objectMode: false });
      const { stream, response_headers, summary } = await send(sql, options, values);
      try {
        for await (const _ of decodeAnswer(stream, response_headers));
      } catch (cause) {
        throw failureOf(cause);
      }
      // TRICKY: a Distributed table counts a row for another shard twice, as sent and as written; it was read once.
      return { writtenRows: Math.min(Number(summary?.written_rows), Number(summary?.read_rows)) };
    },
    async stream(sql, options) {
      const { stream, response_headers } = await send(sql, options);
      async function* bytes() {
        try {
          yield* decodeAnswer(stream, response_headers);
        } catch (cause) {
          throw failureOf(cause);
        }
      }
      return Readable.from(bytes(), { objectMode: false });
    },
  };
  return connection;
}

/** How ids of queries begin that are sent under a lock. */
const queriesUnder = (lock: string): string => `heng.${lock}.`;

/**
 * The same tables for whoever holds a lock: each query says so, and none that changes anything is sent before `stillHeld` has seen that
 * the lock is still there.
 */
export function marked(clickhouse: ClickHouse, lock: string, stillHeld: () => Promise<void>): ClickHouse {
  const under = (connection: ClickHouseConnection): ClickHouseConnection => ({
    database: connection.database,
    replicas: connection.replicas,
    query: (sql, options) => connection.query(sql, { ...options, lock }),
    async command(sql, options) {
      await stillHeld();
      await connection.command(sql, { ...options, lock });
    },
    async insert(sql, body, options) {
      await stillHeld();
      return connection.insert(sql, body, { ...options, lock });
    },
    stream: (sql, options) => connection.stream(sql, { ...options, lock }),
  });
  const all = under(clickhouse.all);
  // With one server the whole is its only shard, and stays it.
  const shards = clickhouse.shards.map((shard) => (shard === clickhouse.all ? all : under(shard)));
  const everywhere = shards.filter((_, n) => clickhouse.everywhere.some((each) => each === clickhouse.shards[n]));
  return { ...clickhouse, all, shards, everywhere };
}

/** Whether a query that was sent under a lock still runs on any server, of whichever process. */
export async function runsUnder({ all, shards }: ClickHouseTables, lock: string): Promise<boolean> {
  const found = await Promise.all(
    [...new Set([all, ...shards])].map((connection) =>
      connection.query(
        `SELECT 1 AS one FROM system.processes
         WHERE startsWith(query_id, {prefix:String}) AND current_database = {database:String} LIMIT 1`,
        { params: { prefix: queriesUnder(lock), database: connection.database } },
      ),
    ),
  );
  return found.some((rows) => rows.length > 0);
}
