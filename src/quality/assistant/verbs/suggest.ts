import type { Actor } from '../../../people/actor.ts';
import { authorise } from '../../../people/authorise.ts';
import { Conflict } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { type Opened, openTask } from '../../inspections/verbs/openTask.ts';
import { isHeldOut } from '../agree.ts';
import { type AssistantGiven, currentAssistant } from '../assistantStore.ts';
import type { SuggestionView } from '../schemas.ts';
import { agreementWith, markShown, suggestionOf } from '../suggestionStore.ts';
import { askModel } from './askModel.ts';

/** What an inspector may see of the model's suggestion for a task. Where its agreement does not reach, nothing of it. */
export async function readSuggestion(
  deps: Deps,
  given: AssistantGiven,
  actor: Actor,
  id: number,
): Promise<SuggestionView> {
  authorise(actor, 'inspection.write');
  const opened = await openTask(deps, actor, id);
  const { postgres } = deps.stores;
  const { kept, endpoint } = await currentAssistant(postgres, given);
  if (!kept.on || !endpoint) return { state: 'off', agreement: null, suggestion: null };
  const agreement = await agreementWith(postgres, opened.task.rubricId, endpoint.identity, kept);
  if (agreement.verdict !== 'earned') return { state: 'hidden', agreement, suggestion: null };
  if (isBlind(opened)) return { state: 'blind', agreement, suggestion: null };
  const found = await suggestionOf(postgres, id, endpoint.identity);
  if (!found) return { state: 'none', agreement, suggestion: null };
  await markShown(postgres, id, endpoint.identity, new Date(deps.now()));
  const { askedAt, items, discarded } = found;
  const suggestion = {
    model: endpoint.model,
    askedAt: askedAt.toISOString(),
    items: [...items],
    discarded: [...discarded],
  };
  return { state: 'ready', agreement, suggestion };
}

/** Asks the model, unless it was asked before, and answers what may be seen. Throws Conflict `assistant.hidden` where suggestions are not shown. */
export async function askSuggestion(
  deps: Deps,
  given: AssistantGiven,
  actor: Actor,
  id: number,
): Promise<SuggestionView> {
  const before = await readSuggestion(deps, given, actor, id);
  if (before.state === 'off') throw new Conflict('assistant.off');
  if (before.state === 'hidden' || before.state === 'blind') throw new Conflict('assistant.hidden');
  if (before.state === 'none') await askModel(deps, given, actor, id);
  return readSuggestion(deps, given, actor, id);
}

/** Second opinions and reviews are a person's own; so is one first form in five. */
const isBlind = ({ task, purpose }: Opened) => purpose !== null && (purpose !== 'first' || isHeldOut(task.id));
