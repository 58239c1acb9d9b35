import { z } from 'zod';
import type { Bilingual } from '../../platform/language.ts';
import type { AssessmentForm, Question } from '../../scores/assessmentFormSchema.ts';

/** What was answered, by place of a form: a level's number from 1 (best), yes, no, na (cannot be judged), or a whole number. */
export const answersSchema = z.record(z.string().max(200), z.string().regex(/^(?:yes|no|na|\d{1,6})$/));
export type Answers = z.infer<typeof answersSchema>;

/** One thing to answer. */
export interface Place {
  readonly key: string;
  readonly text: Bilingual;
  /** The ticket it is about; null: the person's whole period. */
  readonly ticket: string | null;
  readonly asks:
    | { readonly kind: 'level'; readonly levels: Question['levels'] }
    | { readonly kind: 'check' }
    | { readonly kind: 'number'; readonly most: number; readonly unit: Bilingual };
}

/** All places of a form, in order; of a checklist by tickets those of each ticket. A nomination has none. */
export function placesOf({ asks, name }: Pick<AssessmentForm, 'asks' | 'name'>, tickets: readonly string[]): Place[] {
  switch (asks.kind) {
    case 'questions':
      return asks.questions.map(({ id, text, levels }) => ({
        ...{ key: id, text, ticket: null, asks: { kind: 'level', levels } },
      }));
    case 'checklist': {
      const check = { kind: 'check' } as const;
      if (asks.tickets === undefined)
        return asks.lines.map(({ id, text }) => ({ key: id, text, ticket: null, asks: check }));
      return tickets.flatMap((ticket, i) =>
        asks.lines.map(({ id, text }) => ({ key: `${i + 1}.${id}`, text, ticket, asks: check })),
      );
    }
    case 'count':
      return [
        { key: 'count', text: name, ticket: null, asks: { kind: 'number', most: Number(asks.most), unit: asks.unit } },
      ];
    case 'nomination':
      return [];
  }
}

/** Whether a place can be answered so. */
export function fits({ asks }: Place, answer: string): boolean {
  switch (asks.kind) {
    case 'level':
      return answer === 'na' || (/^[1-9]$/.test(answer) && Number(answer) <= asks.levels.length);
    case 'check':
      return answer === 'yes' || answer === 'no' || answer === 'na';
    case 'number':
      return /^\d{1,6}$/.test(answer) && Number(answer) <= asks.most;
  }
}

/** Answers that a form has no place for, or that do not fit it. */
export function strangeAnswers(places: readonly Place[], answers: Answers): { path: string; code: string }[] {
  const known = new Map(places.map((place) => [place.key, place]));
  return Object.entries(answers).flatMap(([key, answer]) => {
    const place = known.get(key);
    return place && fits(place, answer) ? [] : [{ path: `answers.${key}`, code: 'answer.strange' }];
  });
}

/** Places without an answer, in order. */
export const openPlaces = (places: readonly Place[], answers: Answers): Place[] =>
  places.filter(({ key }) => !Object.hasOwn(answers, key));
