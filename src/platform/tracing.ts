import { setTimeout as sleep } from 'node:timers/promises';
import { type Attributes, context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { BadInput, HengError } from './errors.ts';

/**
 * Does something as a span of the trace that it belongs to. Nothing but names, kinds and codes may go into one: a collector is outside.
 * Where no collector was named it only does it.
 */
export function inSpan<Result>(
  name: string,
  { kind = SpanKind.INTERNAL, ...attributes }: Attributes & { readonly kind?: SpanKind },
  work: () => Promise<Result>,
): Promise<Result> {
  return trace.getTracer('heng').startActiveSpan(name, { kind, attributes }, async (span) => {
    try {
      return await work();
    } catch (cause) {
      failed(span, cause instanceof HengError ? cause.code : cause instanceof Error ? cause.name : 'unknown');
      throw cause;
    } finally {
      span.end();
    }
  });
}

/** Marks a span as failed, by a code or a class: messages may quote what they failed on. */
export function failed(span: Span, type: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

const stopMs = 2_000;

/**
 * Sends spans to the OpenTelemetry collector that OTEL_EXPORTER_OTLP_ENDPOINT names, by OTLP over HTTP as JSON; null without one. The
 * standard's other variables (headers, time-outs, OTEL_SERVICE_NAME) hold too. Throws BadInput `config.otlp`.
 */
export async function startTracing(env: NodeJS.ProcessEnv, version: string): Promise<{ stop(): Promise<void> } | null> {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT?.trim();
  if (!endpoint) return null;
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) throw new BadInput('config.otlp');
  // Only who traces loads what traces.
  const [{ BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }, core, contexts] =
    await Promise.all([
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/core'),
      import('@opentelemetry/context-async-hooks'),
    ]);
  const url = `${endpoint.endsWith('/') ? endpoint.slice(0, -1) : endpoint}/v1/traces`;
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': env.OTEL_SERVICE_NAME ?? 'heng',
      'service.version': version,
    }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new contexts.AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  return {
    async stop() {
      // A collector that does not answer is tried again for long, and keeps nobody from stopping.
      await Promise.race([provider.shutdown().catch(() => undefined), sleep(stopMs, undefined, { ref: false })]);
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}
