// What the set-up says: on standard error, one line per step, rewritten in place on a terminal.
const { stderr } = process;

export function say(text) {
  stderr.write(`${text}\n`);
}

/** Shows a step while it runs, then how long it took. The step's own output is shown only if it fails. */
export async function step(name, work) {
  const begun = Date.now();
  const seconds = () => `${((Date.now() - begun) / 1000).toFixed(1)} s`;
  const timer = stderr.isTTY ? setInterval(() => stderr.write(`\r  ${name} … ${seconds()} `), 500) : undefined;
  if (stderr.isTTY) stderr.write(`  ${name} …`);
  try {
    const result = await work();
    clearInterval(timer);
    stderr.write(`${stderr.isTTY ? '\r\u001b[K' : ''}  ${name} · ${seconds()}\n`);
    return result;
  } catch (error) {
    clearInterval(timer);
    stderr.write(`${stderr.isTTY ? '\r\u001b[K' : ''}  ${name} · ✗ ${seconds()}\n`);
    throw error;
  }
}

/** A reason to stop that the reader can act on: shown without a stack. */
export class Stop extends Error {}

export function stop(...lines) {
  throw new Stop(lines.join('\n'));
}
