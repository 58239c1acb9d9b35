import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { HengEnv } from '../platform/http.ts';
import { addressHeader } from './signIn.ts';

/** What the routes of people say of themselves. */
export const nothing = { 204: { description: 'Done' } } as const;

export function taking<Schema extends z.ZodType>(schema: Schema) {
  return { body: { required: true, content: { 'application/json': { schema } } } } as const;
}

export function giving<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { 200: { description, content: { 'application/json': { schema } } } } as const;
}

/** The headers of the browser that asks, with the address as we know it, for whoever opens a session for it. */
export function browserOf(c: Context<HengEnv>): Headers {
  const headers = new Headers(c.req.raw.headers);
  headers.set(addressHeader, c.var.address);
  return headers;
}

export function setCookies(c: Context<HengEnv>, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true });
}
