import { z } from 'zod';
import { setting, writeSetting } from '../../people/store.ts';
import { outgoingUrl } from '../../platform/outgoing.ts';
import { type Seal, sealedSchema, unseal } from '../../platform/seal.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { promptVersion } from './prompt.ts';
import { changeAssistantSchema, thresholdMin } from './schemas.ts';

/** A key opens only for the endpoint that it was given for. */
export const sealOf = (secret: string, url: URL): Seal => ({
  secret,
  purpose: 'heng assistant key',
  place: url.origin,
});

/** What the installation gives: the secret that seals the key, and where the environment names an endpoint, that. */
export interface AssistantGiven {
  readonly secret: string;
  readonly endpoint: { readonly baseUrl: string; readonly model: string; readonly key: string | null } | null;
}

const name = 'assistant';
const keptSchema = changeAssistantSchema.omit({ key: true }).extend({
  key: sealedSchema.nullable(),
  // What was kept while lower ones were taken.
  threshold: z.number().transform((kept) => Math.max(kept, thresholdMin)),
});
export type KeptAssistant = z.infer<typeof keptSchema>;

/** Off, and asking for much agreement before it assists, until an administrator says otherwise. */
const standard: KeptAssistant = {
  ...{ on: false, baseUrl: '', model: '', key: null, budgetKind: 'calls', budget: 1000, perMinute: 20 },
  ...{ timeoutSeconds: 60, threshold: 0.667, sharedMin: 30 },
};

export async function keptAssistant(postgres: Queryable): Promise<KeptAssistant> {
  const kept = await setting(postgres, name);
  return kept === null ? standard : keptSchema.parse(kept);
}

export const keepAssistant = (postgres: Queryable, kept: KeptAssistant): Promise<void> =>
  writeSetting(postgres, name, kept);

export interface Endpoint {
  readonly url: URL;
  readonly model: string;
  readonly key: string | null;
  /** Endpoint, model and version of the instructions: agreement is measured for this and nothing else. */
  readonly identity: string;
}

export interface Assistant {
  readonly kept: KeptAssistant;
  readonly baseUrl: string;
  readonly model: string;
  readonly key: 'none' | 'kept' | 'lost';
  /** null where nothing usable is configured. */
  readonly endpoint: Endpoint | null;
}

/** The settings in force: the environment's endpoint where it names one, else the one kept; the limits are always the kept ones. */
export async function currentAssistant(postgres: Queryable, given: AssistantGiven): Promise<Assistant> {
  const kept = await keptAssistant(postgres);
  const { baseUrl, model } = given.endpoint ?? kept;
  const url = outgoingUrl(baseUrl);
  const opened =
    given.endpoint?.key ?? (given.endpoint || !kept.key || !url ? null : unseal(kept.key, sealOf(given.secret, url)));
  const key = opened !== null ? 'kept' : !given.endpoint && kept.key ? 'lost' : 'none';
  if (!url || model === '' || key === 'lost') return { kept, baseUrl, model, key, endpoint: null };
  const path = url.pathname.replace(/(?<!\/)\/+$/, '');
  const identity = `${url.origin}${path} ${model} · ${promptVersion}`;
  return {
    ...{ kept, baseUrl, model, key },
    endpoint: { url: new URL(`${path}/chat/completions`, url), model, key: opened, identity },
  };
}
