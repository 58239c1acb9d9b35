import type { TestApp } from './testApp.ts';

/** Opens, closes and publishes a period as HR does, and waits until it is done. */
export async function publish(heng: TestApp, period: string): Promise<void> {
  const administrator = await heng.signedIn({ role: 'administrator' });
  const move = async (verb: string) => {
    const answer = await administrator('POST', `/api/cycles/${period}/${verb}`, { reason: 'a test' });
    if (answer.status >= 300) throw new Error(`${verb} ${period}: ${answer.status} ${await answer.text()}`);
  };
  await move('open');
  await move('close');
  for (;;) {
    const { rows } = await heng.stores.postgres.query<{ state: string; failure: string | null }>(
      'SELECT state, failure FROM cycles LEFT JOIN cycle_work USING (period) WHERE period = $1',
      [period],
    );
    if (rows[0]?.failure) throw new Error(`${period} was not closed: ${rows[0].failure}`);
    if (rows[0]?.state === 'closed') break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await move('publish');
}
