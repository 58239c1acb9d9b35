/** What can be wrong with any text in YAML that a person wrote, Chinese and English. */
export const shapeSentences = {
  'text.tooLong': ['error', '文件超过 {max} 个字符', 'The file has more than {max} characters'],
  'text.notYaml': ['error', '第 {line} 行不是有效的 YAML（{code}）', 'Line {line} is not valid YAML ({code})'],
  'text.aliases': [
    'error',
    '第 {line} 行用了 YAML 锚点或别名（& 或 *），请把内容直接写出来',
    'Line {line} has a YAML anchor or alias (& or *): write out what it stands for',
  ],
  'text.tooDeep': ['error', '嵌套过深', 'Nested too deeply'],
  'text.commentTooLong': [
    'error',
    '第 {line} 行附近的注释超过 {max} 个字符，请写得短些',
    'The comment near line {line} has more than {max} characters; shorten it',
  ],
  'shape.unknownKey': ['error', '不认识的字段 {key}', 'Unknown field {key}'],
  'shape.missing': ['error', '缺少必填字段', 'A required field is missing'],
  'shape.type': ['error', '类型不对，应为 {expected}', 'Wrong type, expected {expected}'],
  'shape.choice': ['error', '只能是：{choices}', 'Must be one of: {choices}'],
  'shape.amount': [
    'error',
    '应为数字或分数，例如 20、18.75、"55/3"',
    'Must be a number or a fraction, such as 20, 18.75, "55/3"',
  ],
  'shape.tooLong': ['error', '过长或过多，最多 {max}', 'Too long or too many, at most {max}'],
  'shape.tooShort': ['error', '过短或过少，至少 {min}', 'Too short or too few, at least {min}'],
  'shape.step': ['error', '最小单位是 {step}', 'Must be a multiple of {step}'],
  'shape.other': ['error', '写法不对（{code}）', 'Not in an accepted form ({code})'],
} as const;

/** One thing wrong with a text or its shape: where, which sentence of `shapeSentences`, and what fills it. */
export interface ShapeProblem {
  readonly path: string;
  readonly code: keyof typeof shapeSentences;
  readonly params: Readonly<Record<string, string | number>>;
}
