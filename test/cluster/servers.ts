import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectClickHouse } from '../../src/platform/clickhouse.ts';
import { engineUser, serverConfig, usersConfig } from '../../src/platform/clickhouseConfig.ts';
import { freePort } from '../../src/platform/embeddedClickhouse.ts';
import { packageRoot } from '../../src/platform/root.ts';
import { addressOf, type Behind } from './onCluster.ts';
import { servePartsOn } from './partExchange.ts';

const cluster = 'prod';
const shards = 2;
const replicas = 2;
const startTimeoutMs = 60_000;

/** Debian's package libzookeeper-java. */
const zooKeeperJar = '/usr/share/java/zookeeper.jar';

export interface ReplicatedServers {
  /** CLICKHOUSE_URL and CLICKHOUSE_CLUSTER; the address is that of the last replica of the last shard. */
  readonly env: { readonly CLICKHOUSE_URL: string; readonly CLICKHOUSE_CLUSTER: string };
  close(): Promise<void>;
}

export const canReplicate = (): boolean =>
  existsSync(zooKeeperJar) && existsSync('/usr/share/java/slf4j-simple.jar') && process.arch === 'x64';

/**
 * Two shards of two replicas each on addresses of their own (127.0.2.1 to 127.0.2.4; the engine takes 127.0.1.1 for itself
 * on every server), and the ZooKeeper they keep in step by.
 */
export async function startReplicated(dir: string): Promise<ReplicatedServers> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const keeperPort = await startZooKeeper(join(dir, 'zookeeper'), undo);
    const [port, httpPort, tcpPort] = [await freePort(), await freePort(), await freePort()];
    const [secret, password] = ['key of a test', 'password of a test'];
    const places = Array.from({ length: shards * replicas }, (_, n) => ({
      ...{ host: `127.0.2.${n + 1}`, port: httpPort, shard: Math.floor(n / replicas) + 1, replica: (n % replicas) + 1 },
    }));
    const hosts = Array.from({ length: shards }, (_, n) => places.filter(({ shard }) => shard === n + 1));
    const remote = `<remote_servers><${cluster}><secret>between servers</secret>${hosts
      .map(
        (each) =>
          `<shard><internal_replication>true</internal_replication>${each
            .map(
              ({ host }) => `<replica><host>${host}</host><port>${tcpPort}</port><user>${engineUser}</user></replica>`,
            )
            .join('')}</shard>`,
      )
      .join('')}</${cluster}></remote_servers>`;
    await Promise.all(
      places.map(async (place, n) => {
        const folder = join(dir, `server${n + 1}`);
        mkdirSync(folder, { recursive: true });
        const usersPath = join(folder, 'users.xml');
        writeFileSync(usersPath, usersConfig(password));
        const hello = { ask: 'hello', answer: 'there' };
        const own = `<macros><shard>${place.shard}</shard><replica>${place.replica}</replica></macros>
          <zookeeper><node><host>127.0.0.1</host><port>${keeperPort}</port></node><sessions_path>/clickhouse/sessions/${n}</sessions_path></zookeeper>${remote}`;
        const config = serverConfig({ usersPath, memoryBytes: 2 * 1024 ** 3, secret, hello, cleanupSeconds: 4 });
        writeFileSync(join(folder, 'config.xml'), config.replace(/<\/clickhouse>$/, `${own}</clickhouse>`));
        const partsPort = await freePort();
        const child = startEngine(folder, { ...place, tcpPort, partsPort });
        undo.push(() => stop(child));
        await untilAnswers(`http://${place.host}:${httpPort}/${hello.ask}`, child, join(folder, 'log'));
        const endpoint = {
          ...{ url: `http://${place.host}:${httpPort}`, username: engineUser, password },
          headers: { 'X-Heng-Key': secret },
        };
        const engine = connectClickHouse(() => endpoint, 'default');
        const parts = await servePartsOn(partsPort, async ({ database, table, part }) => {
          const [found] = await engine.query<{ path: string }>(
            'SELECT path FROM system.parts WHERE database = {database:String} AND table = {table:String} AND name = {part:String}',
            { params: { database, table, part } },
          );
          return found?.path;
        });
        const front = await addressOf(place, places, secret, { port });
        for (const server of [parts, front])
          undo.push(async () => {
            server.closeAllConnections();
            server.close();
          });
      }),
    );
    const last = places.at(-1) as Behind;
    const url = `http://${engineUser}:${encodeURIComponent(password)}@${last.host}:${port}/heng`;
    return { env: { CLICKHOUSE_URL: url, CLICKHOUSE_CLUSTER: cluster }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startZooKeeper(dir: string, undo: (() => Promise<unknown>)[]): Promise<number> {
  mkdirSync(dir, { recursive: true });
  const port = await freePort();
  const config = join(dir, 'zoo.cfg');
  writeFileSync(
    config,
    `tickTime=1000\ndataDir=${join(dir, 'data')}\nclientPort=${port}\nclientPortAddress=127.0.0.1\nadmin.enableServer=false\nmaxClientCnxns=0\n4lw.commands.whitelist=ruok\n`,
  );
  const log = openSync(join(dir, 'log'), 'a');
  const jars = `${zooKeeperJar}:/usr/share/java/slf4j-simple.jar`;
  const main = 'org.apache.zookeeper.server.quorum.QuorumPeerMain';
  const child = spawn('java', ['-Xmx512m', '-cp', jars, main, config], { stdio: ['ignore', log, log] });
  closeSync(log);
  undo.push(() => stop(child));
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  for (const deadline = Date.now() + startTimeoutMs; !(await isOk(port)); await sleep(100))
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('ZooKeeper did not start');
  return port;
}

/** Its own question: answered `imok` by one that serves. */
function isOk(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.end('ruok'));
    socket.on('data', (chunk) => (answer += chunk));
    socket.once('error', () => resolve(false)).once('close', () => resolve(answer === 'imok'));
  });
}

function startEngine(
  folder: string,
  { host, port, tcpPort, partsPort }: { host: string; port: number; tcpPort: number; partsPort: number },
): ChildProcess {
  const log = openSync(join(folder, 'log'), 'a');
  const child = spawn(
    process.execPath,
    [
      ...['--import', join(packageRoot, 'test/cluster/sayAddress.mjs')],
      join(packageRoot, 'src/platform/clickhouseChild.mjs'),
      'TCP,HTTP',
      `--path=${join(folder, 'data')}`,
      `--listen_host=${host}`,
      `--http_port=${port}`,
      `--tcp_port=${tcpPort}`,
      '--log-level=warning',
      `--config-file=${join(folder, 'config.xml')}`,
    ],
    { stdio: ['ignore', log, log, 'ipc'], env: { ...process.env, HENG_TEST_PARTS_PORT: String(partsPort) } },
  );
  closeSync(log);
  return child;
}

async function untilAnswers(url: string, child: ChildProcess, log: string): Promise<void> {
  for (const deadline = Date.now() + startTimeoutMs; ; await sleep(50)) {
    const answered = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline)
      throw new Error(`an engine did not start: ${readFileSync(log, 'utf8').slice(-600)}`);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
