import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import pino from 'pino';
import { appealedFindings } from './appealedFindings.ts';
import { sendOverturned } from './appraisal/appeals/verbs/overturn.ts';
import { sendAssessments } from './appraisal/assessments/factsStore.ts';
import { sendFeedback } from './appraisal/rounds/roundFactsStore.ts';
import { readConfig } from './config.ts';
import { cycleParts } from './cycleParts.ts';
import { appealDemo } from './demoAppeals.ts';
import { assessDemo } from './demoAssessments.ts';
import { calibrateDemo } from './demoCalibration.ts';
import { showDemoCompany } from './demoCompany.ts';
import { moveDemoCycles } from './demoCycles.ts';
import { inspectDemo } from './demoInspections.ts';
import { reviewDemo } from './demoReviews.ts';
import { rateDemo } from './demoRounds.ts';
import { skillDemo } from './demoSkills.ts';
import { applyErasures } from './erasure/applyErasures.ts';
import { retainJob } from './erasure/nightly.ts';
import { factsAreOutdated } from './facts/factsDefinition.ts';
import { openIngest } from './ingest/ingest.ts';
import { signalsJob } from './insights/nightly.ts';
import { incidentsOver } from './inspectedIncidents.ts';
import { watchJobs } from './jobs.ts';
import { watchLedger } from './ledger/keepLedger.ts';
import { readLedgerSettings } from './ledger/ledgerSettings.ts';
import { loadDemo } from './loadDemo.ts';
import { createApp } from './main.ts';
import { agreeOnSecret } from './nodeSecret.ts';
import { sendImprovements } from './outcomes/factsStore.ts';
import { demandNotMoved } from './people/moved.ts';
import type { OidcSettings } from './people/oidc.ts';
import { readOidc } from './people/oidcSettings.ts';
import { firstAdministratorLink } from './people/oneTimeLink.ts';
import { openSignIn, type SignIn } from './people/signIn.ts';
import { deriveAfterCommit, deriveCommitted } from './pipeline.ts';
import { holding, isHeld } from './platform/advisoryLock.ts';
import type { Command, CommandContext, ExitCode } from './platform/command.ts';
import { makeDataDir } from './platform/dataDir.ts';
import { BadInput } from './platform/errors.ts';
import { type Deps, outline } from './platform/http.ts';
import { languageOf } from './platform/language.ts';
import type { Log } from './platform/log.ts';
import { outgoingUrl } from './platform/outgoing.ts';
import { showPresence } from './platform/presence.ts';
import { repeating } from './platform/repeating.ts';
import { currentRequest } from './platform/requestId.ts';
import { packageRoot } from './platform/root.ts';
import { openStores } from './platform/stores.ts';
import { startTracing } from './platform/tracing.ts';
import type { AssistantGiven } from './quality/assistant/assistantStore.ts';
import { sendRounds } from './quality/calibration/roundFactsStore.ts';
import { casesJob } from './quality/cases/verbs/nightlyCases.ts';
import { sendFacts } from './quality/inspections/factsStore.ts';
import { publishRubrics } from './quality/rubrics/publishTemplates.ts';
import { watchInspection } from './quality/rules/pass.ts';
import { publishShipped } from './quality/rules/verbs/publishShipped.ts';
import { measured } from './scores/measured.ts';
import { publishTemplates } from './scores/publishTemplates.ts';
import { askedToStop, drain, listen, patience } from './serve.ts';
import { startBanner, startWords } from './startWords.ts';
import { forgetUnfinishedBackup } from './upkeep/verbs/makeBackup.ts';
import { versionOf } from './version.ts';

export const command: Command = {
  name: 'start',
  summary: {
    zh: '启动服务；空的数据目录会先装入一家示例公司',
    en: 'start the server; an empty data directory first gets a made-up company',
  },
  usage: '[--port N] [--host ADDRESS] [--open] [--empty] [--demo-accounts]',
  details: {
    zh: [
      '--port N         端口（默认 7077，或 PORT）',
      '--host ADDRESS   监听地址（默认 127.0.0.1，或 HOST；对外提供服务时请放在 https 代理之后，并设 HENG_URL）',
      '--open           启动后打开浏览器',
      '--empty          不装示例公司，用于自己的数据：heng start --data 目录 --empty',
      '--demo-accounts  给示例公司的演示账号换新密码并打印',
      '环境变量 HENG_URL（对外地址）、HENG_SECRET（会话签名密钥）、HENG_TRUST_PROXY=1（信任代理的 X-Forwarded-For）、',
      '  HENG_METRICS_TOKEN（开放 /metrics 给 Prometheus）、',
      '  HENG_OIDC_ISSUER、HENG_OIDC_CLIENT_ID、HENG_OIDC_CLIENT_SECRET（公司统一登录，可不用），',
      '  HENG_ASSISTANT_URL、HENG_ASSISTANT_MODEL、HENG_ASSISTANT_KEY（语言模型，可不用）、',
      '  HENG_LEDGER_KEY、HENG_LEDGER_ANCHOR（账本，见 heng ledger --help）',
    ],
    en: [
      '--port N         port (default 7077, or PORT)',
      '--host ADDRESS   address to listen on (default 127.0.0.1, or HOST; for others, behind an https proxy with HENG_URL set)',
      '--open           open the browser',
      '--empty          no made-up company, for your own data: heng start --data DIR --empty',
      '--demo-accounts  give the demo accounts new passwords and print them',
      'Environment: HENG_URL (public address), HENG_SECRET (signs sessions), HENG_TRUST_PROXY=1 (believe X-Forwarded-For),',
      '  HENG_METRICS_TOKEN (opens /metrics to Prometheus),',
      '  HENG_OIDC_ISSUER, HENG_OIDC_CLIENT_ID, HENG_OIDC_CLIENT_SECRET (the company’s own sign-in, optional),',
      '  HENG_ASSISTANT_URL, HENG_ASSISTANT_MODEL, HENG_ASSISTANT_KEY (a language model, optional),',
      '  HENG_LEDGER_KEY, HENG_LEDGER_ANCHOR (the ledger, see heng ledger --help)',
    ],
  },
  positionals: 0,
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    open: { type: 'boolean' },
    empty: { type: 'boolean' },
    'demo-accounts': { type: 'boolean' },
  },
  run: start,
};

async function start(context: CommandContext): Promise<ExitCode> {
  const { values, env, dataDir, timeZone, now } = context;
  const { host, port, publicUrl, secret, endpoint, metricsToken, oidc } = readSettings(context);
  const words = startWords[languageOf(env)];
  makeDataDir(dataDir);
  const log = openLog(dataDir);
  const stop = askedToStop();
  const tracing = await startTracing(env, versionOf());

  context.progress(words.starting);
  const stores = await openStores({ dataDir, env, log, command: 'heng start', exclusive: true });
  const undo = [async () => tracing?.stop(), () => stores.close()];
  try {
    const deps: Deps = { stores, now, timeZone, log };
    const sealing = secret ?? ownSecret(dataDir);
    const ledger = readLedgerSettings(env);
    // One node after the other: each finds whole what the one before it made.
    const preparing = holding(stores.postgres, 'starting', 'wait', async () => {
      await demandNotMoved(stores.postgres);
      await agreeOnSecret(stores, sealing);
      const signIn = await openSignIn(deps, { secret: sealing, publicUrl });
      const prepared = await prepare(context, deps, signIn, words);
      const isFirst = !(await isHeld(stores.postgres, 'nodes'));
      return { ...prepared, signIn, isFirst, presence: await showPresence(stores.postgres, log, 'nodes') };
    });
    // A load that is interrupted is finished at the next start.
    const ready = await Promise.race([preparing, stop]);
    if (!ready) {
      preparing.then(
        ({ presence }) => presence.stop(),
        () => undefined,
      );
      return 1;
    }
    undo.push(() => ready.presence.stop());
    const { demo, ingest, sendUnsent, isFirst, signIn } = ready;
    const app = createApp(deps, {
      ...{ signIn, ingest, publicUrl, oidc, ledger, trustProxy: env.HENG_TRUST_PROXY === '1' },
      ...{ webDir: join(packageRoot, 'dist/web'), version: versionOf(), assistant: { secret: sealing, endpoint } },
      metricsToken,
    });
    const server = createServer(patience, getRequestListener(app.fetch));
    const address = await listen(server, host, port);
    const url =
      publicUrl ?? `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : bracketed(host)}:${address.port}`;
    // A further node's link would void the one that the first has printed.
    const first = isFirst ? await firstAdministratorLink(deps) : null;
    const started = { url, firstAdministrator: first ? url + first.link : null, ...demo };
    context.out({ dataDir, ...started }, startBanner(languageOf(env), started));
    if (values.open === true) openBrowser(started.firstAdministrator ?? url);

    // What a crash interrupted goes on beside the requests: it waits for the disk.
    applyErasures(deps).catch((cause: unknown) => log.error(outline(cause), 'an erasure is not finished'));
    const jobs = watchJobs(deps, [signalsJob, casesJob, retainJob]);
    const keeping = watchLedger({ ...deps, ledger });
    const inspection = watchInspection(deps, incidentsOver(ingest));
    const unsent = repeating(sendEveryMs, sendUnsent, (cause) => log.error(outline(cause), 'rows could not be sent'));

    await stop;
    context.progress(words.stopping);
    await drain(server);
    await unsent.stop();
    await jobs.stop();
    await inspection.stop();
    await keeping.stop();
    await ingest.close();
    return 0;
  } finally {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  }
}

/** How soon what a node that died had not sent yet goes out from another. */
const sendEveryMs = 10_000;

/** Brings an installation to where people can work with it. Whoever calls holds the lock under which nodes start. */
async function prepare(
  { values, progress }: CommandContext,
  deps: Deps,
  signIn: SignIn,
  words: (typeof startWords)[keyof typeof startWords],
) {
  const { stores, log } = deps;
  await forgetUnfinishedBackup(stores);
  await publishTemplates(deps);
  await publishRubrics(deps);
  await publishShipped(deps);
  const demo = await showDemoCompany(deps, signIn, {
    empty: values.empty === true,
    renewAccounts: values['demo-accounts'] === true,
    load: (company) => loadDemo(deps, { ...company, onProgress: (phase) => progress(words[phase]) }),
  });
  if (await factsAreOutdated(stores.clickhouse)) {
    progress(words.deriving);
    await deriveCommitted(deps);
  }
  const ingest = await openIngest(deps, deriveAfterCommit(deps));
  const { whenPublished } = cycleParts(deps);
  const appealing = { ...deps, ingest, findings: appealedFindings(deps, ingest), whenPublished };
  const sendUnsent = async (): Promise<void> => {
    await sendFacts(deps, ingest);
    await sendRounds(deps, ingest);
    await sendAssessments(deps, ingest);
    await sendFeedback(deps, ingest);
    await sendOverturned(appealing);
    await sendImprovements(deps, ingest);
  };
  await sendUnsent();
  if (demo.demo) {
    await inspectDemo(deps, ingest);
    await calibrateDemo(deps, ingest);
    await assessDemo(deps, ingest);
    await rateDemo(deps, ingest);
    await moveDemoCycles({ ...measured(deps), log, ...cycleParts(deps) });
    await appealDemo(appealing);
    await skillDemo(deps);
    await reviewDemo(deps);
  }
  return { demo, ingest, sendUnsent };
}

function openLog(dataDir: string): Log {
  const file = pino.destination({ dest: join(dataDir, 'heng.log'), append: true, mode: 0o600 });
  // What cannot be logged (the disk is full) is lost to the log, and no reason to end.
  file.on('error', () => undefined);
  return pino({ level: 'info', mixin: () => ({ requestId: currentRequest() }) }, file);
}

interface Settings {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  readonly secret: string | null;
  readonly endpoint: AssistantGiven['endpoint'];
  readonly metricsToken: string | null;
  readonly oidc: OidcSettings | null;
}

function readSettings({ values, env }: CommandContext): Settings {
  const port = typeof values.port === 'string' ? values.port : env.PORT;
  const config = readConfig({ ...env, ...(port === undefined ? {} : { PORT: port }) });
  const publicUrl = env.HENG_URL ?? null;
  if (publicUrl !== null && !/^https?:$/.test(URL.canParse(publicUrl) ? new URL(publicUrl).protocol : '')) {
    throw new BadInput('config.url', { value: publicUrl });
  }
  const metricsToken = env.HENG_METRICS_TOKEN ?? null;
  if (metricsToken !== null && metricsToken.length < 16) throw new BadInput('config.metricsToken');
  const secret = env.HENG_SECRET ?? null;
  if (secret !== null && secret.length < 32) throw new BadInput('config.secret');
  const origin = publicUrl === null ? null : new URL(publicUrl).origin;
  return {
    host: typeof values.host === 'string' ? values.host : config.host,
    port: config.port,
    publicUrl: origin,
    secret,
    endpoint: readEndpoint(env),
    metricsToken,
    oidc: readOidc(env, origin),
  };
}

/** The language model's endpoint, where the environment names one; whether it is used, an administrator decides. */
function readEndpoint(env: NodeJS.ProcessEnv): AssistantGiven['endpoint'] {
  const [baseUrl, model, key] = [env.HENG_ASSISTANT_URL, env.HENG_ASSISTANT_MODEL, env.HENG_ASSISTANT_KEY];
  if (!baseUrl) return null;
  if (!outgoingUrl(baseUrl)) throw new BadInput('config.assistantUrl');
  if (!model) throw new BadInput('config.assistantModel');
  return { baseUrl, model, key: key?.trim() || null };
}

/** The key that signs session cookies, made once and kept beside the data, not in the database it protects. */
function ownSecret(dataDir: string): string {
  const path = join(dataDir, 'secret');
  if (!existsSync(path)) writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  return readFileSync(path, 'utf8').trim();
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function openBrowser(url: string): void {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  // A machine without a browser still serves: the address is on the screen.
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
