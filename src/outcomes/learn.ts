import type { Bilingual } from '../platform/language.ts';

const topics = {
  pace: {
    zh: '接待节奏：快捷回复、同时接待时的先后次序、先应答再查询',
    en: 'Pace: quick replies, the order among several customers, answering before looking up',
  },
  diagnosis: {
    zh: '一次问清：把问题、型号、订单一次问全，确认解决后再结束',
    en: 'Asking once: problem, model and order in one go, and closing only what is confirmed as solved',
  },
  tickets: {
    zh: '工单跟进：按时限排序、主动回访、记录下一步和责任人',
    en: 'Following up tickets: by time limit, calling back, noting next step and owner',
  },
  feeling: {
    zh: '情绪与服务用语：先共情，再说明，再给方案',
    en: 'Feelings and wording: empathy first, then the explanation, then the solution',
  },
  complaints: {
    zh: '投诉处理：找到反复的原因，承诺说得到做得到',
    en: 'Complaints: finding what comes back, promising only what can be kept',
  },
  knowledge: {
    zh: '产品与政策知识：重读相关知识库条目，并通过一次小测',
    en: 'Products and policies: reading the entries again and passing a short test',
  },
  selling: {
    zh: '需求挖掘与推荐：按用途提问，比较两种选择，不夸大',
    en: 'Finding the need and recommending: asking about use, comparing two choices, promising nothing extra',
  },
  norms: {
    zh: '服务规范：逐条对照质检标准，复盘本期失分的会话',
    en: 'Service norms: the rubric line by line, with the conversations that lost points',
  },
  presence: {
    zh: '出勤与排班：与主管核对班次与缺勤原因',
    en: 'Attendance and schedule: going through shifts and absences with the supervisor',
  },
  teamwork: {
    zh: '协作与分享：按时回应同事，把好做法写进知识库',
    en: 'Working together: answering colleagues in time, writing good practice into the knowledge base',
  },
} as const satisfies Record<string, Bilingual>;

/** Words within a metric's or an item's id, the first that fits. */
const byWord: readonly (readonly [RegExp, keyof typeof topics])[] = [
  [/complaint/, 'complaints'],
  [/conversion|order_value|repurchase|sales/, 'selling'],
  [/attendance|adherence|behaviour/, 'presence'],
  [/collab|share|sharing|cross_dep|mentor|rating_360|faq|kb_adopted/, 'teamwork'],
  [/ticket|cycle|follow/, 'tickets'],
  [/resolution|fix|analysis|solution/, 'diagnosis'],
  [/reply|response|interval|offline|duration|handle/, 'pace'],
  [/csat|nps|sentiment|dsr|emotion|listening|warmth|objection|customer_first/, 'feeling'],
  [/knowledge|kb_|product|platform_rules|order_process|policy|exam/, 'knowledge'],
];

/** What helps somebody who lost points in an item; where its name tells nothing, the norms. */
export function learnFor(item: string, metric: string): Bilingual {
  const found = byWord.find(([word]) => word.test(item)) ?? byWord.find(([word]) => word.test(metric));
  return topics[found?.[1] ?? 'norms'];
}
