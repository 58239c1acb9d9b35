import type { Transcript } from '../../../metrics/schemas.ts';
import { readTranscript } from '../../../metrics/verbs/readTranscript.ts';
import type { Actor } from '../../../people/actor.ts';
import { authorise, may } from '../../../people/authorise.ts';
import type { Deps } from '../../../platform/http.ts';
import { rubricOf } from '../../rubrics/rubricStore.ts';
import { monthOf } from '../factsStore.ts';
import { hideNames } from '../hideNames.ts';
import { countsOf, linesOf, nextOf } from '../listStore.ts';
import { isMonthClosed } from '../overturnStore.ts';
import type { Inspection, InspectionList } from '../schemas.ts';
import { mayUndo } from '../task.ts';
import { type Opened, openTask, readerOf } from './openTask.ts';

const page = 50;

/** Tasks to do, or handed in, as far as the reader may see them. Who may judge nothing sees what has been handed in. */
export async function listInspections(
  deps: Deps,
  actor: Actor,
  input: { view?: InspectionList['view'] | undefined; after?: number | undefined },
): Promise<InspectionList> {
  authorise(actor, 'inspection.read');
  const reader = await readerOf(deps, actor);
  const view = input.view ?? (reader.judges ? 'mine' : 'done');
  const { postgres } = deps.stores;
  const [rows, counts] = await Promise.all([
    linesOf(postgres, reader, view, input.after ?? null, page + 1),
    countsOf(postgres, reader),
  ]);
  const lines = rows.slice(0, page).map(({ rubricName, hideAgent, judgeable, happenedAt, submittedAt, ...line }) => {
    const isHidden = hideAgent && judgeable;
    return {
      ...line,
      ...(isHidden ? { agentId: null, agentName: null, team: null } : {}),
      ...{ rubric: rubricName, reasons: [...line.reasons], happenedAt: happenedAt.toISOString() },
      submittedAt: submittedAt?.toISOString() ?? null,
      score: judgeable ? null : line.score,
    };
  });
  return { view, counts, lines, next: rows.length > page ? (lines.at(-1)?.id ?? null) : null };
}

/** A task with its rubric, the reader's own form and what others handed in. */
export async function showInspection(deps: Deps, actor: Actor, id: number): Promise<Inspection> {
  const opened = await openTask(deps, actor, id);
  const { task, forms, events, own, purpose, blind } = opened;
  const { postgres } = deps.stores;
  const { rubric } = await rubricOf(postgres, task.rubricId, task.rubricVersion);
  const isHidden = isNameHidden(opened);
  const handedIn = blind ? forms.filter(({ inspector }) => inspector === actor.userId) : forms;
  const isOwner = may(actor, 'inspection.dispute') && actor.agentId === task.agentId;
  const reader = await readerOf(deps, actor);
  const month = monthOf(task.happenedAt, deps.timeZone);
  const closed = await isMonthClosed(postgres, month);
  return {
    id,
    state: task.state,
    agentId: isHidden ? null : task.agentId,
    agentName: isHidden ? null : task.agentName,
    team: isHidden ? null : task.team,
    happenedAt: task.happenedAt,
    reasons: [...task.reasons],
    sample: task.sampleId === null ? null : String(task.sampleId),
    assignee: task.assignee,
    score: blind ? null : (task.counted ?? forms.find((form) => form.id === task.finalForm)?.score ?? null),
    sessionId: isHidden ? null : task.sessionId,
    message: task.message,
    rubric,
    rubricVersion: task.rubricVersion,
    own:
      purpose === null
        ? null
        : {
            purpose,
            ...{
              marks: own?.marks ?? {},
              comment: own?.comment ?? '',
              revision: own?.revision ?? 0,
              seconds: own?.seconds ?? 0,
            },
          },
    busy: forms.flatMap((form) =>
      form.submittedAt === null && form.inspector !== actor.userId ? [form.inspectorName] : [],
    ),
    forms: handedIn.flatMap((form) =>
      form.submittedAt === null || form.score === null
        ? []
        : [
            {
              ...{ inspector: form.inspectorName, purpose: form.purpose, marks: form.marks, comment: form.comment },
              ...{
                seconds: form.seconds,
                submittedAt: form.submittedAt,
                score: form.score,
                counts: form.id === task.finalForm,
              },
            },
          ],
    ),
    events: events.map(({ at, by_name, what, text, score }) => ({
      ...{ at: at.toISOString(), by: isHidden && what === 'disputed' ? null : by_name, what },
      ...{ text: isHidden ? withoutName(text, task) : text, score: blind ? null : score },
    })),
    ...{ month, closed },
    may: {
      undo: !closed && mayUndo(task, forms, actor.userId, deps.now()),
      ask: task.state === 'submitted' && own?.submittedAt != null && events.at(-1)?.what !== 'asked',
      dispute: isOwner && !closed && task.state === 'submitted',
    },
    next: reader.judges ? await nextOf(postgres, reader, id) : null,
  };
}

/** The conversation of a task, without names where they are hidden from whoever judges it. */
export async function readTalk(deps: Deps, actor: Actor, input: { id: number; reveal: boolean }): Promise<Transcript> {
  const opened = await openTask(deps, actor, input.id);
  const transcript = await readTranscript(deps, actor, { sessionId: opened.task.sessionId, reveal: input.reveal });
  return isNameHidden(opened) ? hideNames(transcript) : transcript;
}

/** What an agent writes of a result may name them. */
const withoutName = (text: string, { agentName, agentId }: Opened['task']): string =>
  [agentName, agentId].reduce((shown, name) => (name.length < 2 ? shown : shown.replaceAll(name, '×××')), text);

const isNameHidden = ({ task, purpose }: Opened) => task.hideAgent && purpose !== null;
