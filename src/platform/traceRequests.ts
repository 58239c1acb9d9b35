import { propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import type { MiddlewareHandler } from 'hono';
import { type HengEnv, patternOf } from './http.ts';
import { failed } from './tracing.ts';

/** Each request as a span, by its route as it was written: what stands in the address names sessions and people. */
export const traceRequests: MiddlewareHandler<HengEnv> = (c, next) => {
  const caller = propagation.extract(ROOT_CONTEXT, Object.fromEntries(c.req.raw.headers));
  const options = { kind: SpanKind.SERVER, attributes: { 'http.request.method': c.req.method } };
  return trace.getTracer('heng').startActiveSpan('request', options, caller, async (span) => {
    await next();
    const route = patternOf(c);
    span.updateName(`${c.req.method} ${route}`);
    span.setAttributes({ 'http.route': route, 'http.response.status_code': c.res.status });
    if (c.var.requestId !== undefined) span.setAttribute('heng.request_id', c.var.requestId);
    if (c.res.status >= 500) failed(span, String(c.res.status));
    span.end();
  });
};
