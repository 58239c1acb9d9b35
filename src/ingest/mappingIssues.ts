import { shapeSentences } from '../platform/shapeSentences.ts';
import { issuesBy, type WrittenIssue } from '../platform/writtenIssue.ts';

/** Everything that can be wrong with a mapping. */
const sentences = {
  ...shapeSentences,
  unknownTimeZone: [
    'error',
    '没有这个时区，应为 Asia/Shanghai 这样的名称',
    'There is no such time zone; it has a name such as Asia/Shanghai',
  ],
  unknownFormat: [
    'error',
    '时间格式只能用字母 y M d H h m s S a，例如 yyyy/M/d H:mm:ss',
    'A time format has the letters y M d H h m s S a only, such as yyyy/M/d H:mm:ss',
  ],
  ticketsOnly: ['error', '只有工单（tickets）可以由事件日志折叠', 'Only tickets are folded of an event log'],
  openOrClosed: ['error', '每个状态只能对应 open 或 closed', 'Every state is either open or closed'],
  npsOnly: ['error', '只有 nps 列可以写明分制（scale）', 'Only the column nps says its scale'],
  npsScale: ['error', '推荐分（nps）只接受 0-10 分制', 'Of nps only the scale 0-10 is taken'],
  twice: [
    'error',
    '这一列在 columns 里已有来源，不能再给固定值',
    'This column is taken from the file already (columns) and cannot be a constant too',
  ],
  noCondition: [
    'error',
    '条件里要写 in 或 notIn，否则什么也不筛',
    'A condition needs in or notIn: without them it leaves nothing out',
  ],
} as const;

export type MappingIssue = WrittenIssue;
export const mappingIssue = issuesBy(sentences);
