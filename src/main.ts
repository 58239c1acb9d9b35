import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { compress } from 'hono/compress';
import { appealedFindings } from './appealedFindings.ts';
import { fileBytesMax } from './appraisal/appeals/fileType.ts';
import { appealRoutes } from './appraisal/appeals/routes.ts';
import { assessmentRoutes } from './appraisal/assessments/routes.ts';
import { exportRoutes } from './appraisal/exports/routes.ts';
import { meetingRoutes } from './appraisal/meeting/routes.ts';
import { roundRoutes } from './appraisal/rounds/routes.ts';
import { cycleRoutes } from './appraisal/routes.ts';
import { cycleParts } from './cycleParts.ts';
import { describeApi } from './describeApi.ts';
import { erasureRoutes } from './erasure/routes.ts';
import { calendarRoutes } from './facts/routes.ts';
import type { Ingest } from './ingest/ingest.ts';
import { ingestRoutes } from './ingest/routes.ts';
import { signalRoutes } from './insights/routes.ts';
import type { LedgerSettings } from './ledger/keepLedger.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import { definitionRoutes } from './metrics/definitionRoutes.ts';
import { orderRoutes } from './metrics/orderRoutes.ts';
import { metricRoutes } from './metrics/routes.ts';
import { outcomeRoutes } from './outcomes/routes.ts';
import { identify } from './people/identify.ts';
import { auditLooks } from './people/looks.ts';
import type { OidcSettings } from './people/oidc.ts';
import { openPaths, peopleRoutes } from './people/routes.ts';
import type { SignIn } from './people/signIn.ts';
import { authenticate, type Deps, type HengApp, type HengEnv, createApp as newApp } from './platform/http.ts';
import { messages } from './platform/messages.ts';
import { requestIds } from './platform/requestId.ts';
import { RequestMeter } from './platform/requestMeter.ts';
import { limitBody, ownOriginOnly, securityHeaders } from './platform/security.ts';
import { staticFiles } from './platform/staticFiles.ts';
import { traceRequests } from './platform/traceRequests.ts';
import type { AssistantGiven } from './quality/assistant/assistantStore.ts';
import { qualityRoutes } from './quality/routes.ts';
import { inspectionRoutes } from './quality/rules/routes.ts';
import { reviewRoutes } from './review/routes.ts';
import { plansUsing } from './scores/plansUsing.ts';
import { scoresRoutes } from './scores/routes.ts';
import { ruleEvidenceOf } from './scores/ruleEvidenceStore.ts';
import { skillRoutes } from './skills/routes.ts';
import { telemetryRoute } from './telemetry.ts';

export interface AppOptions {
  readonly signIn: SignIn;
  readonly ingest: Ingest;
  /** What seals the key of a language model, and the endpoint where the environment names one. */
  readonly assistant: AssistantGiven;
  /** Where the ledger's key is and where its checkpoints go. */
  readonly ledger: LedgerSettings;
  /** The company's own sign-in, where there is one. */
  readonly oidc: OidcSettings | null;
  /** The address people type (`HENG_URL`); null when it is whatever the request says. */
  readonly publicUrl: string | null;
  /** True behind a proxy that sets X-Forwarded-For. */
  readonly trustProxy: boolean;
  /** What whoever reads figures of operation has to send; null: nobody may. */
  readonly metricsToken: string | null;
  /** The built pages; null serves the API alone. */
  readonly webDir: string | null;
  readonly version: string;
}

const oneMiB = 1024 * 1024;

/** The whole server without its socket: every feature's routes behind sign-in, origin check and limits, and the pages. */
export function createApp(deps: Deps, options: AppOptions): HengApp {
  const app = newApp({ log: deps.log, sentences: messages });

  const meter = new RequestMeter();
  app.use('*', requestIds(options));
  app.use('*', traceRequests);
  app.use('*', meter.middleware);
  app.use('*', securityHeaders({ secure: options.publicUrl?.startsWith('https:') ?? false }));
  app.use('*', async (c, next) => {
    c.set('address', addressOf(c, options.trustProxy));
    await next();
  });
  telemetryRoute(app, deps, meter, { token: options.metricsToken, version: options.version });
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    await deps.stores.postgres.query('SELECT 1');
    await deps.stores.clickhouse.all.query('SELECT 1 AS one');
    return c.json({ status: 'ready' });
  });

  app.use('/api/*', compress());
  app.use('/api/*', ownOriginOnly(options.publicUrl));
  const limited = limitBody(oneMiB);
  // Imports and uploads stream, and count their bytes themselves.
  const streams = /^\/api\/(?:ingest\/|uploads$)/;
  // Room for a file, and for saying kindly that one is too large.
  const attached = limitBody(2 * fileBytesMax);
  const files = /^\/api\/appeals\/\d+\/files$/;
  app.use('/api/*', (c, next) => {
    if (streams.test(c.req.path)) return next();
    return (files.test(c.req.path) ? attached : limited)(c, next);
  });
  const demandActor = authenticate((headers) => identify(deps, options.signIn, headers));
  const open = new Set([...openPaths, '/api/openapi.json']);
  app.use('/api/*', (c, next) => (open.has(c.req.path) ? next() : demandActor(c, next)));
  app.use('/api/*', auditLooks(deps));

  ingestRoutes(app, options.ingest);
  calendarRoutes(app, options.ingest);
  const { planOfReader, scoring } = scoresRoutes(app, deps);
  const cycles = cycleParts(deps);
  cycleRoutes(app, { ...scoring, log: deps.log, ...cycles });
  exportRoutes(app, { ...deps, decidedOutcomes: cycles.decidedOutcomes });
  metricRoutes(app, deps, planOfReader);
  signalRoutes(app, deps);
  inspectionRoutes(app, { ...deps, evidenceOfPlan: (of) => ruleEvidenceOf(deps.stores, of) });
  orderRoutes(app, deps);
  definitionRoutes(app, deps, plansUsing);
  qualityRoutes(app, deps, options.ingest, options.assistant);
  ledgerRoutes(app, { ...deps, ledger: options.ledger });
  assessmentRoutes(app, deps, options.ingest);
  appealRoutes(app, {
    ...{ ...deps, ingest: options.ingest, findings: appealedFindings(deps, options.ingest) },
    whenPublished: cycles.whenPublished,
  });
  outcomeRoutes(app, deps);
  roundRoutes(app, deps, options.ingest);
  meetingRoutes(app, deps);
  skillRoutes(app, deps);
  reviewRoutes(app, deps);
  peopleRoutes(app, deps, options.signIn, options.oidc);
  erasureRoutes(app, deps);

  // Made when somebody first asks: it takes longer than all the rest of the app.
  let document: ReturnType<typeof describeApi> | undefined;
  app.get('/api/openapi.json', (c) => {
    document ??= describeApi(app, options.version);
    return c.json(document);
  });
  app.all('/api/*', (c) => c.notFound());
  if (options.webDir !== null) app.use('*', staticFiles(options.webDir));
  return app;
}

/** Behind a trusted proxy the hop it saw, otherwise the socket's other end; a request without a socket is our own. */
function addressOf(c: Context<HengEnv>, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  if (forwarded) return forwarded;
  const bindings: unknown = c.env;
  const hasSocket = typeof bindings === 'object' && bindings !== null && 'incoming' in bindings;
  return (hasSocket ? getConnInfo(c).remote.address : undefined) ?? '127.0.0.1';
}
