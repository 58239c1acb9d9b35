import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../../people/actor.ts';
import { BadInput, Conflict, type HengError, Unavailable } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { type OutgoingAnswer, OutgoingFailure, postJson } from '../../../platform/outgoing.ts';
import { taskById } from '../../inspections/taskStore.ts';
import { rubricOf } from '../../rubrics/rubricStore.ts';
import { type AssistantGiven, currentAssistant, type Endpoint, type KeptAssistant } from '../assistantStore.ts';
import { answerTokensMax, promptOf } from '../prompt.ts';
import { readAnswer, readCompletion } from '../readAnswer.ts';
import { endRequest, reserveRequest } from '../requestStore.ts';
import { type Ended, waitBeforeRetry } from '../retry.ts';
import type { Outcome } from '../schemas.ts';
import { insertSuggestion } from '../suggestionStore.ts';
import { talkOf } from '../talkStore.ts';

const bytesMax = 2 * 1024 * 1024;

/** The endpoint that is on. Throws Conflict `assistant.off`, `assistant.keyLost`. */
export async function endpointInUse(
  deps: Deps,
  given: AssistantGiven,
): Promise<{ endpoint: Endpoint; kept: KeptAssistant }> {
  const { kept, key, endpoint } = await currentAssistant(deps.stores.postgres, given);
  if (!kept.on) throw new Conflict('assistant.off');
  if (key === 'lost') throw new Conflict('assistant.keyLost');
  if (!endpoint) throw new Conflict('assistant.off');
  return { endpoint, kept };
}

/**
 * Has the model judge a task and keeps what holds of its answer as a suggestion; nothing else changes. What stands in the way is told by its code:
 * `assistant.budget`, `.rate`, `.timedOut`, `.unreachable`, `.failed`, `.refused`, `.unreadable`, `.address`, `.tooLong`, `.nothing`, `.off`.
 */
export async function askModel(deps: Deps, given: AssistantGiven, actor: Actor, taskId: number): Promise<void> {
  const { postgres } = deps.stores;
  const { endpoint, kept } = await endpointInUse(deps, given);
  const task = await taskById(postgres, taskId);
  const { rubric } = await rubricOf(postgres, task.rubricId, task.rubricVersion);
  const { talk, judged } = await talkOf(deps, task);
  const messages = promptOf(rubric, talk, judged);
  const body = {
    ...{ model: endpoint.model, messages, temperature: 0, max_tokens: answerTokensMax, stream: false },
    response_format: { type: 'json_object' },
  };
  const tokensMost = messages.reduce((sum, { content }) => sum + content.length, answerTokensMax);
  for (let attempt = 1; ; attempt++) {
    const request = { task: taskId, model: endpoint.identity, tokensMost };
    const id = await reserveRequest(deps, actor, kept, request);
    const startedMs = deps.now();
    const { ended, answer } = await post(endpoint, body, kept.timeoutSeconds * 1000);
    const completion = answer?.status === 200 ? readCompletion(answer.text) : null;
    const spoken = talk.map(({ text }) => text);
    const read = completion ? readAnswer(completion.content, rubric, spoken) : null;
    const outcome = outcomeOf(ended, read !== null);
    const { status } = ended;
    await endRequest(postgres, id, {
      ...{ outcome, status, durationMs: deps.now() - startedMs },
      tokens: completion?.tokens ?? (isUnpaid(outcome) ? 0 : null),
    });
    if (read) {
      const askedAt = new Date(deps.now());
      return insertSuggestion(postgres, taskId, { model: endpoint.identity, askedAt, ...read });
    }
    const wait = waitBeforeRetry(ended, attempt, deps.now());
    if (wait === null) throw failureOf(outcome, status ?? 0);
    await sleep(wait);
  }
}

async function post(endpoint: Endpoint, body: unknown, timeoutMs: number) {
  const headers: Record<string, string> = endpoint.key === null ? {} : { authorization: `Bearer ${endpoint.key}` };
  try {
    const answer: OutgoingAnswer = await postJson(endpoint.url, { headers, body, timeoutMs, bytesMax });
    const ended: Ended = { status: answer.status, trouble: null, retryAfter: answer.retryAfter };
    return { ended, answer };
  } catch (cause) {
    if (!(cause instanceof OutgoingFailure)) throw cause;
    const ended: Ended = { status: null, trouble: cause.trouble, retryAfter: null };
    return { ended, answer: null };
  }
}

function outcomeOf({ status, trouble }: Ended, isRead: boolean): Exclude<Outcome, 'sent'> {
  if (trouble) return trouble;
  if (status === 200) return isRead ? 'answered' : 'unreadable';
  return status === 429 || (status !== null && status >= 500) ? 'failed' : 'refused';
}

/** Nothing was computed for it; of everything else without a count the most it can have been stays reserved. */
const isUnpaid = (outcome: Outcome) =>
  outcome === 'unreachable' || outcome === 'address' || outcome === 'refused' || outcome === 'failed';

function failureOf(outcome: Exclude<Outcome, 'sent'>, status: number): HengError {
  switch (outcome) {
    case 'timedOut':
      return new Unavailable('assistant.timedOut', 30);
    case 'unreachable':
      return new Unavailable('assistant.unreachable', 30);
    case 'failed':
      return new Unavailable('assistant.failed', 60);
    case 'refused':
      return new Conflict('assistant.refused', { status });
    case 'address':
      return new BadInput('assistant.address');
    case 'answered':
    case 'unreadable':
    case 'tooLarge':
      return new Conflict('assistant.unreadable');
  }
}
