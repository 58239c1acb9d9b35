import { createRoute, z } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../platform/http.ts';
import { orderListSchema, orderPageSchema, verdictSwitchSchema } from './orderSchemas.ts';
import { compareVerdicts } from './verbs/compareVerdicts.ts';
import { listOrders } from './verbs/listOrders.ts';
import { readOrder } from './verbs/readOrder.ts';

const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const place = z.string().max(200).optional();
const options = z.string().max(100);

/** Orders, whom each rule credits with them, and what another rule would change. */
export function orderRoutes(app: HengApp, deps: Deps): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/orders',
      request: {
        query: z.object({
          period: z.string(),
          agent: place,
          team: place,
          shop: place,
          cursor: z.string().max(600).default(''),
        }),
      },
      responses: json(orderListSchema, 'Orders of a period, those on which the verdict rules differ first'),
    }),
    async (c) => c.json(await listOrders(deps, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/orders/{id}',
      request: { params: z.object({ id: z.string().min(1).max(500) }) },
      responses: json(orderPageSchema, 'An order, what led to it and every verdict about it'),
    }),
    async (c) => c.json(await readOrder(deps, c.var.actor, { orderId: c.req.valid('param').id }), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/verdict-switch',
      request: {
        query: z.object({
          period: z.string(),
          before: options.default('verdict=order'),
          after: options.default('verdict=payment'),
        }),
      },
      responses: json(verdictSwitchSchema, 'Whose figures change with the verdict rule, and by how much'),
    }),
    async (c) => c.json(await compareVerdicts(deps, c.var.actor, c.req.valid('query')), 200),
  );
}
