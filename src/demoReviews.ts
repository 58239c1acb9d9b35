import { Temporal } from 'temporal-polyfill';
import type { Actor } from './people/actor.ts';
import { activeActors } from './people/actors.ts';
import type { Deps } from './platform/http.ts';
import { addAction, addMeeting, moveAction } from './review/verbs/committee.ts';
import { addInterview } from './review/verbs/interviews.ts';
import { addOccasion, decidePlan } from './review/verbs/occasions.ts';
import { colleaguesOf } from './skills/verbs/readMatrix.ts';

/**
 * Reviews of the made-up company, through what people use themselves: one is due, one decided, one to come; two interviews; and a committee with an
 * action that is late. Does nothing where there is a review.
 */
export async function reviewDemo(deps: Deps): Promise<void> {
  const { postgres } = deps.stores;
  if ((await postgres.query('SELECT 1 FROM review_occasions LIMIT 1')).rows.length > 0) return;
  const hr = (await activeActors(postgres)).find(({ role }) => role === 'hr');
  if (!hr) return;
  const today = Temporal.Instant.fromEpochMilliseconds(deps.now()).toZonedDateTimeISO(deps.timeZone).toPlainDate();
  const on = (days: number) => today.add({ days }).toString();
  const { id: policy } = await addOccasion(deps, hr, {
    ...{ kind: 'policy', title: '以旧换新补贴政策调整', day: on(-9) },
    note: '补贴范围扩大到洗碗机，旧机回收的咨询明显增多，工单时效和一次解决的目标要重看。',
    plans: ['appliance-aftersales', 'appliance-aftersales-technician'],
  });
  const { id: product } = await addOccasion(deps, hr, {
    ...{ kind: 'product', title: '洗烘一体机新品上市', day: on(-40), note: '安装调试类工单预计增加。' },
    plans: ['jd-training-assessment'],
  });
  await addOccasion(deps, hr, {
    ...{ kind: 'season', title: '年终大促', day: on(12), note: '响应时间目标按负荷和大促规则再看一次。' },
    plans: ['jd-service-desk', 'taobao-service-manager'],
  });
  await decidePlan(deps, hr, product, {
    ...{ plan: 'jd-training-assessment', outcome: 'kept' },
    reason: '新品题目加进了题库，扣分项和权重够用。',
  });
  await interviews(deps, hr, { policy, on });
  await committee(deps, hr, { policy, on });
}

interface When {
  readonly policy: number;
  readonly on: (days: number) => string;
}

async function interviews(deps: Deps, hr: Actor, { policy, on }: When): Promise<void> {
  const [somebody] = (await colleaguesOf(deps, hr)).filter(({ tier }) => tier === 'senior');
  await addInterview(deps, hr, {
    ...{ occasion: policy, whom: 'customer', who: '以旧换新的老客户', day: on(-6) },
    summary: '补贴资格问了三次，每次答复不一样；希望一次说清要准备哪些材料。',
  });
  if (somebody)
    await addInterview(deps, hr, {
      ...{ occasion: policy, whom: 'person', who: somebody.agentId, day: on(-5) },
      summary: '回收预约要等物流确认，当天办结不现实；建议把等待外部确认的时间单独列出来。',
    });
}

async function committee(deps: Deps, hr: Actor, { policy, on }: When): Promise<void> {
  const { id: meeting } = await addMeeting(deps, hr, {
    ...{ day: on(-20), departments: ['客服', '物流', '产品', '信息'] },
    notes: '以旧换新的咨询量翻倍，主要卡在资格说明和回收预约两处。',
  });
  const act = (department: string, owner: string, what: string, days: number) =>
    addAction(deps, hr, { meeting, occasion: policy, department, owner, what, dueOn: on(days) });
  const { id: done } = await act('产品', '陈产品', '把补贴资格做成一页自查表，放进知识库', -10);
  await act('物流', '周物流', '回收预约接口给出可约时段，客服不再逐单电话确认', -3);
  await act('信息', '李信息', '工单增加「等待外部确认」状态', 14);
  await moveAction(deps, hr, done, { move: 'done', reason: '自查表已上线，组内培训过一次' });
}
