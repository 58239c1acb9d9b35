import { useSuspenseQuery } from '@tanstack/react-query';
import type { Meeting } from '../../appraisal/meeting/schemas.ts';
import { errorSentence } from '../api.ts';
import { instantInTable } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { useMove } from './useMove.ts';

/** Who was moved, why and by whom; the last of each person can be taken back. */
export function Moves({ meeting, plan }: { readonly meeting: Meeting; readonly plan: string | undefined }) {
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const undo = useMove(meeting.period, plan);
  const names = new Map(
    [...meeting.scales.bands, ...meeting.scales.distribution].map(({ id, name }) => [id, say(name)]),
  );
  const name = (id: string) => names.get(id) ?? id;
  return (
    <section className="meeting-moves">
      <h2>{t('meeting.moves')}</h2>
      {meeting.moves.length === 0 ? <p className="quiet">{t('meeting.noMoves')}</p> : null}
      {undo.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(undo.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      <ul className="cycle-log">
        {meeting.moves.map((move) => (
          <li key={move.id} className={move.undone ? 'meeting-undone' : undefined}>
            <p>{t('meeting.moveLine', { name: move.agentName, from: name(move.from), to: name(move.to) })}</p>
            <p>{move.reason}</p>
            <p className="quiet small row">
              {t('cycles.by', { name: move.by, at: instantInTable(move.at, organisation.timeZone, language) })}
              {move.undone ? <span>{t('meeting.undone', { name: move.undone.by })}</span> : null}
              {move.overtaken ? <span>{t('meeting.overtaken')}</span> : null}
              {move.mayUndo && meeting.mayMove ? (
                <button
                  type="button"
                  className="text-button"
                  disabled={undo.isPending}
                  onClick={() => undo.mutate({ undo: move.id })}
                >
                  {t('meeting.undo')}
                </button>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
