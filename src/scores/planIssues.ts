import { shapeSentences } from '../platform/shapeSentences.ts';
import { type IssueSentences, issuesBy } from '../platform/writtenIssue.ts';
import type { PlanIssue } from './schemas.ts';

export type Issue = PlanIssue;
type Level = Issue['level'];

/** Everything that can be wrong with a plan, in one table: how grave it is, and its sentence in both languages. */
const messages = {
  ...shapeSentences,
  'id.duplicate': ['error', '标识 {id} 重复', 'The id {id} is used twice'],
  'weight.mixed': ['error', '同一组内要么都写权重，要么都不写', 'Either all items of a block have a weight or none'],
  'weight.notPositive': ['error', '权重必须大于 0', 'A weight must be above 0'],
  'weight.missing': ['error', '这里必须写权重', 'A weight is needed here'],
  'weights.itemsSum': [
    'error',
    '各项权重合计 {sum}，应等于本组权重 {weight}',
    'The items weigh {sum} together, the block weighs {weight}',
  ],
  'weights.planSum': ['error', '各组权重合计 {sum}，应为 100', 'The blocks weigh {sum} together, not 100'],
  'weights.tierSum': [
    'error',
    '岗级 {tier} 的各项权重合计 {sum}，应等于本组权重 {weight}',
    'For the tier {tier} the items weigh {sum} together, the block weighs {weight}',
  ],
  'weights.tracksSum': ['error', '各大类权重合计 {sum}，应为 100', 'The tracks weigh {sum} together, not 100'],
  'weights.trackSum': [
    'error',
    '这一大类的各组权重合计 {sum}，应为 100',
    'The blocks of this track weigh {sum} together, not 100',
  ],
  'track.empty': ['error', '这一大类没有任何组', 'No block belongs to this track'],
  'track.missing': ['error', '须写明属于哪一大类（track）', 'Say which track this block belongs to'],
  'track.unknown': ['error', '没有名为 {track} 的大类', 'There is no track {track}'],
  'track.range': ['error', '权重须在 {min} 与 {max} 之间', 'The weight must be between {min} and {max}'],
  'metric.retired': ['error', '指标 {metric} 自 {month} 起停用', 'The metric {metric} is retired from {month} on'],
  'metric.unknown': ['error', '没有名为 {metric} 的指标', 'There is no metric {metric}'],
  'metric.noDirection': [
    'error',
    '指标 {metric} 没有好坏方向，请写明 better',
    'The metric {metric} has no direction: say which way is better',
  ],
  'metric.notSplit': ['error', '指标 {metric} 不能按优先级拆分', 'The metric {metric} cannot be split by priority'],
  'metric.notByAgent': [
    'error',
    '指标 {metric} 只计到团队，请写 of: team',
    'The metric {metric} is told of teams only: write of: team',
  ],
  'metric.notByTeam': ['error', '指标 {metric} 不能按团队拆分', 'The metric {metric} cannot be split by team'],
  'metric.mixed': [
    'error',
    '指标 {metric} 在别的项里按个人计，不能同时按团队',
    'Another item tells the metric {metric} of the person: it cannot be the team’s here',
  ],
  'metric.notByDay': ['error', '指标 {metric} 不能按天拆分', 'The metric {metric} cannot be split by day'],
  'option.none': ['error', '指标 {metric} 没有可选的计法', 'The metric {metric} has no options'],
  'option.unknown': [
    'error',
    '指标 {metric} 没有选项 {option}，可用：{known}',
    'The metric {metric} has no option {option}; there are: {known}',
  ],
  'option.value': [
    'error',
    '选项 {option} 不能是 {value}，可用：{known}',
    'The option {option} cannot be {value}; there are: {known}',
  ],
  'standardise.metric': [
    'error',
    '指标 {metric} 不能标准化：它不是每条记录都有队列的比值',
    'The metric {metric} cannot be standardised: it is no ratio of records that each have a queue',
  ],
  'standardise.percentile': ['error', '百分位不能标准化', 'A percentile cannot be standardised'],
  'standardise.team': [
    'error',
    '标准化值是个人的，不能用于团队',
    'A standardised value is a person’s: it cannot be a team’s',
  ],
  'standardise.parts': [
    'error',
    '按优先级分别定目标的项不能取标准化值',
    'An item with a target for each priority cannot be judged by the standardised value',
  ],
  'standardise.latest': [
    'error',
    '取最近一次评定的板块不能用标准化值',
    'A block that takes the latest assessments cannot use standardised values',
  ],
  'standardise.counts': [
    'error',
    '按次扣分不能取标准化值；小样本按差评扣分时，请在本项写明 smallSample 的 mode 为 redistribute',
    'What is charged by occurrence cannot be standardised; where small samples are charged by bad ones, write mode redistribute under smallSample of this item',
  ],
  'option.percentileTeam': [
    'error',
    '几个团队的百分位不能合成一个，考核团队的方案不能用',
    'The percentiles of several teams do not make one: a plan that appraises teams cannot use them',
  ],
  'option.percentileDays': [
    'note',
    '百分位不能扣除某几天：豁免登记对这一项不起作用',
    'Days cannot be taken out of a percentile: exemptions have no effect on this item',
  ],
  'target.notPositive': ['error', '目标必须大于 0', 'A target must be above 0'],
  'target.negative': ['error', '目标不能小于 0', 'A target cannot be below 0'],
  'curve.order': ['error', '{mark} 与目标 {target} 的先后不对', '{mark} is on the wrong side of the target {target}'],
  'curve.target': ['error', '这种达成度曲线需要一个固定目标', 'This attainment curve needs one fixed target'],
  'step.order': ['error', '档位须从好到差排列', 'Steps must go from best to worst'],
  'step.share': ['error', '达成度须在 0 与 1 之间', 'An attainment is between 0 and 1'],
  'table.order': ['error', '{below} 须大于上一行的 {before}', '{below} must be above {before} of the row before'],
  'table.edge': ['error', '除最后一行外都须写 below', 'Every row but the last needs its below'],
  'table.open': [
    'error',
    '最后一行不写 below，否则 {below} 以上没有着落',
    'The last row has no below, or nothing covers {below} and more',
  ],
  'charge.notPositive': ['error', '扣分须大于 0', 'What is charged must be above 0'],
  'charge.order': [
    'error',
    '严重的 {major} 不能少于轻微的 {minor}',
    'A major one ({major}) cannot cost less than a minor one ({minor})',
  ],
  'deductions.nothing': ['error', '没有写明扣什么', 'Nothing is charged for'],
  'pair.alone': ['error', '“{pair}”只有一项，不成一对', 'There is only one item in the pair {pair}'],
  'smallSample.notRate': [
    'error',
    '指标 {metric} 不是百分比，不能按百分点和差评扣分',
    'The metric {metric} is not a percentage: points and bad ones cannot be charged',
  ],
  'item.unknown': ['error', '没有名为 {item} 的项', 'There is no item {item}'],
  'coupling.unknown': ['error', '没有名为 {coupling} 的联动', 'There is no coupling {coupling}'],
  'coupling.limits': ['error', '下限 {floor} 高于上限 {ceiling}', 'The floor {floor} is above the ceiling {ceiling}'],
  'coupling.twice': ['error', '项 {item} 已被另一联动调节', 'The item {item} is adjusted by another coupling already'],
  'coupling.cycle': ['error', '联动互相依赖：{path}', 'These couplings depend on each other: {path}'],
  'distribution.shares': ['error', '各等级的比例合计超过 100%', 'The shares of the grades sum to more than 100%'],
  'stars.missing': ['error', '方案没有写星级规则 stars', 'The plan has no rule for stars'],
  'stars.floor': ['error', '须为不小于 0 的整数', 'Must be a whole number of at least 0'],
  'mentoring.noTeam': [
    'error',
    '只有考核团队的方案才能分享团队成绩',
    'Only a plan that appraises teams has a result to share',
  ],
  'view.sum': ['error', '各归类权重合计应为 100', 'The parts must weigh 100 together'],
  'n.notWhole': ['error', '须为不小于 1 的整数', 'Must be a whole number of at least 1'],
  'bands.order': ['error', '等级须从高到低排列', 'Bands must go from best to worst'],
  'bands.gap': ['error', '{from} 与 {to} 之间没有等级', 'No band covers {from} to {to}'],
  'bands.overlap': ['error', '{from} 与 {to} 之间有两个等级', 'Two bands cover {from} to {to}'],
  'bands.notFromZero': ['error', '最低等级须从 0 开始', 'The lowest band must start at 0'],
  'bands.topClosed': ['error', '最高等级不能有上限', 'The best band cannot have an upper end'],
  'bands.topMissing': ['error', '除最高等级外都须写上限 to', 'Every band but the best needs its upper end `to`'],
  'bands.unreachable': ['error', '等级 {name} 不可能达到', 'Nobody can reach the band {name}'],
  'bands.vetoLast': ['error', '红线等级须放在最后', 'The grade of red lines must come last'],
  'bands.vetoRange': ['error', '红线等级的 from 与 to 都须为 0', 'The grade of red lines goes from 0 to 0'],
  'coefficient.negative': ['error', '系数不能小于 0', 'A coefficient cannot be below 0'],
  'input.unknown': ['error', '没有名为 {input} 的待填写项', 'There is no input {input}'],
  'input.range': ['error', '取值须在 {min} 与 {max} 之间', 'Must be between {min} and {max}'],
  'input.limits': ['error', '下限 {min} 大于上限 {max}', 'The least value {min} is above the greatest {max}'],
  'input.missing': ['needed', '“{zh}”需由贵单位填写', '"{en}" must be given by your organisation'],
  'input.unused': ['note', '待填写项没有被用到', 'This input is not used'],
  'promotion.from': ['error', '没有名为 {item} 的项可以让出权重', 'There is no item {item} to take weight from'],
  'promotion.tooMuch': [
    'error',
    '让出的权重不能达到或超过该项自身的权重',
    'An item cannot give away all of its weight or more',
  ],
  'promotion.notMeasured': [
    'note',
    '指标 {metric} 尚未接入，权重留在原来的项',
    'Nothing measures {metric} yet: the weight stays where it was',
  ],
  'relax.factor': ['error', '放宽系数须不小于 1', 'A relax factor must be at least 1'],
  'relax.unused': ['error', '方案没有用到指标 {metric}', 'The plan does not use the metric {metric}'],
  'exclude.relaxed': [
    'error',
    '大促日已不计入指标 {metric}，不能再放宽',
    'Promotion days do not count in {metric}: there is nothing to relax',
  ],
  'outcome.grade': ['error', '没有名为 {grade} 的等级', 'There is no grade {grade}'],
  'form.unread': ['note', '没有指标读取评定项 {item}', 'No metric reads the assessment item {item}'],
  'form.levels': ['error', '等级须从好到差，分数依次变小', 'Levels go from best to worst, with fewer points each'],
  'form.colleagues': ['error', '互评只能用逐题选级的表', 'Colleagues rate each other by questions with levels'],
  'form.auditTickets': ['error', '合规检查不能按工单抽查', 'An audit’s checklist is not filled in for single tickets'],
  'outcome.range': ['error', '范围的下限不能高于上限', 'The range must go from the lower to the higher'],
  'percent.range': ['error', '须在 0 与 100 之间', 'Must be between 0 and 100'],
} as const satisfies IssueSentences<Level>;

export type IssueCode = keyof typeof messages;

/** Words an issue of a plan. */
export const issue = issuesBy(messages);
