import { describe, expect, it } from 'vitest';
import { readMetricRequest } from './catalogue.ts';
import { platformsOf, presets, requestsUnder } from './presets.ts';

describe('platform presets', () => {
  it.each(presets.flatMap(({ id, metrics }) => metrics.map(({ request }) => [id, request])))(
    '%s: %s is a request that the catalogue answers',
    (_, request) => {
      expect(readMetricRequest(request).text).toBe(request);
    },
  );

  it('say why and where it is said, in both languages', () => {
    for (const { id, metrics, lacks } of presets) {
      expect(metrics.length + lacks.length, id).toBeGreaterThan(0);
      for (const { why, source } of metrics)
        expect([why.zh, why.en, source].every((text) => text.length > 2)).toBe(true);
    }
  });

  it('give each metric at most one reading a platform', () => {
    for (const { metrics } of presets) {
      const ids = metrics.map(({ request }) => request.split(':')[0]);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('fill in the platform’s options, and keep those that the asker names', () => {
    expect(requestsUnder('taobao', ['avg_response_seconds', 'reply_3min_rate:within=60'])).toEqual([
      'avg_response_seconds:cap=600',
      'reply_3min_rate:within=60',
    ]);
    expect(requestsUnder('douyin', null)).toEqual(['reply_3min_rate:within=180:clock=customer:hours=8to23']);
    expect(platformsOf('avg_response_seconds').map(({ preset }) => preset)).toEqual(['taobao', 'chatwoot']);
  });

  it('refuse an unknown platform, and a metric that a platform does not count', () => {
    expect(() => requestsUnder('amazon', null)).toThrowError(/metric.presetUnknown/);
    expect(() => requestsUnder('jd', ['nps'])).toThrowError(/metric.presetLacks/);
  });
});
