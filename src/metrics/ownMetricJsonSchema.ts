import { z } from 'zod';
import { ownMetricSchema } from './ownMetricSchema.ts';

/** The published JSON Schema of metrics of one's own (metrics/metric.schema.json), for editors and other programs. */
export function ownMetricJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(ownMetricSchema, { io: 'input' });
}
