import { shapeSentences } from '../../platform/shapeSentences.ts';
import { issuesBy, type WrittenIssue } from '../../platform/writtenIssue.ts';

export type RuleIssue = WrittenIssue;

/** Everything that can be wrong with a rule or a word list, Chinese and English. */
const sentences = {
  ...shapeSentences,
  'id.form': [
    'error',
    '编号以小写字母开头，只用小写字母、数字和下划线，2 到 60 个字符',
    'An id begins with a small letter and has small letters, digits and underscores only, 2 to 60',
  ],
  'id.other': ['error', '编号应为 {id}', 'The id must be {id}'],
  'condition.shape': ['error', '看不懂这个条件。可用：{kinds}', 'This is no condition. There are: {kinds}'],
  'condition.tooMany': ['error', '条件共 {count} 个，最多 {max} 个', '{count} conditions, at most {max}'],
  'condition.onlyNot': [
    'error',
    '“非”要与一个说明“是什么”的条件合用，否则几乎每个会话都会命中',
    'A “not” needs a condition beside it that says what is: alone it hits nearly every conversation',
  ],
  'condition.sceneAlone': [
    'error',
    '只限定场景会命中该场景的每个会话，请再加一个条件',
    'A scene alone hits each of its conversations: add a condition',
  ],
  'condition.sameMessage': [
    'error',
    '同一条消息内不能判断这个条件（它看的是整个会话）',
    'This condition looks at the whole conversation and cannot hold within one message',
  ],
  'list.unknown': ['error', '没有名为 {list} 的词表', 'There is no word list {list}'],
  'phrase.pattern': [
    'error',
    '“{text}”像正则表达式。规则不支持正则，只按字面匹配；请把要找的说法逐一列出',
    '“{text}” looks like a regular expression. Rules match literally: list the wordings one by one',
  ],
  'phrase.nothing': ['error', '“{text}”里没有可匹配的文字', '“{text}” holds nothing that can be matched'],
  'incident.speaker': [
    'error',
    '扣分和红线只能针对客服说的话或做的事，这条规则看的是{who}',
    'Deductions and red lines are for what agents say or do; this rule looks at {who}',
  ],
  'earns.unused': ['error', '不产生事项的规则不需要准确率门槛', 'A rule that becomes no incident needs no threshold'],
  'words.tooMany': ['error', '贴了 {count} 个词，一个词表最多 {max} 个', '{count} words: a list has at most {max}'],
  'words.tooManyInAll': [
    'error',
    '全部词表合计 {count} 个词，最多 {max} 个',
    'All lists hold {count} words together, at most {max}',
  ],
  'words.twice': ['error', '第 {line} 行：“{word}”重复', 'Line {line}: “{word}” stands twice'],
  'words.length': [
    'error',
    '第 {line} 行：一个词要有 2 到 40 个字符（单个字会到处命中）',
    'Line {line}: a word has 2 to 40 characters (a single one would hit everywhere)',
  ],
  'words.nothing': [
    'error',
    '第 {line} 行：标点和表情不参与匹配，除此之外至少要有两个字',
    'Line {line}: marks and emoji are not matched; besides them two characters are needed',
  ],
  'words.none': ['error', '词表是空的', 'The list is empty'],
} as const;

export const ruleIssue = issuesBy(sentences);
