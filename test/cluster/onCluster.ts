import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';

/** A server's own port: where what comes to its address is passed on. */
export interface Behind {
  readonly host: string;
  readonly port: number;
  readonly shard: number;
}

interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const onCluster = /\sON CLUSTER '\w+'/;

/**
 * The address of one server. The engine out of npm does not carry statements to others: `ON CLUSTER` is taken out here, and the statement
 * given to every server, or, as the engine does it, to one replica of each shard where it changes a table that replicates by itself.
 */
export function addressOf(own: Behind, all: readonly Behind[], secret: string, at: { port: number }): Promise<Server> {
  const server = createServer({ maxHeaderSize: 1 << 20 }, (incoming, outgoing) => {
    const headers = { ...incoming.headers, 'x-heng-key': secret };
    const path = incoming.url ?? '/';
    // Whose data follow: never a statement for others.
    if (new URL(path, 'http://x').searchParams.has('query')) return pass(incoming, outgoing, own, headers);
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.once('end', () => {
      const body = Buffer.concat(chunks);
      const sql = body.toString();
      const isForAll = onCluster.test(sql.slice(0, 300));
      const asked = { path, headers, body: isForAll ? Buffer.from(sql.replace(onCluster, '')) : body };
      const whom = !isForAll ? [own] : /^\s*ALTER\s+TABLE/i.test(sql) ? leadersOf(all) : all;
      void answer(whom, asked, outgoing);
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(at.port, own.host, () => resolve(server));
  });
}

/** Not always the first replica: whatever counts on that is mistaken. */
const leadersOf = (all: readonly Behind[]): Behind[] => [...new Map(all.map((each) => [each.shard, each])).values()];

async function answer(whom: readonly Behind[], asked: Asked, outgoing: ServerResponse): Promise<void> {
  try {
    const [first] = whom;
    if (whom.length === 1 && first) {
      const onward = request(to(first, asked), (incoming) => {
        outgoing.writeHead(incoming.statusCode ?? 502, incoming.headers);
        incoming.pipe(outgoing);
        incoming.once('error', () => outgoing.destroy());
      });
      onward.once('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
      outgoing.once('close', () => onward.destroy());
      onward.end(asked.body);
      return;
    }
    const answers: Answered[] = [];
    for (const each of whom) answers.push(await whole(each, asked));
    const worst = answers.find(({ status }) => status !== 200) ?? answers[0];
    outgoing.writeHead(worst?.status ?? 500, unframed(worst?.headers ?? {})).end(worst?.body);
  } catch {
    outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end();
  }
}

const to = ({ host, port }: Behind, { path, headers, body }: Asked) => ({
  ...{ host, port, path, method: 'POST' },
  headers: { ...unframed(headers), 'content-length': body.length },
});

/** Without what says how a body that is sent on whole was framed. */
const unframed = ({ 'transfer-encoding': _, 'content-length': __, ...headers }: IncomingHttpHeaders) => headers;

function whole(server: Behind, asked: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const onward = request(to(server, asked), (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.once('error', reject);
      incoming.once('end', () =>
        resolve({ status: incoming.statusCode ?? 502, headers: incoming.headers, body: Buffer.concat(chunks) }),
      );
    });
    onward.once('error', reject);
    onward.end(asked.body);
  });
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, server: Behind, headers: IncomingHttpHeaders): void {
  const { host, port } = server;
  const onward = request({ host, port, method: incoming.method, path: incoming.url, headers }, (answered) => {
    outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(outgoing);
    answered.once('error', () => outgoing.destroy());
  });
  onward.once('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
  incoming.once('error', () => onward.destroy());
  outgoing.once('close', () => onward.destroy());
  incoming.pipe(onward);
}
