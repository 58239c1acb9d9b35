import type { JobContent, SkillContent } from './skillSchema.ts';

const both = (zh: string, en: string) => ({ zh, en });

/** The skills every customer-service team has; an organisation edits them and adds its own. */
export const shippedSkills: Readonly<Record<string, SkillContent>> = {
  product_knowledge: {
    name: both('产品知识', 'Product knowledge'),
    about: both('商品、平台规则、订单流程与售后政策', 'Products, platform rules, order process and after-sales policy'),
    anchors: [
      both('知道去哪里查，答复前需要确认', 'Knows where to look, and has to check before answering'),
      both('常见型号和流程答得准，特殊情况要问人', 'Right about common models and processes; asks in special cases'),
      both('参数、适配、政策都答得准，少有转接', 'Right about specifications, fit and policy; seldom transfers'),
      both(
        '能比较型号、讲清例外，带动一次解决',
        'Compares models and explains exceptions, so that one contact settles it',
      ),
      both('编写和审核知识条目，同事来请教', 'Writes and reviews knowledge entries; colleagues come to ask'),
    ],
    sources: [{ kind: 'exam' }, { kind: 'rubric', rubric: 'aftersales-16', parts: ['knowledge'] }],
    retired: false,
  },
  emergency_handling: {
    name: both('应急处理', 'Emergencies'),
    about: both('投诉升级、系统故障、大促高峰与安全事件', 'Escalations, outages, peaks and safety matters'),
    anchors: [
      both('能认出紧急情况并立即上报', 'Recognises an emergency and reports it at once'),
      both('按预案处理一般升级，需要人看着', 'Handles ordinary escalations by the book, with somebody near'),
      both('独立处理升级投诉，先止损再解释', 'Handles escalations alone: stops the damage first, then explains'),
      both(
        '多方协调，给出替代方案并跟到结束',
        'Coordinates several sides, offers an alternative and follows it to the end',
      ),
      both('能指挥现场，复盘后改进预案', 'Leads on the spot, and improves the plan afterwards'),
    ],
    sources: [
      { kind: 'rubric', rubric: 'aftersales-16', parts: ['problem_solving', 'responsibility', 'response_time'] },
    ],
    retired: false,
  },
  emotional_communication: {
    name: both('情感沟通', 'Emotional communication'),
    about: both('倾听、共情、化解情绪与处理异议', 'Listening, empathy, calming down and answering objections'),
    anchors: [
      both('用语得体，会照着话术安抚', 'Polite; calms down by the script'),
      both('听得出情绪，先回应感受再谈事情', 'Hears how somebody feels, and answers that first'),
      both('能让不满的客户愿意继续谈', 'Brings a dissatisfied customer back to talking'),
      both(
        '化解激烈情绪，结束时客户心情明显好转',
        'Settles strong feelings; the customer ends clearly better than they began',
      ),
      both('难缠的会话大家交给他，能教会别人', 'Gets the hardest conversations, and teaches others how'),
    ],
    sources: [{ kind: 'rubric', rubric: 'aftersales-16', parts: ['communication', 'attitude'] }, { kind: 'bestCase' }],
    retired: false,
  },
};

export const shippedJobs: Readonly<Record<string, JobContent>> = {
  agent: {
    name: both('客服专员', 'Agent'),
    about: both(
      '接待咨询与售后，按规范解决常见问题',
      'Answers inquiries and after-sales, settles common matters by the rules',
    ),
    requires: { product_knowledge: 2, emergency_handling: 2, emotional_communication: 2 },
    ...{ next: 'senior_agent', tiers: ['junior', 'mid'], retired: false },
  },
  senior_agent: {
    name: both('资深客服', 'Senior agent'),
    about: both('处理复杂问题和升级，带新人', 'Takes complex matters and escalations, mentors newcomers'),
    requires: { product_knowledge: 4, emergency_handling: 3, emotional_communication: 3 },
    ...{ next: 'team_leader', tiers: ['senior'], retired: false },
  },
  team_leader: {
    name: both('客服组长', 'Team leader'),
    about: both('带组、现场调度、对结果负责', 'Leads a team, directs the floor, answers for results'),
    requires: { product_knowledge: 4, emergency_handling: 4, emotional_communication: 4 },
    ...{ next: null, tiers: [], retired: false },
  },
  escalation_desk: {
    name: both('投诉专员', 'Escalation desk'),
    about: both('处理升级投诉与突发事件', 'Handles escalated complaints and emergencies'),
    requires: { product_knowledge: 3, emergency_handling: 4, emotional_communication: 4 },
    ...{ next: 'team_leader', tiers: [], retired: false },
  },
  knowledge_desk: {
    name: both('知识专员', 'Knowledge desk'),
    about: both('编写知识库与话术，支持新品上线', 'Writes the knowledge base and wording, supports new products'),
    requires: { product_knowledge: 5, emotional_communication: 2 },
    ...{ next: 'team_leader', tiers: [], retired: false },
  },
};
