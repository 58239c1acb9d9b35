import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Meeting, Moved, MoveGrade } from '../../appraisal/meeting/schemas.ts';
import { send } from '../api.ts';
import { meetingQuery } from '../queries.ts';
import { withMove } from './meetingView.ts';

type Asked = MoveGrade | { readonly undo: number };

/** Moves somebody or takes a move back; the page changes by the answer alone, without reading everybody again. */
export function useMove(period: string, plan: string | undefined) {
  const client = useQueryClient();
  const path = `/api/cycles/${encodeURIComponent(period)}/meeting/moves`;
  return useMutation({
    mutationFn: (asked: Asked) =>
      'undo' in asked ? send<Moved>('POST', `${path}/${asked.undo}/undo`) : send<Moved>('POST', path, asked),
    onSuccess: (moved) => {
      const { queryKey } = meetingQuery(period, plan);
      client.setQueryData(queryKey, (meeting: Meeting | undefined) => (meeting ? withMove(meeting, moved) : meeting));
    },
  });
}
