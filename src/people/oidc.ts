import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Deps } from '../platform/http.ts';
import { getText, OutgoingFailure, postForm } from '../platform/outgoing.ts';
import { seal, sealedSchema, unseal } from '../platform/seal.ts';
import { type KeySet, keySetSchema, readIdToken, type TokenRefusal } from './idToken.ts';

/** The company's own sign-in (OpenID Connect), as the environment names it. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the provider sends people back to. */
  readonly redirectUri: string;
}

type OidcTrouble =
  /** The provider could not be reached, or its answers make no sense. */
  | 'provider'
  /** The attempt was not begun in this browser, or too long ago. */
  | 'state'
  /** The provider itself said no. */
  | 'declined'
  | TokenRefusal;
export class OidcFailure extends Error {
  constructor(
    readonly trouble: OidcTrouble,
    options?: { cause?: unknown },
  ) {
    super(trouble, options);
    this.name = 'OidcFailure';
  }
}

const address = z.url({ protocol: /^https?$/ });
const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});
type Discovery = z.infer<typeof discoverySchema>;
const tokensSchema = z.object({ id_token: z.string().max(20_000) });

/** What the browser keeps while its person is at the provider's: sealed, so that nobody reads or makes one up. */
const attemptSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  untilMs: z.number(),
});

export const attemptMinutes = 10;
const keptMs = 10 * 60 * 1000;
const limits = { headers: {}, timeoutMs: 10_000, bytesMax: 500_000 };

/** Authorization code with PKCE, state and nonce. Holds what it learnt of the provider for ten minutes. */
export class Oidc {
  #known: { readonly discovery: Discovery; readonly keys: KeySet['keys']; readonly untilMs: number } | null = null;

  constructor(
    private readonly deps: Pick<Deps, 'now'> & { readonly secret: string },
    private readonly settings: OidcSettings,
  ) {}

  /** Where to send the browser, and what it is to bring back. `next`: the page to open afterwards. */
  async begin(next: string): Promise<{ url: string; attempt: string }> {
    const { discovery } = await this.#provider(false);
    const [state, nonce, verifier] = [0, 1, 2].map(() => randomBytes(32).toString('base64url')) as [
      string,
      string,
      string,
    ];
    const url = new URL(discovery.authorization_endpoint);
    const asked = {
      response_type: 'code',
      client_id: this.settings.clientId,
      redirect_uri: this.settings.redirectUri,
      scope: 'openid email',
      ...{ state, nonce },
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    const untilMs = this.deps.now() + attemptMinutes * 60_000;
    const kept = { state, nonce, verifier, next, untilMs } satisfies z.infer<typeof attemptSchema>;
    const sealed = seal(JSON.stringify(kept), { ...this.#seal(), iv: randomBytes(12) });
    return { url: url.href, attempt: Buffer.from(JSON.stringify(sealed)).toString('base64url') };
  }

  /** Who came back, by the e-mail that the provider vouches for. Throws OidcFailure. */
  async finish(
    attempt: string | undefined,
    answer: { code?: string | undefined; state?: string | undefined; error?: string | undefined },
  ): Promise<{ email: string; next: string }> {
    const begun = this.#opened(attempt);
    if (!begun || begun.untilMs <= this.deps.now() || begun.state !== answer.state) throw new OidcFailure('state');
    if (answer.error !== undefined || answer.code === undefined) throw new OidcFailure('declined');
    const { discovery, keys } = await this.#provider(false);
    const token = await this.#idToken(discovery, answer.code, begun.verifier);
    const expected = { ...this.settings, nonce: begun.nonce, nowMs: this.deps.now() };
    let read = readIdToken(token, { ...expected, keys });
    if (read.kind === 'refused' && read.why === 'unknownKey') {
      // Providers change their keys; one more look, then it is nobody's.
      read = readIdToken(token, { ...expected, keys: (await this.#provider(true)).keys });
    }
    if (read.kind === 'refused') throw new OidcFailure(read.why);
    return { email: read.email, next: begun.next };
  }

  #seal() {
    return { secret: this.deps.secret, purpose: 'heng oidc attempt', place: this.settings.issuer } as const;
  }

  #opened(attempt: string | undefined): z.infer<typeof attemptSchema> | null {
    const sealed = sealedSchema.safeParse(jsonOf(Buffer.from(attempt ?? '', 'base64url').toString('utf8'))).data;
    const text = sealed ? unseal(sealed, this.#seal()) : null;
    return text === null ? null : attemptSchema.parse(JSON.parse(text));
  }

  async #provider(anew: boolean) {
    if (this.#known && !anew && this.#known.untilMs > this.deps.now()) return this.#known;
    const base = this.settings.issuer.replace(/\/$/, '');
    const discovery = await read(discoverySchema, () =>
      getText(new URL(`${base}/.well-known/openid-configuration`), limits),
    );
    // Section 4.3: who answers for another issuer is not the one that was configured.
    if (discovery.issuer !== this.settings.issuer) throw new OidcFailure('issuer');
    const { keys } = await read(keySetSchema, () => getText(new URL(discovery.jwks_uri), limits));
    this.#known = { discovery, keys, untilMs: this.deps.now() + keptMs };
    return this.#known;
  }

  async #idToken(discovery: Discovery, code: string, verifier: string): Promise<string> {
    const { clientId, clientSecret, redirectUri } = this.settings;
    const methods = discovery.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const basic = methods.includes('client_secret_basic');
    const pair = [clientId, clientSecret].map(encodeURIComponent).join(':');
    const form = {
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...{ code, ...(basic ? {} : { client_id: clientId, client_secret: clientSecret }) },
    };
    const headers = basic ? { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } : {};
    const tokens = await read(tokensSchema, () =>
      postForm(new URL(discovery.token_endpoint), { ...limits, headers, form }),
    );
    return tokens.id_token;
  }
}

async function read<Schema extends z.ZodType>(
  schema: Schema,
  ask: () => Promise<{ status: number; text: string }>,
): Promise<z.infer<Schema>> {
  const answer = await ask().catch((cause: unknown) => {
    throw cause instanceof OutgoingFailure ? new OidcFailure('provider', { cause }) : cause;
  });
  const parsed = schema.safeParse(jsonOf(answer.text));
  if (answer.status !== 200 || !parsed.success) throw new OidcFailure('provider');
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
