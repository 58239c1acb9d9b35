import type { MarkView } from '../../quality/rules/schemas.ts';
import type { Span } from './segments.ts';

/** The marks of each message; those of the conversation as a whole under '0'. */
export function marksBy(marks: readonly MarkView[]): ReadonlyMap<string, readonly MarkView[]> {
  const by = new Map<string, MarkView[]>();
  for (const mark of marks) by.set(mark.messageKey, [...(by.get(mark.messageKey) ?? []), mark]);
  return by;
}

/** Where to mark a message: masked text is longer or shorter than what was written. Overturned marks leave no trace in the text. */
export function spansFor(marks: readonly MarkView[], masked: boolean): Span[] {
  return marks
    .filter(({ status }) => status !== 'overturned')
    .flatMap((mark) =>
      (masked ? mark.places : mark.writtenPlaces).map((place) => ({ ...place, grave: mark.severity === 'major' })),
    );
}
