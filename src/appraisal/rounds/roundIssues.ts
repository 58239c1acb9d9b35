import { type Group, groups, type Perspective, ratersMin } from './perspectives.ts';

export interface Assigned {
  readonly subject: string;
  readonly rater: string;
  readonly perspective: Perspective;
  readonly isSubmitted: boolean;
}
export interface RoundIssue {
  readonly code: 'subject.noRaters' | 'rater.left' | 'group.tooFew';
  readonly subject: string;
  readonly rater?: string;
  readonly perspective?: Group;
}

/** What stands against a round: people whom nobody rates and raters who have left (both forbid it), groups too small to be shown. */
export function roundIssues(
  subjects: readonly string[],
  assigned: readonly Assigned[],
  hasLeft: (rater: string) => boolean,
): RoundIssue[] {
  return subjects.flatMap((subject): RoundIssue[] => {
    const own = assigned.filter((each) => each.subject === subject);
    const others = own.filter(({ perspective }) => perspective !== 'self');
    const gone = own.filter(({ rater, isSubmitted }) => !isSubmitted && hasLeft(rater));
    return [
      ...(others.length === 0 ? [{ code: 'subject.noRaters' as const, subject }] : []),
      ...gone.map(({ rater }) => ({ code: 'rater.left' as const, subject, rater })),
      ...groups.flatMap((perspective) => {
        const count = others.filter((each) => each.perspective === perspective).length;
        return count > 0 && count < ratersMin ? [{ code: 'group.tooFew' as const, subject, perspective }] : [];
      }),
    ];
  });
}

/** Too small a group is a choice; the others have to be mended first. */
export const forbids = ({ code }: RoundIssue): boolean => code !== 'group.tooFew';
