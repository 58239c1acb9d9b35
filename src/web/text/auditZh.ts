/** Words of the audit log in Chinese; auditEn.ts has the same keys. */
export const auditZh = {
  title: '审计日志',
  about:
    '谁看了同事的记录或客户的内容（打码的也算）、谁改了什么，都记在这里，只增不改。每十分钟封存一次并记入账本：之后谁改动或删掉一行，heng ledger check 都会指出来。您来看这一页，也会记下一行。',
  at: '时间',
  who: '谁',
  what: '做了什么',
  subject: '对象',
  find: '查找',
  clear: '清除条件',
  whoHint: '姓名的一部分',
  subjectHint: '编号的一部分',
  from: '从',
  to: '到',
  any: '全部',
  none: '没有符合的记录',
  noneText: '换个条件再找。',
} as const;
