import type { z } from 'zod';
import type { Actor } from '../../../people/actor.ts';
import { audit } from '../../../people/audit.ts';
import { authorise } from '../../../people/authorise.ts';
import { HengError } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { messages } from '../../../platform/messages.ts';
import { sentenceOf } from '../../../platform/sentences.ts';
import { everything } from '../../sampling/verbs/readSamples.ts';
import type { AssistantGiven } from '../assistantStore.ts';
import type { Measured, measureSchema } from '../schemas.ts';
import { unaskedTasks } from '../suggestionStore.ts';
import { askModel, endpointInUse } from './askModel.ts';

const enoughMs = 60_000;
const triedMs = 3_600_000;
/** So many in one run, and it is the model. */
const failuresMost = 5;
/** What lies in one conversation or one answer alone; everything else would meet the next one as well. */
const ofOne = new Set(['assistant.unreadable', 'assistant.tooLong', 'assistant.nothing']);

/** Has the model judge conversations that people have scored, newest first, to measure its agreement; for a minute at most. */
export async function measureAssistant(
  deps: Deps,
  given: AssistantGiven,
  actor: Actor,
  input: z.output<typeof measureSchema>,
): Promise<Measured> {
  authorise(actor, 'assistant.write', everything);
  const { endpoint } = await endpointInUse(deps, given);
  const triedAfter = new Date(deps.now() - triedMs);
  const most = input.count * 5;
  const tasks = await unaskedTasks(deps.stores.postgres, input.rubric, endpoint.identity, most, triedAfter);
  await audit(deps, actor, 'assistant.measured', `${input.rubric} ${input.count}`);
  const startedMs = performance.now();
  let asked = 0;
  let failures = 0;
  let failure: HengError | null = null;
  for (const task of tasks) {
    if (asked === input.count || performance.now() - startedMs > enoughMs) break;
    try {
      await askModel(deps, given, actor, task);
      asked++;
    } catch (cause) {
      if (!(cause instanceof HengError)) throw cause;
      failure = cause;
      failures++;
      if (!ofOne.has(cause.code) || failures === failuresMost) break;
    }
  }
  return { asked, code: failure?.code ?? null, stopped: failure && sentenceOf(failure, messages) };
}
