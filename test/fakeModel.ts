import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AskedModel {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: { messages: { role: string; content: string }[]; model: string };
  readonly atMs: number;
}
/** What it does with a request: answers so, or says nothing at all. */
export type ModelReply =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly text: string }
  | 'silence';

/** A server of chat completions that answers what it is told to, and remembers what it was asked. */
export async function openFakeModel() {
  const asked: AskedModel[] = [];
  const script: { reply: (asked: AskedModel, n: number) => ModelReply } = { reply: () => 'silence' };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => {
      text += part.toString('utf8');
    });
    request.on('end', () => {
      const one = { url: request.url ?? '', headers: request.headers, text, body: JSON.parse(text), atMs: Date.now() };
      asked.push(one);
      const reply = script.reply(one, asked.length);
      if (reply === 'silence') return;
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers }).end(reply.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    script,
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A chat completion whose message is this, as it stands or as JSON. */
export const completion = (content: unknown, tokens = 1234): ModelReply => ({
  text: JSON.stringify({
    choices: [
      { message: { role: 'assistant', content: typeof content === 'string' ? content : JSON.stringify(content) } },
    ],
    usage: { total_tokens: tokens },
  }),
});
