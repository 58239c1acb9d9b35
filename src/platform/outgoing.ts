import dns from 'node:dns';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Why a request to somebody else's server came to nothing. `address`: not one that we send to. */
export type OutgoingTrouble = 'address' | 'timedOut' | 'unreachable' | 'tooLarge';
export class OutgoingFailure extends Error {
  constructor(
    readonly trouble: OutgoingTrouble,
    options?: { cause?: unknown },
  ) {
    super(trouble, options);
    this.name = 'OutgoingFailure';
  }
}

/** Never sent to: link-local and the clouds' metadata services (credentials live there), unspecified, multicast, broadcast. */
const refused = new BlockList();
for (const [net, bits] of [['0.0.0.0', 8] as const, ['169.254.0.0', 16] as const, ['224.0.0.0', 3] as const])
  refused.addSubnet(net, bits, 'ipv4');
for (const address of ['100.100.100.200', '168.63.129.16', '192.0.0.192']) refused.addAddress(address, 'ipv4');
for (const [net, bits] of [['fe80::', 10] as const, ['ff00::', 8] as const, ['64:ff9b::a9fe:0', 112] as const])
  refused.addSubnet(net, bits, 'ipv6');
// 169.254/16 once more, as 6to4, as NAT64 of a network's own and as the old compatible form write it.
for (const [net, bits] of [['2002:a9fe::', 32] as const, ['64:ff9b:1::', 48] as const, ['::a9fe:0', 112] as const])
  refused.addSubnet(net, bits, 'ipv6');
for (const address of ['::', 'fd00:ec2::254', 'fd20:ce::254', 'fd00:42::42']) refused.addAddress(address, 'ipv6');

/** Loopback and private networks, where a model of one's own runs: only there may a request go without TLS. */
const near = new BlockList();
for (const [net, bits] of [['127.0.0.0', 8] as const, ['10.0.0.0', 8] as const, ['172.16.0.0', 12] as const])
  near.addSubnet(net, bits, 'ipv4');
near.addSubnet('192.168.0.0', 16, 'ipv4');
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');

/** Whether we send to this address: public ones by https, loopback and private ones by http as well, the refused ones never. */
export function mayReach(protocol: string, address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) === 0 || refused.check(address, family)) return false;
  return protocol === 'https:' || (protocol === 'http:' && near.check(address, family));
}

/** An http(s) address without user, query and fragment, whose host, where it is a number, is one we send to; else null. */
export function outgoingUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!/^https?:$/.test(url.protocol) || !isPlain) return null;
  const host = hostOf(url);
  return isIP(host) === 0 || mayReach(url.protocol, host) ? url : null;
}

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '');

export interface OutgoingAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

interface Asked {
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly bytesMax: number;
}

export function postJson(url: URL, input: Asked & { readonly body: unknown }): Promise<OutgoingAnswer> {
  return ask(url, input, { type: 'application/json', text: JSON.stringify(input.body) });
}

export function postForm(
  url: URL,
  input: Asked & { readonly form: Readonly<Record<string, string>> },
): Promise<OutgoingAnswer> {
  return ask(url, input, {
    type: 'application/x-www-form-urlencoded',
    text: new URLSearchParams(input.form).toString(),
  });
}

export function getText(url: URL, input: Asked): Promise<OutgoingAnswer> {
  return ask(url, input, null);
}

/**
 * Sends and reads the answer, of whatever status; redirects are not followed. The address is checked where the connection is made, so
 * a name that changes its mind in between reaches nothing. Rejects with OutgoingFailure. `timeoutMs` is for all of it.
 */
function ask(url: URL, input: Asked, content: { type: string; text: string } | null): Promise<OutgoingAnswer> {
  return new Promise((resolve, reject) => {
    const host = hostOf(url);
    if (isIP(host) !== 0 && !mayReach(url.protocol, host)) return reject(new OutgoingFailure('address'));
    const body = content && Buffer.from(content.text);
    const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, {
      method: body ? 'POST' : 'GET',
      agent: false,
      lookup: guarded(url.protocol),
      headers: {
        ...input.headers,
        ...(body ? { 'content-type': content.type, 'content-length': body.length } : {}),
      },
    });
    const fail = (cause: Error) => {
      clearTimeout(timer);
      reject(cause instanceof OutgoingFailure ? cause : new OutgoingFailure('unreachable', { cause }));
    };
    // Told before the connection is cut: once an answer has begun, cutting looks like the other side's doing.
    const stop = (trouble: OutgoingTrouble) => {
      fail(new OutgoingFailure(trouble));
      request.destroy();
    };
    const timer = setTimeout(() => stop('timedOut'), input.timeoutMs);
    request.on('error', fail);
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on('error', fail);
      response.on('data', (part: Buffer) => {
        bytes += part.length;
        parts.push(part);
        if (bytes > input.bytesMax) stop('tooLarge');
      });
      response.on('end', () => {
        clearTimeout(timer);
        const retryAfter = response.headers['retry-after'] ?? null;
        resolve({ status: response.statusCode ?? 0, retryAfter, text: Buffer.concat(parts).toString('utf8') });
      });
    });
    request.end(body ?? undefined);
  });
}

const guarded =
  (protocol: string): LookupFunction =>
  (host, options, callback) =>
    dns.lookup(host, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error || !first) return callback(error ?? new OutgoingFailure('unreachable'), '', 0);
      if (!found.every(({ address }) => mayReach(protocol, address)))
        return callback(new OutgoingFailure('address'), '', 0);
      return options.all ? callback(null, found) : callback(null, first.address, first.family);
    });
