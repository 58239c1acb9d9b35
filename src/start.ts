import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
import { firstAdministratorLink } from './people/oneTimeLink.ts';
import { openSignIn } from './people/signIn.ts';
import { deriveAfterCommit, deriveCommitted } from './pipeline.ts';
import type { Command, CommandContext, ExitCode } from './platform/command.ts';
import { BadInput } from './platform/errors.ts';
import { type Deps, outline } from './platform/http.ts';
import { languageOf } from './platform/language.ts';
import type { Log } from './platform/log.ts';
import { outgoingUrl } from './platform/outgoing.ts';
import { packageRoot } from './platform/root.ts';
import { openStores } from './platform/stores.ts';
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
      '  HENG_ASSISTANT_URL, HENG_ASSISTANT_MODEL, HENG_ASSISTANT_KEY (a language model, optional),',
      '  HENG_LEDGER_KEY, HENG_LEDGER_ANCHOR (the ledger, see heng ledger --help)',
    ],
  },
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
  const { host, port, publicUrl, secret, endpoint } = readSettings(context);
  const words = startWords[languageOf(env)];
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const log = openLog(dataDir);
  const stop = askedToStop();

  context.progress(words.starting);
  const stores = await openStores({ dataDir, env, log, command: 'heng start', exclusive: true });
  try {
    const deps: Deps = { stores, now, timeZone, log };
    const sealing = secret ?? ownSecret(dataDir);
    const signIn = await openSignIn(deps, { secret: sealing, publicUrl });
    await forgetUnfinishedBackup(stores);
    await publishTemplates(deps);
    await publishRubrics(deps);
    await publishShipped(deps);
    const shown = showDemoCompany(deps, signIn, {
      empty: values.empty === true,
      renewAccounts: values['demo-accounts'] === true,
      load: (company) => loadDemo(deps, { ...company, onProgress: (phase) => context.progress(words[phase]) }),
    });
    // A load that is interrupted is finished at the next start.
    const demo = await Promise.race([shown, stop]);
    if (!demo) {
      shown.catch(() => undefined);
      return 1;
    }
    if (await factsAreOutdated(stores.clickhouse)) {
      context.progress(words.deriving);
      await deriveCommitted(deps);
    }
    const ingest = await openIngest(deps, deriveAfterCommit(deps));
    await sendFacts(deps, ingest);
    await sendRounds(deps, ingest);
    await sendAssessments(deps, ingest);
    await sendFeedback(deps, ingest);
    const { whenPublished } = cycleParts(deps);
    const appealing = { ...deps, ingest, findings: appealedFindings(deps, ingest), whenPublished };
    await sendOverturned(appealing);
    if (demo.demo) {
      await inspectDemo(deps, ingest);
      await assessDemo(deps, ingest);
      await rateDemo(deps, ingest);
      await moveDemoCycles({ ...measured(deps), log, ...cycleParts(deps) });
      await appealDemo(appealing);
      await skillDemo(deps);
      await reviewDemo(deps);
    }
    const ledger = readLedgerSettings(env);
    const app = createApp(deps, {
      ...{ signIn, ingest, publicUrl, ledger, trustProxy: env.HENG_TRUST_PROXY === '1' },
      ...{ webDir: join(packageRoot, 'dist/web'), version: versionOf(), assistant: { secret: sealing, endpoint } },
    });
    const server = createServer(patience, getRequestListener(app.fetch));
    const address = await listen(server, host, port);
    const url =
      publicUrl ?? `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : bracketed(host)}:${address.port}`;
    const first = await firstAdministratorLink(deps);
    const started = { url, firstAdministrator: first ? url + first.link : null, ...demo };
    context.out({ dataDir, ...started }, startBanner(languageOf(env), started));
    if (values.open === true) openBrowser(started.firstAdministrator ?? url);

    // What a crash interrupted goes on beside the requests: it waits for the disk.
    applyErasures(deps).catch((cause: unknown) => log.error(outline(cause), 'an erasure is not finished'));
    const jobs = watchJobs(deps, [signalsJob, casesJob, retainJob]);
    const keeping = watchLedger({ ...deps, ledger });
    const inspection = watchInspection(deps, incidentsOver(ingest));

    await stop;
    context.progress(words.stopping);
    await drain(server);
    await jobs.stop();
    await inspection.stop();
    await keeping.stop();
    await ingest.close();
    return 0;
  } finally {
    await stores.close();
  }
}

function openLog(dataDir: string): Log {
  const file = pino.destination({ dest: join(dataDir, 'heng.log'), append: true, mode: 0o600 });
  // What cannot be logged (the disk is full) is lost to the log, and no reason to end.
  file.on('error', () => undefined);
  return pino({ level: 'info' }, file);
}

interface Settings {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  readonly secret: string | null;
  readonly endpoint: AssistantGiven['endpoint'];
}

function readSettings({ values, env }: CommandContext): Settings {
  const port = typeof values.port === 'string' ? values.port : env.PORT;
  const config = readConfig({ ...env, ...(port === undefined ? {} : { PORT: port }) });
  const publicUrl = env.HENG_URL ?? null;
  if (publicUrl !== null && !/^https?:$/.test(URL.canParse(publicUrl) ? new URL(publicUrl).protocol : '')) {
    throw new BadInput('config.url', { value: publicUrl });
  }
  const secret = env.HENG_SECRET ?? null;
  if (secret !== null && secret.length < 32) throw new BadInput('config.secret');
  return {
    host: typeof values.host === 'string' ? values.host : config.host,
    port: config.port,
    publicUrl: publicUrl === null ? null : new URL(publicUrl).origin,
    secret,
    endpoint: readEndpoint(env),
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
