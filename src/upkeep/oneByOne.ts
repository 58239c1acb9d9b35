/** The answers to a question asked of one after the other: each waits for the one before. */
export async function oneByOne<Each, Answer>(
  list: readonly Each[],
  ask: (each: Each) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const each of list) answers.push(await ask(each));
  return answers;
}
