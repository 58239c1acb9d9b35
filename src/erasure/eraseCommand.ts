import { ownerOfTheMachine } from '../people/actor.ts';
import type { Command, CommandContext, ExitCode } from '../platform/command.ts';
import { BadInput } from '../platform/errors.ts';
import type { Deps } from '../platform/http.ts';
import { languageOf } from '../platform/language.ts';
import { silentLog } from '../platform/log.ts';
import { monthsSchema } from './schemas.ts';
import { eraseAgain } from './verbs/eraseAgain.ts';
import { eraseCustomer, lookAtCustomer } from './verbs/eraseCustomer.ts';
import { previewRetention, retain, saveRetention, showErasures } from './verbs/retention.ts';

const depsOf = async ({ stores, now, timeZone }: CommandContext): Promise<Deps> => ({
  ...{ stores: await stores(), now, timeZone, log: silentLog },
});

/** `heng erase`: a customer's personal data, on request. */
export const erase: Command = {
  name: 'erase',
  summary: { zh: '应请求清除一位客户的个人信息', en: 'erase a customer’s personal data on request' },
  usage: 'CUSTOMER --reason TEXT | CUSTOMER --preview | --again FILE',
  details: {
    zh: [
      'CUSTOMER --reason 文字   清除该客户说过的话和其中的个人信息；等到磁盘上也没有了才算完成',
      'CUSTOMER --preview       只看有多少，不清除',
      '--again 文件             按清除名单（数据目录里的 erased.json）再清除一遍，用于恢复较早的备份之后',
    ],
    en: [
      'CUSTOMER --reason TEXT   erases what the customer said and whatever names them; done when it is off the disk',
      'CUSTOMER --preview       says how much there is, and erases nothing',
      '--again FILE             erases again whoever is on a list (erased.json of the data directory), after an older backup was restored',
    ],
  },
  options: { reason: { type: 'string' }, preview: { type: 'boolean' }, again: { type: 'string' } },
  async run(context): Promise<ExitCode> {
    const { args, values, out, env } = context;
    const zh = languageOf(env) === 'zh';
    const [customerId, ...rest] = args;
    if (rest.length > 0 || (customerId === undefined) === (values.again === undefined))
      throw new BadInput('erasure.usage');
    if (typeof values.again === 'string') {
      const customers = await eraseAgain(await depsOf(context), ownerOfTheMachine, values.again);
      out({ customers }, zh ? `已再次清除名单上的 ${customers} 位客户。` : `Customers erased again: ${customers}.`);
      return 0;
    }
    const deps = await depsOf(context);
    const id = customerId ?? '';
    const found = await lookAtCustomer(deps, ownerOfTheMachine, id);
    const told = zh
      ? `会话 ${found.sessions}，消息 ${found.messages}，工单 ${found.tickets}，订单 ${found.orders}`
      : `sessions ${found.sessions}, messages ${found.messages}, tickets ${found.tickets}, orders ${found.orders}`;
    if (values.preview === true) {
      out(found, told);
      return 0;
    }
    if (typeof values.reason !== 'string' || values.reason.trim() === '') throw new BadInput('erasure.reasonMissing');
    const { done } = await eraseCustomer(deps, ownerOfTheMachine, { customerId: id, reason: values.reason });
    await done;
    out(found, zh ? `已清除，磁盘上也已没有：${told}` : `Erased, also from the disk: ${told}`);
    return 0;
  },
};

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
  options: {
    months: { type: 'string' },
    forever: { type: 'boolean' },
    preview: { type: 'boolean' },
    now: { type: 'boolean' },
  },
  async run(context): Promise<ExitCode> {
    const { args, values, out, env } = context;
    const zh = languageOf(env) === 'zh';
    const months = values.months === undefined ? null : monthsSchema.safeParse(Number(values.months)).data;
    const forever = values.forever === true;
    const isUnclear =
      months === undefined || (months !== null && forever) || (values.preview === true && months === null);
    if (args.length > 0 || isUnclear) throw new BadInput('erasure.retainUsage');
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
