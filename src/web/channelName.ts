import type { Language } from './text/language.ts';

const names: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  app: { zh: '手机应用', en: 'App' },
  web: { zh: '网页', en: 'Website' },
  wechat: { zh: '微信', en: 'WeChat' },
  live: { zh: '直播', en: 'Live stream' },
  phone: { zh: '电话', en: 'Phone' },
  email: { zh: '邮件', en: 'E-mail' },
  sms: { zh: '短信', en: 'Text message' },
};

/** A channel in the reader's words. What systems call their channels is their own choice: any other name stays as it came. */
export function channelName(channel: string, language: Language): string {
  const known = channel.toLowerCase();
  return Object.hasOwn(names, known) ? (names[known]?.[language] ?? channel) : channel;
}
