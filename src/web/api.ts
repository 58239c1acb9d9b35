import type { Text } from '../scores/schemas.ts';
import type { Language } from './text/language.ts';

/** What the server answers instead of a result; `message` is its own sentence in both languages. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly text: Text | null,
    readonly issues: readonly { path: string; code: string }[] = [],
  ) {
    super(code);
    this.name = 'ApiError';
  }
}

/** The server could not be reached at all. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export type Query = Readonly<Record<string, string | undefined>>;

/** Path and query of an API call; parameters without a value are left out. */
export function apiPath(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

/** Reads one JSON document. Throws ApiError or Unreachable. */
export function get<Answer>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer> {
  return call<Answer>(apiPath(path, query), signal ? { signal } : {});
}

export type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export function send<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
  const json =
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return call<Answer>(path, { method, ...json });
}

/** Sends a file as it is; the server streams it to disk. */
export function sendFile<Answer>(path: string, file: File): Promise<Answer> {
  return call<Answer>(path, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file });
}

async function call<Answer>(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(path, { credentials: 'same-origin', ...init }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Unreachable('unreachable', { cause });
  });
  const text = await response.text();
  const answer = parse(text);
  if (!response.ok) throw toApiError(response.status, answer);
  return answer as Answer;
}

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Unreachable('no JSON', { cause });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function toApiError(status: number, answer: unknown): ApiError {
  // Sign-in answers in its own form: { code, message }.
  const error = isRecord(answer) ? (isRecord(answer.error) ? answer.error : answer) : {};
  const code = typeof error.code === 'string' ? error.code : `http.${status}`;
  const message = error.message;
  const text =
    isRecord(message) && typeof message.zh === 'string' && typeof message.en === 'string'
      ? { zh: message.zh, en: message.en }
      : null;
  return new ApiError(status, code, text, Array.isArray(error.issues) ? error.issues : []);
}

/** The sentence for the reader: the server's own, or null where only the page knows what to say. */
export function errorSentence(error: unknown, language: Language): string | null {
  return error instanceof ApiError && error.text ? error.text[language] : null;
}
