import dns from 'node:dns';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { mayReach, OutgoingFailure, outgoingUrl, postJson } from './outgoing.ts';

/** What names stand for, as a name server of an attacker would tell it. */
const told: Readonly<Record<string, readonly string[]>> = {
  ...{ 'metadata.test': ['169.254.169.254'], 'two.test': ['8.8.8.8', '169.254.169.254'], 'public.test': ['8.8.8.8'] },
  'near.test': ['127.0.0.1'],
};
beforeEach(() => {
  const { lookup } = dns;
  // On the module itself: other files of the same process may have loaded what imports it.
  vi.spyOn(dns, 'lookup').mockImplementation(((host: string, ...rest: unknown[]) => {
    const addresses = told[host];
    if (!addresses) return Reflect.apply(lookup, dns, [host, ...rest]);
    const done = rest.at(-1) as (...found: unknown[]) => void;
    done(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    );
  }) as typeof lookup);
});
afterEach(() => vi.restoreAllMocks());

it('link-local and metadata addresses are never sent to, however they are written', () => {
  const metadata = [
    ...['169.254.169.254', '100.100.100.200', '168.63.129.16', 'fd00:ec2::254', 'fe80::1', '0.0.0.0', '::'],
    ...['2002:a9fe:a9fe::1', '64:ff9b:1::a9fe:a9fe', '::169.254.169.254', '::ffff:100.100.100.200'],
    ...['::ffff:169.254.169.254', '::ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe', '224.0.0.1', '255.255.255.255', 'nowhere'],
  ];
  expect(metadata.filter((address) => mayReach('https:', address) || mayReach('http:', address))).toEqual([]);
  const urls = [
    ...[
      'http://169.254.169.254/v1',
      'https://2852039166/v1',
      'https://0xa9fea9fe/',
      'https://[::ffff:169.254.169.254]/',
    ],
    ...['ftp://example.com', 'file:///etc/passwd', 'https://a:b@example.com', 'https://example.com/?x=1', 'no address'],
  ];
  expect(urls.filter((url) => outgoingUrl(url) !== null)).toEqual([]);
});

it('a name is sent to only where every address it stands for may be, by the look that the connection itself makes', async () => {
  const post = (url: string) =>
    postJson(new URL(url), { headers: {}, body: {}, timeoutMs: 5000, bytesMax: 1000 }).then(
      () => 'reached',
      (failure: OutgoingFailure) => failure.trouble,
    );
  // Metadata by name, metadata beside a public address, a public name without TLS.
  for (const url of ['https://metadata.test/', 'http://metadata.test/', 'https://two.test/', 'http://public.test/'])
    expect([url, await post(url)]).toEqual([url, 'address']);
  // A private address is one that we send to: there just is nobody.
  expect(await post('http://near.test:9/')).toBe('unreachable');
});

it('without TLS only loopback and private networks are sent to', () => {
  expect(
    ['127.0.0.1', '10.1.2.3', '172.20.0.1', '192.168.1.5', '::1', 'fd12::1'].every((a) => mayReach('http:', a)),
  ).toBe(true);
  expect([mayReach('http:', '8.8.8.8'), mayReach('https:', '8.8.8.8')]).toEqual([false, true]);
  expect(outgoingUrl('http://localhost:11434/v1')?.port).toBe('11434');
});

it('an answer that is too large or never ends is cut off, a redirect is not followed, nobody there is said so', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(307, { location: 'http://169.254.169.254/' }).end();
    else if (request.url === '/begun') response.write('{');
    else response.end('x'.repeat(5000));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const post = (path: string) =>
    postJson(new URL(`http://localhost:${port}${path}`), { headers: {}, body: {}, timeoutMs: 300, bytesMax: 1000 });
  await expect(post('/')).rejects.toEqual(new OutgoingFailure('tooLarge'));
  expect((await post('/moved')).status).toBe(307);
  await expect(post('/begun')).rejects.toThrow('timedOut');
  await new Promise((resolve) => server.close(resolve));
  await expect(post('/')).rejects.toThrow('unreachable');
});
