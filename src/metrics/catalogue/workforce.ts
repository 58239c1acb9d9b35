import { defineMetric } from '../metricDefinition.ts';

const daily = ['agent', 'team', 'shop', 'day'] as const;
const byDay = { relation: 'stateDays', agent: 'agent_id', at: 'at' } as const;
const minutes = { numeratorScale: 60_000, denominatorScale: 60_000 } as const;
/** Where the company records no state, an absence says nothing about the others either. */
const recorded = `(SELECT count() FROM (SELECT 1 FROM events WHERE subject_kind = 'agent' AND type IN ('online', 'busy') LIMIT 1)) = 1`;
const handlingRecorded = `(SELECT count() FROM (SELECT 1 FROM events WHERE subject_kind = 'agent' AND type = 'busy' AND value IN ('', 'handling', '接待') LIMIT 1)) = 1`;
const worked = 'available_ms + handling_ms';

export const workforceMetrics = [
  defineMetric({
    id: 'occupancy',
    name: { zh: '占用率', en: 'Occupancy' },
    unit: 'percent',
    better: 'band',
    counting: {
      ...byDay,
      where: `${worked} > 0 AND ${handlingRecorded}`,
      numerator: 'handling_ms',
      denominator: worked,
    },
    ...minutes,
    minN: 1,
    dimensions: daily,
    words: {
      definition: {
        zh: '处理时间占处理与空闲时间之和的比例。没有注明原因的忙碌是正在处理，注明原因（用餐、会议等）的是离席。',
        en: 'Time with a contact in hand as a share of that and of time available. Busy without a reason is handling; busy with one (a meal, a meeting) is away.',
      },
      numerator: { zh: '处理时间（分钟）', en: 'Handling (min)' },
      denominator: { zh: '处理与空闲时间（分钟）', en: 'Handling and available (min)' },
    },
    credited: 'P',
    counted: 'event',
    without: 'unseen',
    source: 'REC',
  }),
  defineMetric({
    id: 'adherence',
    name: { zh: '排班遵守率', en: 'Schedule adherence' },
    unit: 'percent',
    better: 'higher',
    counting: {
      ...byDay,
      where: `scheduled_ms > 0 AND (seen OR absent_all) AND ${recorded}`,
      numerator: 'adherent_ms',
      denominator: 'scheduled_ms',
    },
    ...minutes,
    minN: 1,
    dimensions: daily,
    options: {
      measure: {
        description: {
          zh: 'conformance：工作总时长与排班时长之比，不管是不是在排班的时段',
          en: 'conformance: time worked against time scheduled, whenever it was worked',
        },
        values: { conformance: { numerator: worked } },
      },
    },
    words: {
      definition: {
        zh: '排班时间内处于工作状态（空闲或处理）的分钟数占排班分钟数的比例。缺勤的班次整段算未遵守。',
        en: 'Scheduled minutes spent available or handling, as a share of the minutes scheduled. A shift not attended counts in full.',
      },
      numerator: { zh: '排班内的工作时间（分钟）', en: 'Worked as scheduled (min)' },
      denominator: { zh: '排班时间（分钟）', en: 'Scheduled (min)' },
    },
    credited: 'P',
    counted: 'event',
    without: 'unseen',
    source: 'S0',
  }),
  defineMetric({
    id: 'shrinkage',
    name: { zh: '损耗率', en: 'Shrinkage' },
    unit: 'percent',
    better: 'lower',
    counting: {
      ...byDay,
      agent: null,
      teamOf: 'agent_id',
      where: 'paid_ms > 0 AND seen',
      numerator: 'paid_ms - productive_ms',
      denominator: 'paid_ms',
    },
    ...minutes,
    minN: 1,
    dimensions: ['team', 'shop', 'day'],
    words: {
      definition: {
        zh: '到岗时间里既不空闲也不在处理（用餐、会议、培训等）的部分所占的比例。',
        en: 'Share of the time present that was neither available nor handling: meals, meetings, training.',
      },
      numerator: { zh: '到岗但不在接待（分钟）', en: 'Present, not available (min)' },
      denominator: { zh: '到岗时间（分钟）', en: 'Present (min)' },
    },
    credited: 'G',
    counted: 'event',
    without: 'unseen',
    source: 'REC',
  }),
  defineMetric({
    id: 'experience_share_rate',
    name: { zh: '经验共享率', en: 'Experience shared' },
    unit: 'percent',
    better: 'higher',
    counting: {
      relation: 'staff',
      agent: null,
      teamOf: 'agent_id',
      at: 'at',
      where: '1',
      numerator: 'shared',
      denominator: '1',
    },
    minN: 1,
    dimensions: ['team', 'shop'],
    words: {
      definition: {
        zh: '周期内至少共享过一次经验的在职人员占全部在职人员的比例，按评定项 experience_shared。',
        en: 'Share of the staff employed in the period who shared at least once, by the assessment item experience_shared.',
      },
      numerator: { zh: '共享过经验的人', en: 'Staff who shared' },
      denominator: { zh: '在职人员', en: 'Staff' },
    },
    credited: 'G',
    counted: 'assessed',
    without: 'none',
    source: 'S1',
  }),
  defineMetric({
    id: 'retention_rate',
    name: { zh: '留存率', en: 'Retention rate' },
    unit: 'percent',
    better: 'higher',
    counting: {
      relation: 'improvements',
      agent: null,
      teamOf: 'agent_id',
      at: 'addHours(at, 2160)',
      where: '1',
      numerator: 'leaves IS NULL OR leaves >= toDate32(addHours(at, 2160), {tz:String})',
      denominator: '1',
    },
    minN: 1,
    dimensions: ['team', 'shop'],
    words: {
      definition: {
        zh: '进入绩效改进计划的人中，90 天后仍在职的比例，按已确认的事项 improvement_plan；这里批准的改进计划自己成为这样的事项。',
        en: 'Share of those put on an improvement plan who are still employed 90 days later, by confirmed incidents improvement_plan; a plan approved here becomes one by itself.',
      },
      numerator: { zh: '90 天后仍在职', en: 'Employed 90 days later' },
      denominator: { zh: '进入改进计划的人', en: 'Put on an improvement plan' },
    },
    credited: 'G',
    counted: 'window',
    without: 'unconfirmed',
    source: 'S0',
  }),
];
