import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Conflict } from './errors.ts';
import { createApp } from './http.ts';
import { silentLog } from './log.ts';
import { requestIds } from './requestId.ts';
import { traceRequests } from './traceRequests.ts';
import { inSpan, startTracing } from './tracing.ts';

interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
}

const bodies: string[] = [];
const collector = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  bodies.push(`${request.url} ${body}`);
  response.setHeader('content-type', 'application/json').end('{}');
});
let endpoint = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterAll(() => collector.close());

const app = createApp({ log: silentLog });
app.use('*', requestIds({ trustProxy: false }), traceRequests);
app.get('/api/people/:id', async (c) => {
  await inSpan('derive', {}, () => inSpan('clickhouse', { 'db.system.name': 'clickhouse' }, async () => undefined));
  return c.json({});
});
app.get('/api/broken', () => inSpan('job retain', {}, () => Promise.reject(new Conflict('cycle.busy'))));

test('a request’s spans reach the collector in their order, under the caller’s trace, and name routes instead of people', async () => {
  const tracing = await startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: `${endpoint}/` }, '1.2.3');
  const traceId = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
  const headers = { traceparent: `00-${traceId}-bbbbbbbbbbbbbbbb-01` };
  await app.request('/api/people/wang-li?phone=13812345678', { headers });
  await app.request('/api/broken');
  await tracing?.stop();

  expect(bodies.map((body) => body.split(' ')[0])).toEqual(['/v1/traces']);
  const sent = bodies.join();
  expect(sent).not.toMatch(/wang-li|13812345678/);
  const { resourceSpans } = JSON.parse(sent.slice(sent.indexOf('{')));
  const spans: SentSpan[] = resourceSpans[0].scopeSpans[0].spans;
  const named = (name: string) => spans.find((span) => span.name === name);
  const attributeOf = (name: string, key: string) => named(name)?.attributes.find((each) => each.key === key)?.value;
  expect(spans.map(({ name }) => name)).toEqual([
    ...['clickhouse', 'derive', 'GET /api/people/:id', 'job retain', 'GET /api/broken'],
  ]);
  expect(named('GET /api/people/:id')).toMatchObject({ traceId, parentSpanId: 'bbbbbbbbbbbbbbbb' });
  expect(named('derive')?.parentSpanId).toBe(named('GET /api/people/:id')?.spanId);
  expect(named('clickhouse')).toMatchObject({ traceId, parentSpanId: named('derive')?.spanId });
  expect(attributeOf('job retain', 'error.type')).toEqual({ stringValue: 'cycle.busy' });
  expect(attributeOf('GET /api/broken', 'http.response.status_code')).toEqual({ intValue: 409 });
  expect(resourceSpans[0].resource.attributes).toContainEqual({
    ...{ key: 'service.version', value: { stringValue: '1.2.3' } },
  });
});

test('without a collector nothing is sent, and one that does not answer keeps nobody from stopping', async () => {
  bodies.length = 0;
  expect(await startTracing({}, '1.2.3')).toBeNull();
  expect((await app.request('/api/people/1')).status).toBe(200);
  expect(bodies).toEqual([]);
  await expect(startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, '1')).rejects.toThrow('config.otlp');
  const deaf = await startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }, '1');
  await app.request('/api/people/1');
  await deaf?.stop();
});
