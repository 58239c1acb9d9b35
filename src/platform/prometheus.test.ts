import { expect, it } from 'vitest';
import { prometheusText } from './prometheus.ts';

it('writes what Prometheus reads: text escaped, families without a figure left out', () => {
  const text = prometheusText([
    {
      ...{ name: 'a_total', help: 'one\nline \\', type: 'counter' },
      samples: [{ labels: { kind: 'a "b" \\ \n', other: '' }, value: 1.5 }, { value: Number.POSITIVE_INFINITY }],
    },
    { name: 'nothing', help: '', type: 'gauge', samples: [] },
  ]);
  expect(text).toBe(
    '# HELP a_total one\\nline \\\\\n# TYPE a_total counter\na_total{kind="a \\"b\\" \\\\ \\n",other=""} 1.5\na_total +Inf\n',
  );
});
