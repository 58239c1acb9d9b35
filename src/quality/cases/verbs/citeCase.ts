import type { Actor } from '../../../people/actor.ts';
import { authorise } from '../../../people/authorise.ts';
import { BadInput, Conflict, NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import { addExample } from '../../rubrics/addExample.ts';
import { cutText } from '../cutText.ts';
import type { CiteInput } from '../schemas.ts';
import { templateOf } from './makeTemplate.ts';

/**
 * The text of a rubric with a line of a template as one more example of a level, with the case's number; nothing is kept. Throws
 * BadInput `rubric.levelUnknown`, Conflict `rubric.examplesFull`, NotFound `case.noTemplate`.
 */
export async function citeCase(deps: Deps, actor: Actor, input: CiteInput): Promise<{ text: string }> {
  authorise(actor, 'rubric.write');
  const { excerpt } = await templateOf(deps, actor, input.case);
  const line = excerpt[input.line];
  if (!line) throw new NotFound('case.noTemplate', { case: input.case });
  const example = {
    zh: cited(line.text, `（优秀案例 ${input.case}）`),
    en: cited(line.text, ` (best case ${input.case})`),
  };
  const added = addExample(input.text, input, example);
  switch (added.status) {
    case 'added':
      return { text: added.text };
    case 'full':
      throw new Conflict('rubric.examplesFull');
    case 'unknown':
      throw new BadInput('rubric.levelUnknown', { item: input.item, level: input.level });
  }
}

/** An example holds 500 characters; the case's number stays whole. */
const cited = (text: string, where: string) => {
  const room = 500 - where.length;
  return (text.length > room ? `${cutText(text, room - 1)}…` : text) + where;
};
