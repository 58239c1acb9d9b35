import type { BackTest, TryLine } from '../../scores/backTestSchemas.ts';
import { ApiError, apiPath, Unreachable } from '../api.ts';
import type { Language } from '../text/language.ts';

export interface TryChoice {
  readonly plan: string;
  readonly version?: string | undefined;
  readonly draft?: string | undefined;
  readonly against?: string | undefined;
  readonly periods: string;
}

/** The people of a back-test as a file, in the reader's language. */
export const tryFilePath = (choice: TryChoice, format: 'csv' | 'xlsx', language: Language): string =>
  apiPath(`/api/back-test.${format}`, { ...choice, language });

/** Asks for a back-test and tells how far it is; the answer comes line by line. Throws ApiError or Unreachable. */
export async function runTry(
  choice: TryChoice,
  progress: (done: number, of: number) => void,
  signal: AbortSignal,
): Promise<BackTest> {
  const response = await fetch(apiPath('/api/back-test', { ...choice }), { credentials: 'same-origin', signal }).catch(
    (cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
      throw new Unreachable('unreachable', { cause });
    },
  );
  if (!response.ok || !response.body) {
    const answer: unknown = await response.json().catch(() => null);
    throw failure(response.status, isFailure(answer) ? answer.error : null);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Unreachable('unreachable');
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      const line = JSON.parse(text) as TryLine;
      if (line.kind === 'progress') progress(line.done, line.of);
      else if (line.kind === 'result') return line.result;
      else throw failure(422, line.error);
    }
  }
}

type Failure = Extract<TryLine, { kind: 'error' }>['error'];

const isFailure = (answer: unknown): answer is { error: Failure } =>
  typeof answer === 'object' && answer !== null && 'error' in answer;

const failure = (status: number, error: Failure | null): ApiError =>
  new ApiError(status, error?.code ?? `http.${status}`, error?.message ?? null);
