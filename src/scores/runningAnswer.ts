import { HengError } from '../platform/errors.ts';
import { messages } from '../platform/messages.ts';
import { sentenceOf } from '../platform/sentences.ts';
import type { BackTest, TryLine } from './backTestSchemas.ts';
import type { Progress } from './verbs/tryPlan.ts';

/** Whoever asked has gone: thrown out of the work, so that nothing more is computed for nobody. */
class Gone extends Error {
  override readonly name = 'Gone';
}

/**
 * An answer of several lines of JSON: how far it is, at last the result. What is wrong with the question rejects before the
 * first line, so that it is answered with its status; what fails later is the last line. `failed` hears of what nobody expected.
 */
export function runningAnswer(
  work: (progress: Progress) => Promise<BackTest>,
  failed: (error: unknown) => void,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let gone = false;
  let begun = false;
  return new Promise((resolve, reject) => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        const write = (line: TryLine) => controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
        const begin = () => {
          begun = true;
          resolve(stream);
        };
        // A stream is at hand for `begin` only after this function returned.
        queueMicrotask(() => {
          const running = work((done, of) => {
            if (gone) throw new Gone();
            write({ kind: 'progress', done, of });
            begin();
          });
          running
            .then((result) => {
              if (gone) return;
              write({ kind: 'result', result });
              controller.close();
              begin();
            })
            .catch((error: unknown) => {
              if (gone) return;
              if (!begun) return reject(error);
              write(errorLine(error));
              controller.close();
              if (!(error instanceof HengError)) failed(error);
            });
        });
      },
      cancel() {
        gone = true;
      },
    });
  });
}

function errorLine(error: unknown): TryLine {
  const { code, params } = error instanceof HengError ? error : { code: 'internal', params: {} };
  return { kind: 'error', error: { code, message: sentenceOf({ code, params }, messages) } };
}
