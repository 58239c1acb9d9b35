import { expect, test } from 'vitest';
import { jsonBatch } from './httpBatch.ts';
import { parseJson } from './jsonRecords.ts';

test('long numbers come as the sender wrote them, whatever the texts beside them look like', () => {
  const texts = ['运单:4312345678901234, 请查收', '["4312345678901234"]', 'a\\', '\\"', '[1234567890123456]'];
  const rows = texts.map((text, n) => `{"session_id": 74123456789012345${n}7 , "text":${JSON.stringify(text)}}`);
  expect(parseJson(`[${rows.join(',')}]`)).toEqual(
    texts.map((text, n) => ({ session_id: `74123456789012345${n}7`, text })),
  );
  expect(parseJson('{"a":[-12345678901234567,12345678901234567.25],"b":0.30000000000000004,"c":1.5e3}')).toEqual({
    a: ['-12345678901234567', '12345678901234567.25'],
    b: 0.30000000000000004,
    c: 1500,
  });
});

test('what is no JSON is none, also with a long number in it', () => {
  for (const text of [
    '{"a":1234567890123456',
    '{"a":1234567890123456-5}',
    '{1234567890123456:1}',
    '{"a:1234567890123456}',
  ])
    expect(parseJson(text), text).toBeUndefined();
});

test('a body with bytes that are no UTF-8 is refused and not mended', async () => {
  async function* body(bytes: readonly number[]) {
    yield Buffer.concat([Buffer.from('[{"session_id":"S'), Buffer.from(bytes), Buffer.from('"}]')]);
  }
  expect((await jsonBatch(body([0xe4, 0xbd, 0xa0]), 'messages')).rows).toBe(1);
  await expect(jsonBatch(body([0xff]), 'messages')).rejects.toMatchObject({ code: 'ingest.badEncoding' });
});
