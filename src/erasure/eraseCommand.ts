import { ownerOfTheMachine } from '../people/actor.ts';
import type { Command, CommandContext, ExitCode } from '../platform/command.ts';
import { BadInput } from '../platform/errors.ts';
import type { Deps } from '../platform/http.ts';
import { languageOf } from '../platform/language.ts';
import { silentLog } from '../platform/log.ts';
import { eraseSchema, monthsSchema } from './schemas.ts';
import { type ErasedAgain, eraseAgain, readErasureList } from './verbs/eraseAgain.ts';
import { eraseCustomer, lookAtCustomer } from './verbs/eraseCustomer.ts';
import { eraseEmployee, lookAtEmployee } from './verbs/eraseEmployee.ts';
import { previewRetention, retain, saveRetention, showErasures } from './verbs/retention.ts';

const depsOf = async ({ stores, now, timeZone }: CommandContext): Promise<Deps> => ({
  ...{ stores: await stores(), now, timeZone, log: silentLog },
});

/** `heng erase`: the personal data of a customer, or of an employee who has left, on request. */
export const erase: Command = {
  name: 'erase',
  summary: {
    zh: '应请求清除一位客户或员工的个人信息',
    en: 'erase the personal data of a customer or an employee on request',
  },
  usage: 'CUSTOMER --reason TEXT | --agent WHO --reason TEXT | … --preview | --list | --again FILE',
  details: {
    zh: [
      'CUSTOMER --reason 文字     清除该客户说过的话和其中的个人信息；等到磁盘上也没有了才算完成',
      '--agent WHO --reason 文字  清除一位已离开的员工（客服编号，或账号的邮箱）：账号、姓名、编号；得分和会话留在代号下；原因里不要写姓名',
      '--preview                  只看有多少、还有什么没了结，不清除',
      '--list                     写出清除名单（只有加盐哈希），与数据目录里的 erased.json 相同',
      '--again 文件               按清除名单再清除一遍，用于恢复较早的备份之后',
    ],
    en: [
      'CUSTOMER --reason TEXT     erases what the customer said and whatever names them; done when it is off the disk',
      '--agent WHO --reason TEXT  erases an employee who has left (number, or e-mail of the account): account, name, number; scores and conversations stay under a stand-in; do not write the name into the reason',
      '--preview                  says how much there is and what is not settled yet, and erases nothing',
      '--list                     writes the list of erasures (salted hashes only), as erased.json of the data directory has it',
      '--again FILE               erases again whoever is on a list, after an older backup was restored',
    ],
  },
  positionals: 1,
  options: {
    reason: { type: 'string' },
    agent: { type: 'string' },
    preview: { type: 'boolean' },
    list: { type: 'boolean' },
    again: { type: 'string' },
  },
  async run(context): Promise<ExitCode> {
    const { args, values, out, env } = context;
    const zh = languageOf(env) === 'zh';
    const [customerId] = args;
    const asked = [customerId, values.agent, values.again, values.list].filter((each) => each !== undefined);
    const isId = (each: unknown) => each === undefined || eraseSchema.shape.customerId.safeParse(each).success;
    if (asked.length !== 1 || !isId(customerId) || !isId(values.agent)) throw new BadInput('erasure.usage');
    if (values.list === true) {
      const list = await readErasureList(await depsOf(context), ownerOfTheMachine);
      out(list, JSON.stringify(list));
      return 0;
    }
    if (typeof values.again === 'string') {
      const list = { file: values.again, restoring: false };
      const again = await eraseAgain(await depsOf(context), ownerOfTheMachine, list);
      out(again, againWords(zh, again));
      return again.failed > 0 ? 1 : 0;
    }
    return typeof values.agent === 'string'
      ? employee(context, values.agent.trim())
      : customer(context, customerId?.trim() ?? '');
  },
};

export function againWords(zh: boolean, { customers, employees, failed }: ErasedAgain): string {
  const done = zh
    ? `已按清除名单再次清除：客户 ${customers} 位，员工的编号和账号 ${employees} 个。`
    : `Erased again by the list: customers ${customers}, numbers and accounts of employees ${employees}.`;
  const left = zh
    ? `其中 ${failed} 个员工的编号或账号因数据冲突没有清除成，夜里会再试，原因在日志里。`
    : ` Of those not erased, for rows that clash: ${failed}; it is tried again by night, and the log says why.`;
  return failed > 0 ? done + left : done;
}

function reasonOf({ values }: CommandContext): string {
  const { data } = eraseSchema.shape.reason.safeParse(values.reason);
  if (data === undefined) throw new BadInput('erasure.reasonMissing');
  return data;
}

async function customer(context: CommandContext, customerId: string): Promise<ExitCode> {
  const { values, out, env } = context;
  const zh = languageOf(env) === 'zh';
  const deps = await depsOf(context);
  const found = await lookAtCustomer(deps, ownerOfTheMachine, customerId);
  const told = zh
    ? `会话 ${found.sessions}，消息 ${found.messages}，工单 ${found.tickets}，订单 ${found.orders}`
    : `sessions ${found.sessions}, messages ${found.messages}, tickets ${found.tickets}, orders ${found.orders}`;
  if (values.preview === true) {
    out(found, told);
    return 0;
  }
  const { done } = await eraseCustomer(deps, ownerOfTheMachine, { customerId, reason: reasonOf(context) });
  await done;
  out(found, zh ? `已清除，磁盘上也已没有：${told}` : `Erased, also from the disk: ${told}`);
  return 0;
}

async function employee(context: CommandContext, who: string): Promise<ExitCode> {
  const { values, out, env } = context;
  const zh = languageOf(env) === 'zh';
  const deps = await depsOf(context);
  const found = await lookAtEmployee(deps, ownerOfTheMachine, who);
  const { accounts, conversations, rows, cards, openCycles, openAppeals } = found;
  const told = zh
    ? `账号 ${accounts}，会话 ${conversations}，其他数据行 ${rows}，已结算的记分卡 ${cards}`
    : `accounts ${accounts}, conversations ${conversations}, further rows ${rows}, closed scorecards ${cards}`;
  if (values.preview === true) {
    const first = [...openCycles, ...(openAppeals > 0 ? [zh ? `申诉 ${openAppeals}` : `appeals ${openAppeals}`] : [])];
    const open = zh ? `；还没有了结：${first.join('，')}` : `; not settled yet: ${first.join(', ')}`;
    out(found, first.length > 0 ? told + open : told);
    return 0;
  }
  const { done } = await eraseEmployee(deps, ownerOfTheMachine, { employee: who, reason: reasonOf(context) });
  await done;
  out(found, zh ? `已清除，磁盘上也已没有：${told}` : `Erased, also from the disk: ${told}`);
  return 0;
}

/** `heng retain`: how long texts of messages are kept. */
export const retention: Command = {
  name: 'retain',
  summary: {
    zh: '消息文字保留多久：查看、预览、设定、执行',
    en: 'how long texts of messages are kept: see, try, decide, carry out',
  },
  usage: '[--months N | --forever] [--preview] [--now]',
  details: {
    zh: [
      '--months N   保留 N 个月，之后每晚删去更早的文字；加 --preview 只看会删多少',
      '--forever    一直保留',
      '--now        现在就执行，不等到夜里',
    ],
    en: [
      '--months N   keep them for N months; every night older texts go; with --preview it only says how many would',
      '--forever    keep them for ever',
      '--now        carry it out now instead of at night',
    ],
  },
  positionals: 0,
  options: {
    months: { type: 'string' },
    forever: { type: 'boolean' },
    preview: { type: 'boolean' },
    now: { type: 'boolean' },
  },
  async run(context): Promise<ExitCode> {
    const { values, out, env } = context;
    const zh = languageOf(env) === 'zh';
    const months = values.months === undefined ? null : monthsSchema.safeParse(Number(values.months)).data;
    const forever = values.forever === true;
    const isUnclear =
      months === undefined || (months !== null && forever) || (values.preview === true && months === null);
    if (isUnclear) throw new BadInput('erasure.retainUsage');
    const deps = await depsOf(context);
    if (values.preview === true && months !== null) {
      const preview = await previewRetention(deps, ownerOfTheMachine, months);
      out(preview, zh ? `会删去 ${preview.texts} 条消息的文字` : `Texts that would go: ${preview.texts}`);
      return 0;
    }
    if (months !== null || forever) await saveRetention(deps, ownerOfTheMachine, { months });
    const removed = values.now === true ? await retain(deps, ownerOfTheMachine) : null;
    const held = (await showErasures(deps, ownerOfTheMachine)).retention.months;
    const kept =
      held === null
        ? zh
          ? '文字一直保留'
          : 'Texts are kept for ever'
        : zh
          ? `文字保留 ${held} 个月`
          : `Texts are kept for ${held} months`;
    const gone = removed === null ? '' : zh ? `；现在删去了 ${removed} 条` : `; removed now: ${removed}`;
    out({ months: held, removed }, `${kept}${gone}`);
    return 0;
  },
};
