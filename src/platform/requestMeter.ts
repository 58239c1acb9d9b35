import type { MiddlewareHandler } from 'hono';
import { type HengEnv, patternOf } from './http.ts';
import type { Family, Sample } from './prometheus.ts';

const boundsSeconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60] as const;
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

interface Series {
  readonly labels: { readonly method: string; readonly route: string; readonly status: string };
  readonly buckets: number[];
  sum: number;
  count: number;
}

/** How long this node took to answer, by route, method and status. Of routes there are as many as the server has. */
export class RequestMeter {
  private readonly series = new Map<string, Series>();

  readonly middleware: MiddlewareHandler<HengEnv> = async (c, next) => {
    const began = performance.now();
    await next();
    const method = methods.has(c.req.method) ? c.req.method : 'other';
    this.observe({ method, route: patternOf(c), status: String(c.res.status) }, (performance.now() - began) / 1000);
  };

  private observe(labels: Series['labels'], seconds: number): void {
    const key = Object.values(labels).join(' ');
    const series = this.series.get(key) ?? { labels, buckets: boundsSeconds.map(() => 0), sum: 0, count: 0 };
    this.series.set(key, series);
    for (const [at, bound] of boundsSeconds.entries())
      if (seconds <= bound) series.buckets[at] = (series.buckets[at] ?? 0) + 1;
    series.sum += seconds;
    series.count += 1;
  }

  family(): Family {
    return {
      ...{ name: 'heng_http_request_duration_seconds', type: 'histogram' },
      help: 'Time until an answer began, by route.',
      samples: [...this.series.values()].flatMap(({ labels, buckets, sum, count }): Sample[] => [
        ...boundsSeconds.map((bound, at) => ({
          ...{ suffix: '_bucket', labels: { ...labels, le: String(bound) }, value: buckets[at] ?? 0 },
        })),
        { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
        { suffix: '_sum', labels, value: sum },
        { suffix: '_count', labels, value: count },
      ]),
    };
  }
}
