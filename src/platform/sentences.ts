import type { Bilingual } from './language.ts';

/** A sentence per error code; `{name}` stands for a parameter of the error. */
export type Sentences = Readonly<Record<string, Bilingual>>;

export const platformSentences: Sentences = {
  internal: { zh: '系统内部出错，已记录。', en: 'Something failed inside Heng; it has been recorded.' },
  notFound: { zh: '没有这个地址。', en: 'There is nothing at this address.' },
  'request.invalid': { zh: '请求有 {count} 处不合格式。', en: 'Problems in the request: {count}.' },
  'request.tooLarge': { zh: '请求内容过大。', en: 'The request is too large.' },
  'request.refused': { zh: '请求无法处理。', en: 'The request was refused.' },
  'signIn.needed': { zh: '请先登录。', en: 'Please sign in first.' },
  'clickhouse.unreachable': {
    zh: '分析引擎暂时连不上，正在恢复。',
    en: 'The analytical engine is unreachable; it is being restored.',
  },
  'clickhouse.starting': { zh: '分析引擎正在启动。', en: 'The analytical engine is starting.' },
  'clickhouse.busy': { zh: '分析引擎繁忙，请稍后再试。', en: 'The analytical engine is busy; try again shortly.' },
  'postgres.user': {
    zh: 'PostgreSQL 不能以 root 或无名用户运行，而这里 unshare 与 setpriv 都不可用：请换一个普通用户启动 Heng。',
    en: 'PostgreSQL does not run as root or as a user without a name, and neither unshare nor setpriv works here: start Heng as another user.',
  },
  'clickhouse.diskFull': { zh: '磁盘空间不足，请清理后重试。', en: 'The disk is full; free some space and try again.' },
};

/** The sentence of an error in both languages; without one, its code and parameters. */
export function sentenceOf(
  error: { readonly code: string; readonly params: Readonly<Record<string, string | number>> },
  sentences: Sentences = {},
): Bilingual {
  const sentence = sentences[error.code] ?? platformSentences[error.code];
  if (!sentence) {
    const details = Object.entries(error.params).map(([name, value]) => `${name}=${value}`);
    const text = [error.code, ...details].join(' ');
    return { zh: text, en: text };
  }
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (hole, name: string) => (name in error.params ? String(error.params[name]) : hole));
  return { zh: fill(sentence.zh), en: fill(sentence.en) };
}
