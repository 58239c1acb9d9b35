import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import type { Command, CommandContext, ExitCode } from '../platform/command.ts';
import { BadInput } from '../platform/errors.ts';
import { type Bilingual, type Language, languageOf } from '../platform/language.ts';
import { ownerOfTheMachine } from './actor.ts';
import { columns, type FaultCode, type ImportPlan, type PersonRow, type Step } from './importPlan.ts';
import { emailSchema } from './schemas.ts';
import { memberByEmail } from './store.ts';
import { resetSecondFactor } from './verbs/demandSecondFactor.ts';
import { endWait } from './verbs/endWait.ts';
import { type ImportedPeople, importPeople } from './verbs/importPeople.ts';

/** How a file becomes rows, and text a cell that is safe to open; whoever reads and writes files of data knows. */
interface Tables {
  readonly read: (path: string) => Promise<{ names: string[]; rows: PersonRow[] }>;
  readonly cell: (text: string) => string;
}

/** `heng people`: accounts out of a file, and a way back in for whoever lost their second factor or has to wait. */
export const peopleCommand = (tables: Tables): Command => ({
  name: 'people',
  summary: { zh: '按文件添加、修改、停用账号', en: 'add, change and deactivate accounts by a file' },
  usage: 'import FILE [--check] [--deactivate-missing] [--links FILE] | reset-second-factor EMAIL | end-wait EMAIL',
  details: {
    zh: [
      'import FILE  CSV 或 xlsx，第一行是列名：email、name、role（必需），scope、teams、shops、agent_id、active；中文列名也可以，见 docs/people.md',
      '--check               只列出会添加、修改、停用谁，不改动',
      '--deactivate-missing  文件里没有的人也停用（有一行读不懂时不会这样做）',
      '--links FILE          把新账号的一次性链接写进这个 CSV（72 小时有效，请妥善保管）',
      'reset-second-factor EMAIL  这个人下次登录不问代码，用于最后一位管理员丢了手机时',
      'end-wait EMAIL             输错密码或代码太多次的人马上可以再试',
    ],
    en: [
      'import FILE  CSV or xlsx, the first row names the columns: email, name, role (needed), scope, teams, shops, agent_id, active; see docs/people.md',
      '--check               only tell who would be added, changed and deactivated',
      '--deactivate-missing  deactivate also whoever is not in the file (not while a row cannot be read)',
      '--links FILE          write the one-time links of new accounts into this CSV (good for 72 hours; keep it safe)',
      'reset-second-factor EMAIL  no code is asked for at this person’s next sign-in: for when the last administrator lost the phone',
      'end-wait EMAIL             somebody who has to wait after wrong passwords or codes may try again at once',
    ],
  },
  positionals: { import: 1, 'reset-second-factor': 1, 'end-wait': 1 },
  options: {
    check: { type: 'boolean' },
    'deactivate-missing': { type: 'boolean' },
    links: { type: 'string' },
  },
  async run(context) {
    const [action, subject] = context.args;
    if (subject === undefined) throw new BadInput('people.usage');
    switch (action) {
      case 'import':
        return imported(context, tables, subject);
      case 'reset-second-factor':
        return helped(context, subject, { act: resetSecondFactor, told: (own) => own.reset });
      case 'end-wait':
        return helped(context, subject, { act: endWait, told: (own) => own.ended });
      default:
        throw new BadInput('people.usage');
    }
  },
});

async function imported(context: CommandContext, tables: Tables, file: string): Promise<ExitCode> {
  const table = await tables.read(file);
  const { values, env, now, out } = context;
  const language = languageOf(env);
  const options = { check: values.check === true, deactivateMissing: values['deactivate-missing'] === true };
  const linksFile = typeof values.links === 'string' ? values.links : null;
  if (linksFile !== null && !options.check) writeLinks(linksFile, [], tables);
  const deps = { stores: await context.stores(), now };
  const result = await importPeople(deps, ownerOfTheMachine, table, options);
  if (linksFile !== null && !options.check)
    writeLinks(
      linksFile,
      result.links.map((each) => ({ ...each, link: (env.HENG_URL ?? '') + each.link })),
      tables,
    );
  out(documentOf(result, options.check), textOf(result.plan, options.check, language));
  return result.plan.faults.length > 0 ? 3 : 0;
}

/** Written once before anything is changed, so that links never have nowhere to go. */
function writeLinks(file: string, links: ImportedPeople['links'], { cell }: Tables): void {
  const lines = links.map(({ email, name, link }) => [email, name, link].map(cell).join(','));
  try {
    // Only a new file gets its mode by being written; this one may be there already, and others may read it.
    if (existsSync(file)) chmodSync(file, 0o600);
    writeFileSync(file, `${['email,name,link', ...lines].join('\n')}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new BadInput('people.linksUnwritable', { file }, { cause });
  }
}

const emailOf = (step: Step) => (step.kind === 'create' ? step.wanted.email : step.known.email);

function documentOf({ plan }: ImportedPeople, check: boolean) {
  const steps = plan.steps.map((step) => ({
    kind: step.kind === 'change' && step.returns ? 'reactivate' : step.kind,
    ...{ line: step.line, email: emailOf(step) },
  }));
  return { check, steps, unchanged: plan.unchanged, faults: plan.faults, missingKept: plan.missingKept };
}

function textOf(plan: ImportPlan, check: boolean, language: Language): string {
  const own = words[language];
  const steps = plan.steps.map((step) => {
    const what = step.kind === 'change' && step.returns ? own.reactivate : own[step.kind];
    return `  ${step.line === null ? own.absent : own.line(step.line)}  ${what}  ${emailOf(step)}`;
  });
  const faults = plan.faults.map(
    ({ line, column, code, value }) =>
      `  ${own.line(line)}  ${language === 'zh' ? columns[column][0] : column}${value === '' ? '' : ` “${value}”`}  ${faultWords[code][language]}`,
  );
  return [
    ...(steps.length > 0 ? [check ? own.would : own.did, ...steps] : [check ? own.wouldNothing : own.didNothing]),
    own.unchanged(plan.unchanged),
    ...(faults.length > 0 ? [own.faults(faults.length), ...faults] : []),
    ...(plan.missingKept ? [own.missingKept] : []),
  ].join('\n');
}

/** One of the verbs for somebody who cannot get in. */
async function helped(
  context: CommandContext,
  email: string,
  help: { readonly act: typeof endWait; readonly told: (own: Words) => (email: string) => string },
): Promise<ExitCode> {
  const deps = { stores: await context.stores(), now: context.now };
  const parsed = emailSchema.safeParse(email);
  const member = parsed.success ? await memberByEmail(deps.stores.postgres, parsed.data) : null;
  if (!member) throw new BadInput('people.unknown', { email: email.slice(0, 254) });
  await help.act(deps, ownerOfTheMachine, member.id);
  context.out({ email: member.email }, help.told(words[languageOf(context.env)])(member.email));
  return 0;
}

const words = {
  zh: {
    would: '会这样改：',
    did: '已改好：',
    wouldNothing: '没有要改的。',
    didNothing: '没有要改的。',
    create: '添加',
    change: '修改',
    reactivate: '恢复',
    deactivate: '停用',
    absent: '文件里没有',
    line: (line: number) => `第 ${line} 行`,
    unchanged: (count: number) => `不变的有 ${count} 人。`,
    faults: (count: number) => `有 ${count} 行没有采用：`,
    missingKept: '有的行读不懂，所以没有停用文件里没有的人。',
    reset: (email: string) => `${email} 下次登录只需要密码。`,
    ended: (email: string) => `${email} 马上可以再试。`,
  },
  en: {
    would: 'This would be done:',
    did: 'Done:',
    wouldNothing: 'Nothing would change.',
    didNothing: 'Nothing to change.',
    create: 'added',
    change: 'changed',
    reactivate: 'let back in',
    deactivate: 'deactivated',
    absent: 'not in the file',
    line: (line: number) => `line ${line}`,
    unchanged: (count: number) => `Unchanged: ${count}.`,
    faults: (count: number) => `Rows left out: ${count}`,
    missingKept: 'Some rows cannot be read, so nobody was deactivated for not being in the file.',
    reset: (email: string) => `${email} signs in with the password alone next time.`,
    ended: (email: string) => `${email} may try again at once.`,
  },
} as const;

type Words = (typeof words)[Language];

const faultWords: Readonly<Record<FaultCode, Bilingual>> = {
  emailUnreadable: { zh: '不是邮箱地址', en: 'is no e-mail address' },
  emailTwice: { zh: '这个邮箱前面已有一行', en: 'stands in an earlier row already' },
  nameUnreadable: { zh: '姓名须为 1 到 100 个字符', en: 'a name has 1 to 100 characters' },
  roleUnknown: {
    zh: '角色须为客服、主管、质检员、培训、人事、管理员、总监之一',
    en: 'the role is one of agent, supervisor, inspector, trainer, hr, administrator, director',
  },
  activeUnreadable: {
    zh: '须为是或否（空着：在用的照旧，停用的不恢复，新来的算是）',
    en: 'is yes or no (empty: people stay as they are, new ones are in)',
  },
  scopeMissing: {
    zh: '没有写能看到什么：填团队、店铺，或范围写“全部”',
    en: 'does not say what they see: teams, shops, or the scope “all”',
  },
  scopeTwice: { zh: '团队、店铺、全部只能选一种', en: 'teams, shops and all exclude each other' },
  agentMissing: { zh: '客服须填客服编号', en: 'an agent needs an agent_id' },
  agentTwice: { zh: '这名客服前面已有一行', en: 'an earlier row has this agent already' },
  agentTaken: { zh: '这名客服已关联另一个人', en: 'this agent is linked to somebody else' },
  agentErased: {
    zh: '这个客服编号的员工已经清除，编号不再用；请换一个编号',
    en: 'this number was an erased employee’s and is not used again; give another',
  },
  administratorScope: { zh: '管理员的范围须为全部', en: 'an administrator’s scope is everything' },
};
