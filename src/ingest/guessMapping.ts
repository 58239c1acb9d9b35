import { type KindName, kindNames, kinds } from './kinds.ts';
import type { Mapping } from './mapping.ts';

/** What columns are called elsewhere; compared without case, spaces and punctuation. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  agent_id: [
    '客服编号',
    '客服工号',
    '客服id',
    '工号',
    '坐席工号',
    '客服账号',
    '处理人',
    'agent',
    'assignee',
    'agentid',
  ],
  name: ['姓名', '客服姓名', '客服名称'],
  team: ['团队', '班组', '小组', '部门'],
  shop: ['店铺', '店铺名称', '门店'],
  session_id: ['会话id', '会话编号', '对话id', '咨询编号', 'conversation_id', 'chat_id'],
  customer_id: [
    '客户id',
    '客户编号',
    '买家',
    '买家昵称',
    '顾客id',
    '用户id',
    '留言用户',
    'caller_id',
    'buyer',
    'user_id',
  ],
  started_at: ['开始时间', '会话开始时间', '接入时间'],
  ended_at: ['结束时间', '会话结束时间'],
  at: ['时间', '发送时间', '消息时间', '评价时间', '发生时间', 'timestamp', 'time', 'sent_at'],
  sender: ['发送方', '发送者类型', '角色', 'role', 'from', 'sender_type'],
  sender_id: ['发送者', '发送人', '发送者id'],
  text: ['消息内容', '内容', '聊天内容', 'content', 'message', 'body'],
  message_id: ['消息id', '消息编号', 'msg_id'],
  ticket_id: ['工单号', '工单编号', '工单id', '留言编号', 'number', 'case_id'],
  created_at: ['创建时间', '提交时间', '下单时间', '留言时间', 'opened_at'],
  closed_at: ['完结时间', '关闭时间', '完成时间', '答复时间', 'resolved_at'],
  issue: ['问题类型', '问题分类', '留言主题', '主题', 'category', 'subject'],
  priority: ['优先级', '紧急程度'],
  status: ['状态', '工单状态', 'state'],
  score: ['评分', '满意度', '星级', 'rating'],
  comment: ['评价内容', '评语'],
  order_id: ['订单号', '订单编号'],
  amount: ['金额', '实付金额', '订单金额', 'total'],
  paid_at: ['付款时间', '支付时间'],
  channel: ['渠道', '来源渠道'],
  scheduled_start: ['计划上班', '排班开始', '上班时间'],
  scheduled_end: ['计划下班', '排班结束', '下班时间'],
  actual_start: ['实际上班', '签到时间'],
  actual_end: ['实际下班', '签退时间'],
};

const plain = (name: string): string => name.toLowerCase().replace(/[\s_\-./()（）：:]/g, '');

/** The target column a header seems to mean, for each header of the file that seems to mean one. */
function matches(kind: KindName, headers: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name } of kinds[kind].columns) {
    const names = new Set([name, ...(otherNames[name] ?? [])].map(plain));
    const header = headers.find((one) => one !== '' && names.has(plain(one)));
    if (header !== undefined) found.set(name, header);
  }
  return found;
}

/** The kind whose required columns the file covers best; null when no kind has half of them. */
export function guessKind(headers: readonly string[]): KindName | null {
  let best: { kind: KindName; score: number } | null = null;
  for (const kind of kindNames) {
    const found = matches(kind, headers);
    const required = kinds[kind].columns.filter((column) => column.required);
    const have = required.filter((column) => found.has(column.name)).length;
    const score = have / required.length + found.size / 100;
    if (have * 2 >= required.length && (!best || score > best.score)) best = { kind, score };
  }
  return best?.kind ?? null;
}

/** Null when every required column already has its own name. */
export function guessMapping(
  kind: KindName,
  headers: readonly string[],
  sample: readonly (readonly string[])[],
): Mapping | null {
  const own = new Set(headers.map((name) => name.toLowerCase()));
  if (kinds[kind].columns.every((column) => !column.required || own.has(column.name))) return null;
  const columns: Mapping['columns'] = {};
  for (const [target, header] of matches(kind, headers)) {
    const column = kinds[kind].columns.find(({ name }) => name === target);
    const at = headers.indexOf(header);
    const format = column?.type.is === 'instant' ? guessFormat(sample.map((row) => row[at] ?? '')) : null;
    columns[target] = format ? { from: header, format } : header;
  }
  return { kind, columns };
}

const formats: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}\/\d{1,2}\/\d{1,2} \d{1,2}:\d{2}:\d{2}$/, 'yyyy/M/d H:mm:ss'],
  [/^\d{4}\/\d{1,2}\/\d{1,2} \d{1,2}:\d{2}$/, 'yyyy/M/d H:mm'],
  [/^\d{4}\.\d{1,2}\.\d{1,2} \d{1,2}:\d{2}:\d{2}$/, 'yyyy.M.d H:mm:ss'],
  [/^\d{4}年\d{1,2}月\d{1,2}日 ?\d{1,2}:\d{2}:\d{2}$/, 'yyyy年M月d日 H:mm:ss'],
  [/^\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}:\d{2}$/, 'yyyy-M-d H:mm:ss'],
  [/^\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}$/, 'yyyy-M-d H:mm'],
];

/** The format most values have. Day and month first cannot be told apart by a sample unless a day is above 12. */
function guessFormat(values: readonly string[]): string | null {
  const filled = values.filter((value) => value !== '');
  const found = formats.find(
    ([shape]) => filled.length > 0 && filled.filter((value) => shape.test(value)).length * 2 >= filled.length,
  );
  if (found)
    return /^yyyy-M/.test(found[1]) && filled.every((value) => /^\d{4}-\d{2}-\d{2} \d{2}:/.test(value))
      ? null
      : found[1];
  const slashed = filled.flatMap((value) => {
    const parts = /^(\d{1,2})\/(\d{1,2})\/\d{4} \d{1,2}:\d{2}(:\d{2})?$/.exec(value);
    return parts ? [{ first: Number(parts[1]), seconds: parts[3] !== undefined }] : [];
  });
  if (slashed.length * 2 < filled.length || slashed.length === 0) return null;
  const date = slashed.some(({ first }) => first > 12) ? 'd/M/yyyy' : 'M/d/yyyy';
  return `${date} H:mm${slashed[0]?.seconds ? ':ss' : ''}`;
}
