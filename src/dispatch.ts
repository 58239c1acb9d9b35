import { parseArgs } from 'node:util';
import pino from 'pino';
import { readConfig } from './config.ts';
import { demandNotMoved } from './people/moved.ts';
import { closestTo } from './platform/closest.ts';
import type { Command, CommandContext, ExitCode } from './platform/command.ts';
import { BadInput, HengError, Unavailable } from './platform/errors.ts';
import { errorBody, outline } from './platform/http.ts';
import { type Language, languageOf } from './platform/language.ts';
import type { Holder } from './platform/lock.ts';
import { messages } from './platform/messages.ts';
import { postgresOutage } from './platform/outage.ts';
import { showPresence } from './platform/presence.ts';
import { sentenceOf } from './platform/sentences.ts';
import { type OpenOptions, type OpenStores, openStores } from './platform/stores.ts';
import { versionOf } from './version.ts';

/** What the command line talks to: the process's own streams, or a test's. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  out(text: string): void;
  err(text: string): void;
}

/** Runs one command line without the program's name. Every failure is printed, none is thrown. */
export async function dispatch(
  argv: readonly string[],
  terminal: Terminal,
  commands: readonly Command[],
): Promise<ExitCode> {
  const [name, ...rest] = argv;
  const json = argv.includes('--json');
  try {
    if (name === undefined) throw new BadInput('command.missing');
    if (name === '--version') {
      terminal.out(versionOf());
      return 0;
    }
    if (name === '--help' || name === '-h' || name === 'help') return helpOf(rest[0] ?? null, terminal, commands);
    const command = commands.find((each) => each.name === name);
    if (!command) throw unknownCommand(name, commands);
    return await run(command, rest, terminal);
  } catch (error) {
    return report(error, json, terminal);
  }
}

async function run(command: Command, argv: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readOptions(command, argv);
  if (values.help === true) return helpOf(command.name, terminal, [command]);
  refuseTooManyWords(command, positionals);
  const json = values.json === true;
  const config = readConfig(terminal.env, { data: typeof values.data === 'string' ? values.data : undefined });
  let opened: Promise<OpenStores> | undefined;
  const context: CommandContext = {
    args: positionals,
    values,
    json,
    dataDir: config.dataDir,
    env: terminal.env,
    timeZone: config.timeZone,
    now: Date.now,
    stores() {
      opened ??= openForWork({ dataDir: config.dataDir, env: terminal.env, command: `heng ${command.name}` });
      return opened;
    },
    out(document, text) {
      terminal.out(json || text === undefined ? JSON.stringify(document, null, json ? 0 : 2) : text);
    },
    async outLines(lines) {
      for await (const line of lines) terminal.out(line);
    },
    progress(text) {
      terminal.err(text);
    },
  };
  const close = async () => (await opened)?.close();
  const interrupted = (signal: NodeJS.Signals) => {
    if (!opened) process.exit(signal === 'SIGINT' ? 130 : 143);
    void close().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  // `start` stops by its own rules: it first finishes what it has accepted.
  if (command.name !== 'start') for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  try {
    return await command.run(context);
  } catch (error) {
    // Whatever failed when the engines went is told by what went; what was wrong anyway is told as it is.
    const gone = error instanceof HengError && !(error instanceof Unavailable) ? null : (await opened)?.enginesGone();
    throw gone ?? error;
  } finally {
    await (await opened)?.othersEnded((others) => tellOthers(others, terminal));
    await close();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupted);
  }
}

function tellOthers(others: readonly Holder[], terminal: Terminal): void {
  const language = languageOf(terminal.env);
  const commands = others.map(({ command, pid }) => `${command} ${pid}`).join(language === 'zh' ? '、' : ', ');
  terminal.err(sentenceOf({ code: 'dataDir.othersAttached', params: { commands } }, messages)[language]);
}

/** The stores of an installation that is not moving, nor begins to while the command is at work. */
async function openForWork(options: OpenOptions): Promise<OpenStores> {
  const log = pino({ level: 'warn' }, pino.destination(2));
  const stores = await openStores({ ...options, log });
  const undo = [() => stores.close()];
  const close = async (): Promise<void> => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const presence = await showPresence(stores.postgres, log, 'commands');
    undo.push(() => presence.stop());
    await demandNotMoved(stores.postgres);
    return { ...stores, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

function readOptions(command: Command, argv: string[]) {
  const options: Command['options'] = { ...command.options, ...commonOptions };
  // Not strictly: what Node says of a wrong option exists in English only, and its one code means either of two.
  const read = parseArgs({ args: argv, options, allowPositionals: true, strict: false, tokens: true });
  for (const token of read.tokens) {
    if (token.kind !== 'option') continue;
    const code = optionProblem(token, Object.hasOwn(options, token.name) ? options[token.name]?.type : undefined);
    if (code) throw new BadInput(code, { command: command.name, option: token.rawName });
  }
  return read;
}

/** What Node's strict reading refuses: a value may begin with a dash only after an equals sign, lest it be an option. */
function optionProblem(
  { value, inlineValue }: { value: string | undefined; inlineValue: boolean | undefined },
  type: 'string' | 'boolean' | undefined,
): string | null {
  if (type === undefined) return 'command.optionUnknown';
  if (type === 'boolean') return value === undefined ? null : 'command.optionTakesNoValue';
  const isNextOption = inlineValue !== true && value !== undefined && /^-./.test(value);
  return value === undefined || isNextOption ? 'command.optionNeedsValue' : null;
}

/** A word that nobody reads would pass for one that was heeded: `cycle close 2026-10 2026-11` closes one month. */
function refuseTooManyWords({ name, positionals }: Command, words: readonly string[]): void {
  const [action = ''] = words;
  const most =
    typeof positionals === 'number'
      ? positionals
      : 1 + (Object.hasOwn(positionals, action) ? (positionals[action] ?? 0) : Number.POSITIVE_INFINITY);
  const surplus = words[most];
  if (surplus !== undefined) throw new BadInput('command.tooManyWords', { command: name, word: surplus.slice(0, 40) });
}

const commonOptions = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function unknownCommand(name: string, commands: readonly Command[]): BadInput {
  const near = closestTo(
    name,
    commands.map((command) => command.name),
  );
  return new BadInput(near ? 'command.unknownNear' : 'command.unknown', { command: name, ...(near ? { near } : {}) });
}

/** Wrong use is the caller's mistake and exits 2; everything else that fails exits 1. */
function report(thrown: unknown, json: boolean, terminal: Terminal): 1 | 2 {
  const error = (thrown instanceof Error && postgresOutage(thrown)) || thrown;
  const language = languageOf(terminal.env);
  const known = error instanceof HengError;
  if (json) {
    const body = known ? errorBody(error, messages) : { error: { code: 'internal', params: outline(error) } };
    terminal.err(JSON.stringify(body));
  } else if (known) {
    terminal.err(sentenceOf(error, messages)[language]);
    if ('issues' in error && Array.isArray(error.issues)) {
      for (const issue of error.issues) terminal.err(`  ${issue.path}: ${issueText(issue, language)}`);
    }
    if (error instanceof BadInput) terminal.err(hint[language]);
  } else {
    terminal.err(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return error instanceof BadInput ? 2 : 1;
}

/** Plans bring their own sentence per issue; other issues have one by their code. */
function issueText(
  issue: { code: string; message?: unknown; params?: Record<string, string | number> },
  language: Language,
): string {
  const own = issue.message;
  if (typeof own === 'object' && own !== null && language in own) return String(Object(own)[language]);
  return sentenceOf({ code: issue.code, params: issue.params ?? {} }, messages)[language];
}

const hint: Readonly<Record<Language, string>> = { zh: '用法见 heng --help', en: 'See heng --help' };

function helpOf(name: string | null, terminal: Terminal, commands: readonly Command[]): ExitCode {
  const command = commands.find((each) => each.name === name);
  if (name !== null && !command) throw unknownCommand(name, commands);
  const lines = command ? helpOfCommand(command) : helpOfAll(commands);
  terminal.out(lines.join('\n'));
  return 0;
}

function helpOfAll(commands: readonly Command[]): string[] {
  const width = Math.max(...commands.map((command) => command.name.length)) + 2;
  return [
    '衡 Heng：客服考核 · appraisal of customer-service work',
    '',
    '用法 Usage: heng COMMAND [--data DIR] [--json] [--help]',
    '',
    '命令：',
    ...commands.map((command) => `  ${command.name.padEnd(width)}${command.summary.zh}`),
    '',
    'Commands:',
    ...commands.map((command) => `  ${command.name.padEnd(width)}${command.summary.en}`),
    '',
    '--data DIR  数据目录（默认 ~/.heng，或 HENG_DATA）· data directory (default ~/.heng, or HENG_DATA)',
    '--json      标准输出只有一个 JSON 文档 · one JSON document on standard output',
    '--help      本命令的用法 · how to use a command',
    '',
    '退出码 Exit: 0 完成 done · 1 失败 failed · 2 用法不对 wrong use · 3 完成但有退回行 done with rejected rows',
  ];
}

function helpOfCommand(command: Command): string[] {
  return [
    `heng ${command.name} ${command.usage}`.trimEnd(),
    '',
    command.summary.zh,
    command.summary.en,
    ...(command.details ? ['', ...command.details.zh, '', ...command.details.en] : []),
    '',
    '--data DIR, --json, --help: heng --help',
  ];
}
