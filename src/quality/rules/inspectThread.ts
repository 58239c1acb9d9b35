import { parentPort } from 'node:worker_threads';
import { loadTextTables } from '../loadText.ts';
import { compileInspector } from '../text/inspectText.ts';
import { wordsOf } from './evaluate.ts';
import { type Engine, inspectBatch, type MessageInput, type SessionInput } from './inspectBatch.ts';
import { templatesOf } from './templates.ts';
import type { ThreadAnswer, ThreadTask } from './thread.ts';

// The thread's whole life: it is given rules, then batches, and answers each task in turn.
let engine: Engine | null = null;

parentPort?.on('message', (task: ThreadTask) => {
  parentPort?.postMessage(answer(task));
});

function answer(task: ThreadTask): ThreadAnswer {
  try {
    if (task.do === 'use') {
      const tables = loadTextTables();
      engine = {
        inspector: compileInspector(wordsOf(task.ruleSet), tables),
        version: compileInspector([], tables).version,
        ...{ ruleSet: task.ruleSet, templates: templatesOf(task.templates) },
      };
      return { ok: true, engine: engine.version };
    }
    if (!engine) throw new Error('a batch before any rules');
    const batch = { sessions: rowsOf<SessionInput>(task.sessions), messages: rowsOf<MessageInput>(task.messages) };
    return { ok: true, inspected: inspectBatch(engine, batch, task.stamp) };
  } catch (cause) {
    // Class and place only: the message might quote a customer.
    const at = cause instanceof Error ? cause.stack?.split('\n').find((line) => line.trim().startsWith('at ')) : '';
    return { ok: false, failure: `${cause instanceof Error ? cause.name : typeof cause} ${at?.trim() ?? ''}` };
  }
}

/** Rows out of our own query, as JSON lines. */
function rowsOf<Row>(bytes: Uint8Array): Row[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}
