import { createHash } from 'node:crypto';

export const engineUser = 'heng';

export interface ServerConfig {
  readonly usersPath: string;
  readonly memoryBytes: number;
  /** The header every request must carry. */
  readonly secret: string;
  /** A question only this process's child can answer: asked before the secret is sent to whoever listens on the port. */
  readonly hello: { readonly ask: string; readonly answer: string };
  readonly clusters?: readonly ClusterConfig[];
  /**
   * How often old parts are looked for in a table where nothing happens. Erasure waits until they are gone; to look more often keeps a
   * processor busy, for each closed period has tables of its own.
   */
  readonly cleanupSeconds: number;
}

export interface ClusterConfig {
  readonly name: string;
  readonly secret: string;
  /** Each shard's replicas, as TCP ports on the loopback. */
  readonly shards: readonly (readonly number[])[];
}

const mebibyte = 1024 * 1024;

/** The engine's configuration file. Requests without the secret header get 404, whoever sends them. */
export function serverConfig(config: ServerConfig): string {
  return element('clickhouse', [
    element('users_config', config.usersPath),
    element('max_server_memory_usage', config.memoryBytes),
    element('mark_cache_size', Math.min(512 * mebibyte, Math.floor(config.memoryBytes / 8))),
    element('keep_alive_timeout', 30),
    element('max_concurrent_queries', 200),
    element('merge_tree', [
      element('fsync_after_insert', 1),
      element('fsync_part_directory', 1),
      element('cleanup_delay_period', Math.min(4, config.cleanupSeconds)),
      element('max_cleanup_delay_period', config.cleanupSeconds),
      element('cleanup_delay_period_random_add', 1),
      element('non_replicated_deduplication_window', 10_000),
    ]),
    element('http_handlers', [
      element('rule', [
        element('url', `/${config.hello.ask}`),
        element('methods', 'GET'),
        element('handler', [
          element('type', 'static'),
          element('status', 200),
          element('response_content', config.hello.answer),
        ]),
      ]),
      element('rule', [
        element('headers', [element('X-Heng-Key', config.secret)]),
        element('handler', [element('type', 'dynamic_query_handler'), element('query_param_name', 'query')]),
      ]),
    ]),
    ...(config.clusters ? [element('remote_servers', config.clusters.map(cluster))] : []),
  ]);
}

function cluster({ name, secret, shards }: ClusterConfig): string {
  return element(name, [
    element('secret', secret),
    ...shards.map((ports) =>
      element('shard', [
        // The sender writes every replica itself: these engines do not replicate.
        element('internal_replication', 'false'),
        ...ports.map((port) =>
          element('replica', [element('host', '127.0.0.1'), element('port', port), element('user', engineUser)]),
        ),
      ]),
    ),
  ]);
}

/** Users of the embedded engine: ours, and the built-in one, which may do nothing but open the listeners. */
export function usersConfig(password: string): string {
  const sha256 = createHash('sha256').update(password).digest('hex');
  const networks = element('networks', [element('ip', '127.0.0.1')]);
  const common = [networks, element('profile', 'default'), element('quota', 'default')];
  return element('clickhouse', [
    element('profiles', [
      element('default', [
        element('async_insert', 0),
        // A body that comes slowly (an upload, a file under repair) is waited for.
        element('http_receive_timeout', 600),
        element('http_send_timeout', 600),
      ]),
    ]),
    element('quotas', [element('default', '')]),
    element('users', [
      element('default', [
        element('password', ''),
        ...common,
        element('grants', [element('query', 'GRANT SYSTEM LISTEN ON *.*')]),
      ]),
      element(engineUser, [element('password_sha256_hex', sha256), ...common]),
    ]),
  ]);
}

function element(name: string, content: string | number | readonly string[]): string {
  const inner = typeof content === 'object' ? content.join('') : escapeXml(String(content));
  return `<${name}>${inner}</${name}>`;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
