import { readFileSync, writeFileSync } from 'node:fs';
import { ownerOfTheMachine } from '../people/actor.ts';
import type { Command, CommandContext, ExitCode } from '../platform/command.ts';
import { BadInput } from '../platform/errors.ts';
import type { Deps } from '../platform/http.ts';
import { languageOf } from '../platform/language.ts';
import { silentLog } from '../platform/log.ts';
import { messages } from '../platform/messages.ts';
import { type Sentences, sentenceOf } from '../platform/sentences.ts';
import { keepLedger, type LedgerDeps } from './keepLedger.ts';
import { readLedgerSettings } from './ledgerSettings.ts';
import { readKey, type VerifierKey } from './note.ts';
import { proves, receiptWords, verdictWords } from './receiptWords.ts';
import { checkLedger } from './verbs/checkLedger.ts';
import { eraseAgent } from './verbs/eraseAgent.ts';
import { readReceipt } from './verbs/readReceipt.ts';
import { rotateKey } from './verbs/rotateKey.ts';
import { showLedger } from './verbs/showLedger.ts';
import { verifyReceipt } from './verifyReceipt.ts';

/** `heng ledger`: what was decided, in an order nobody can change unseen. */
export const command: Command = {
  name: 'ledger',
  summary: {
    zh: '账本：查看、取回执、核对，证明记下的没有改动',
    en: 'the ledger: look at it, take receipts, verify that nothing was altered',
  },
  usage: 'show | verify FILE [--key KEY] | receipt ENTRY [--out FILE] | check | rotate-key [--lost] | erase AGENT',
  details: {
    zh: [
      'show          名称、条数、公钥、最近的签名',
      'verify FILE   核对一张回执，不用数据目录也不联网；--key 是您自己抄下的公钥（或见证方的，可多次）',
      'receipt ENTRY 取一条的回执（编号或哈希）；--out 写到哪个文件，默认打印',
      'check         核对整本账：每条内容、整棵树、每次签名',
      'rotate-key    换一把签名的私钥，新旧一起签；旧的丢了用 --lost',
      'erase AGENT   清除某位客服的条目内容；账本其余部分仍可核对',
      '环境变量 HENG_LEDGER_KEY（多台服务器共用的私钥）、HENG_LEDGER_ANCHOR（每次签名另存到的文件夹、Git 目录或网址）',
    ],
    en: [
      'show          name, size, public keys, what was signed last',
      'verify FILE   verifies a receipt, without data directory or network; --key is the public key that you noted down (or a witness’s; may repeat)',
      'receipt ENTRY the receipt of an entry (number or hash); --out names a file, otherwise it is printed',
      'check         verifies the whole ledger: every record, the tree, every signature',
      'rotate-key    takes a new private key to sign with, both sign once; --lost where the old one is gone',
      'erase AGENT   deletes what entries say about an agent; the rest still verifies',
      'Environment: HENG_LEDGER_KEY (one private key for several servers), HENG_LEDGER_ANCHOR (folder, Git tree or address that gets every checkpoint)',
    ],
  },
  positionals: { show: 0, verify: 1, receipt: 1, check: 0, 'rotate-key': 0, erase: 1 },
  options: {
    key: { type: 'string', multiple: true },
    out: { type: 'string' },
    lost: { type: 'boolean' },
  },
  run(context) {
    const [verb, argument] = context.args;
    switch (verb) {
      case 'verify':
        return verify(context, argument);
      case 'show':
        return show(context);
      case 'receipt':
        return receipt(context, argument);
      case 'check':
        return check(context);
      case 'rotate-key':
        return rotate(context);
      case 'erase':
        return erase(context, argument);
      default:
        throw new BadInput('ledger.verbMissing');
    }
  },
};

async function ledgerOf({ stores, now, env, timeZone }: CommandContext): Promise<LedgerDeps & Deps> {
  return { stores: await stores(), now, timeZone, log: silentLog, ledger: readLedgerSettings(env) };
}

const wordsIn =
  ({ env }: CommandContext, sentences: Sentences) =>
  (told: Parameters<typeof sentenceOf>[0]) =>
    sentenceOf(told, sentences)[languageOf(env)];

const marks = { holds: '✓', open: '?', fails: '✗' } as const;

async function verify(context: CommandContext, file: string | undefined): Promise<ExitCode> {
  const words = wordsIn(context, receiptWords);
  const keys = keysGiven(context);
  const key = keys.find(({ type }) => type === 1) ?? null;
  const verified = verifyReceipt(readFile(file), { key, witnesses: keys.filter(({ type }) => type === 4) });
  const { findings, verdict, record } = verified;
  const language = languageOf(context.env);
  const lines = findings.map((each) => `${marks[each.state]} ${words(each)}`);
  context.out(
    { verdict, findings, key: verified.key, record },
    [...lines, '', verdictWords[verdict][language], ...(verdict === 'fails' ? [] : [proves[language]])].join('\n'),
  );
  return verdict === 'fails' ? 1 : 0;
}

function keysGiven({ values }: CommandContext): VerifierKey[] {
  const given = Array.isArray(values.key) ? values.key : [];
  return given.map((text) => {
    const key = typeof text === 'string' ? readKey(text.trim()) : null;
    if (!key) throw new BadInput('ledger.keyArgument');
    return key;
  });
}

function readFile(file: string | undefined): string {
  if (file === undefined) throw new BadInput('ledger.verbMissing');
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new BadInput('ledger.fileMissing', { file }, { cause });
  }
}

async function show(context: CommandContext): Promise<ExitCode> {
  const deps = await ledgerOf(context);
  await keepLedger(deps);
  const page = await showLedger(deps, ownerOfTheMachine);
  const zh = languageOf(context.env) === 'zh';
  const words = wordsIn(context, messages);
  const lines = [
    ...(page.signing === 'ready' ? [] : [words({ code: `ledger.${page.signing}`, params: {} }), '']),
    zh ? `账本 ${page.origin}，共 ${page.size} 条` : `Ledger ${page.origin}, entries: ${page.size}`,
    ...page.keys.map(({ key, sinceSize }) =>
      zh ? `公钥（自第 ${sinceSize} 条起） ${key}` : `public key (from entry ${sinceSize}) ${key}`,
    ),
    '',
    page.checkpoint?.note ?? (zh ? '还没有签过名。' : 'Nothing was signed yet.'),
    proves[zh ? 'zh' : 'en'],
  ];
  context.out(page, lines.join('\n'));
  return 0;
}

async function receipt(context: CommandContext, entry: string | undefined): Promise<ExitCode> {
  if (entry === undefined) throw new BadInput('ledger.verbMissing');
  const deps = await ledgerOf(context);
  await keepLedger(deps);
  const text = await readReceipt(deps, ownerOfTheMachine, entry);
  const { out } = context.values;
  if (typeof out === 'string') writeFileSync(out, text);
  context.out(
    { entry, file: out ?? null, ...(out === undefined ? { receipt: text } : {}) },
    typeof out === 'string' ? out : text,
  );
  return 0;
}

async function check(context: CommandContext): Promise<ExitCode> {
  const checked = await checkLedger(await ledgerOf(context), ownerOfTheMachine);
  const { size, checkpoints, erased, faults, notes } = checked;
  const zh = languageOf(context.env) === 'zh';
  const words = wordsIn(context, messages);
  const head = zh
    ? `${size} 条（其中 ${erased} 条内容已清除），${checkpoints} 次签名`
    : `entries: ${size} (contents erased: ${erased}), checkpoints: ${checkpoints}`;
  const end = faults.length > 0 ? [] : [zh ? '核对无误。' : 'All of it holds.'];
  context.out(
    checked,
    [head, ...faults.map((each) => `✗ ${words(each)}`), ...notes.map((each) => `· ${words(each)}`), ...end].join('\n'),
  );
  return faults.length > 0 ? 1 : 0;
}

async function rotate(context: CommandContext): Promise<ExitCode> {
  const rotated = await rotateKey(await ledgerOf(context), ownerOfTheMachine, { lost: context.values.lost === true });
  const zh = languageOf(context.env) === 'zh';
  const told = {
    planned: zh
      ? '新旧两把钥匙都已签名。请把新的公钥告诉大家：'
      : 'Both keys have signed. Tell everybody the new public key:',
    lost: zh
      ? '旧钥匙丢失，只有新钥匙签名。旧的签名仍用旧公钥核对；请当面把新的公钥告诉大家：'
      : 'The old key is lost, so the new one alone has signed. What the old one signed still verifies with it; tell everybody the new public key in person:',
  };
  context.out(rotated, `${told[rotated.reason]}\n${rotated.to}`);
  return 0;
}

async function erase(context: CommandContext, agentId: string | undefined): Promise<ExitCode> {
  if (agentId === undefined) throw new BadInput('ledger.verbMissing');
  const erased = await eraseAgent(await ledgerOf(context), ownerOfTheMachine, agentId);
  const zh = languageOf(context.env) === 'zh';
  context.out({ agentId, erased }, zh ? `已清除 ${erased} 条的内容。` : `Contents of entries erased: ${erased}.`);
  return 0;
}
