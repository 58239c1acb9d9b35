import { expect, test } from 'vitest';
import { channels } from '../demo/company.ts';
import { channelName } from './channelName.ts';

test('the usual channels are told in words, any other as its system calls it', () => {
  expect([channelName('WeChat', 'zh'), channelName('web', 'en')]).toEqual(['微信', 'Website']);
  expect([channelName('千牛', 'zh'), channelName('toString', 'zh')]).toEqual(['千牛', 'toString']);
  for (const channel of Object.values(channels).flat()) expect(channelName(channel, 'zh')).toMatch(/\p{Script=Han}/u);
});
