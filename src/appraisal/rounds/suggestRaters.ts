import { type Draw, shuffled } from '../../metrics/seededDraws.ts';
import type { Perspective } from './perspectives.ts';

export interface Colleague {
  readonly agentId: string;
  readonly name: string;
  readonly team: string;
  /** '' where it is not known. */
  readonly managerId: string;
}
export interface SuggestedRater {
  readonly subject: string;
  readonly rater: string;
  readonly perspective: Perspective;
}
export type HowMany = Readonly<Record<Exclude<Perspective, 'self'>, number>>;

/**
 * Who might rate whom: oneself, colleagues of the team, the people somebody leads, people of other teams. Of those who fit, whoever has least to do
 * already, ties by lot; nobody rates the person who leads them as a colleague.
 */
export function suggestRaters(
  subjects: readonly Colleague[],
  everybody: readonly Colleague[],
  howMany: HowMany,
  draw: Draw,
): SuggestedRater[] {
  const load = new Map<string, number>();
  const pick = (fitting: readonly Colleague[], count: number): string[] => {
    const chosen = shuffled(fitting, draw)
      .sort((a, b) => (load.get(a.agentId) ?? 0) - (load.get(b.agentId) ?? 0))
      .slice(0, count)
      .map(({ agentId }) => agentId);
    for (const rater of chosen) load.set(rater, (load.get(rater) ?? 0) + 1);
    return chosen;
  };
  return subjects.flatMap((subject): SuggestedRater[] => {
    const others = everybody.filter(({ agentId }) => agentId !== subject.agentId);
    const led = others.filter(({ managerId }) => managerId === subject.agentId);
    const isNear = ({ agentId, team }: Colleague) =>
      team !== '' && team === subject.team && agentId !== subject.managerId;
    const rest = others.filter(({ managerId }) => managerId !== subject.agentId);
    const groups = {
      report: pick(led, howMany.report),
      peer: pick(rest.filter(isNear), howMany.peer),
      other: pick(
        rest.filter(({ team }) => team !== '' && team !== subject.team),
        howMany.other,
      ),
    };
    return [
      { subject: subject.agentId, rater: subject.agentId, perspective: 'self' },
      ...(['peer', 'report', 'other'] as const).flatMap((perspective) =>
        groups[perspective].map((rater) => ({ subject: subject.agentId, rater, perspective })),
      ),
    ];
  });
}
