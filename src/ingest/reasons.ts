/**
 * Why a row, or a whole file, was not taken in. The identifiers are a public contract: they appear in rejects files,
 * API answers and scripts. Each text is one sentence for the person who has to correct the row.
 */
export const reasons = {
  missing: { zh: '必填列没有值', en: 'A required column has no value' },
  notAnInstant: {
    zh: '不是可识别的时间（需要 ISO 8601，例如 2026-10-01T09:00:00+08:00）',
    en: 'Not a time that can be read (ISO 8601, such as 2026-10-01T09:00:00+08:00)',
  },
  timeImplausible: { zh: '时间早于 2000 年或晚于当前时间', en: 'The time is before 2000 or in the future' },
  notADate: { zh: '不是日期（需要 YYYY-MM-DD）', en: 'Not a date (YYYY-MM-DD)' },
  dateImplausible: { zh: '日期不合理', en: 'The date is implausible' },
  notATimeOfDay: { zh: '不是一天中的时刻（需要 HH:MM）', en: 'Not a time of day (HH:MM)' },
  notAnInteger: { zh: '不是整数', en: 'Not a whole number' },
  notADecimal: { zh: '不是数字', en: 'Not a number' },
  notMoney: { zh: '不是金额（最多两位小数）', en: 'Not an amount of money (at most two decimals)' },
  notSeconds: { zh: '不是非负的秒数', en: 'Not a number of seconds, zero or more' },
  notABoolean: { zh: '不是真或假（true/false、1/0、是/否）', en: 'Neither true nor false (true/false, 1/0)' },
  notAPeriod: { zh: '不是周期（例如 2026-10）', en: 'Not a period (such as 2026-10)' },
  notOneOf: { zh: '不在允许的取值之内', en: 'Not one of the allowed values' },
  outOfRange: { zh: '数值超出范围', en: 'The number is out of range' },
  tooLong: { zh: '值过长', en: 'The value is too long' },
  unknownAgent: { zh: '人员名单中没有该客服', en: 'No agent of this id is known' },
  customerIsAgent: { zh: '客户编号是一位客服的工号', en: 'The customer has the id of an agent' },
  twoPeople: {
    zh: '同一个工号写着两个人：姓名和入职日期都不同，或同一天起有两个姓名',
    en: 'Two people with one id: another name and another hiring date, or two names valid from the same day',
  },
  sessionOrCustomerMissing: {
    zh: 'session_id 与 customer_id 至少要有一个',
    en: 'Either session_id or customer_id is needed',
  },
  sessionOrTicketMissing: {
    zh: 'session_id 与 ticket_id 至少要有一个',
    en: 'Either session_id or ticket_id is needed',
  },
  erased: {
    zh: '这位客户或员工的数据已按要求清除，不再收入',
    en: 'The data of this customer or employee were erased on request and are not taken in again',
  },
  endsBeforeStart: { zh: '结束早于开始', en: 'It ends before it starts' },
  paidBeforeCreated: { zh: '付款时间早于下单时间', en: 'The order was paid before it was created' },
  columnCount: { zh: '列数与表头不符', en: 'The number of columns differs from the header' },
  lineTooLong: { zh: '一行超过 1 MiB', en: 'A line is longer than 1 MiB' },
  nullByte: { zh: '含有空字节', en: 'Contains a null byte' },
  badEncoding: { zh: '不是有效的文字编码', en: 'Not valid text in the encoding of the file' },
  badQuotes: { zh: '引号没有正确闭合', en: 'Quotation marks are not closed properly' },
  badJson: { zh: '不是有效的 JSON 对象', en: 'Not a valid JSON object' },
  halfWritten: { zh: '文件在这一行中途结束', en: 'The file ends in the middle of this line' },
  missingColumn: { zh: '缺少必需的列', en: 'A required column is missing' },
  duplicateColumn: { zh: '列名重复', en: 'The column name appears twice' },
  unknownKind: { zh: '无法识别数据种类', en: 'The kind of data is not recognised' },
  unknownFormat: { zh: '无法识别文件格式', en: 'The file format is not recognised' },
  unreadable: { zh: '文件无法读取', en: 'The file cannot be read' },
  damaged: { zh: '文件已损坏或不完整', en: 'The file is damaged or incomplete' },
  encodingUtf16: { zh: '文件为 UTF-16 编码，请另存为 UTF-8', en: 'The file is UTF-16: save it as UTF-8' },
  zipBomb: { zh: '解压后的大小不合理', en: 'Implausibly large once decompressed' },
  emptyFile: { zh: '文件为空', en: 'The file is empty' },
  npsScale: {
    zh: '推荐分（nps）一百个以上全在 1–9 之间，没有 0 也没有 10，像是 1–9 分制的导出；只接受 0–10 分。确实是 0–10 分制的，在映射的 nps 列写明 scale: 0-10',
    en: 'A hundred likelihoods to recommend (nps) or more and all from 1 to 9, neither 0 nor 10: this looks like an export on a scale of 1 to 9, and only 0 to 10 is taken. Where it is 0 to 10, say so in the mapping: scale: 0-10 of the column nps',
  },
  sheetMissing: { zh: '没有这个工作表', en: 'There is no such sheet' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Reason = keyof typeof reasons;
export const reasonNames = Object.keys(reasons) as [Reason, ...Reason[]];
