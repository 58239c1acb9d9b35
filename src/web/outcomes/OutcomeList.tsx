import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { ProposalView } from '../../outcomes/schemas.ts';
import { useReader } from '../text/language.ts';
import { DecideForm } from './DecideForm.tsx';
import { History, OutcomeItem } from './OutcomeItem.tsx';
import { outcomeKey } from './outcomeKey.ts';

type Open = { readonly id: number; readonly as: 'approved' | 'declined' | 'history' };

/** Proposals to work through: one key moves, one decides. */
export function OutcomeList({
  proposals,
  mayLook,
}: {
  readonly proposals: readonly ProposalView[];
  readonly mayLook: boolean;
}) {
  const { t } = useReader();
  const [current, setCurrent] = useState(0);
  const [open, setOpen] = useState<Open | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const navigate = useNavigate();
  const at = Math.min(current, Math.max(0, proposals.length - 1));
  const focus = (place: number) => {
    setCurrent(place);
    list.current?.children[place]?.querySelector<HTMLElement>('article')?.focus();
  };
  // What was decided leaves the list: the next one takes its place and the keys.
  const back = () => {
    setOpen(null);
    requestAnimationFrame(() => focus(at));
  };
  function press(event: KeyboardEvent<HTMLOListElement>) {
    const key = outcomeKey(event);
    const proposal = proposals[at];
    if (!key || !proposal || !(event.target instanceof HTMLElement) || event.target.closest('a, button, form')) return;
    event.preventDefault();
    if (key === 'next') focus(Math.min(at + 1, proposals.length - 1));
    else if (key === 'previous') focus(Math.max(at - 1, 0));
    else if (key === 'open')
      navigate({
        to: '/scorecards/$agentId',
        params: { agentId: proposal.agent.agentId },
        search: { plan: proposal.plan.id, period: proposal.period },
      });
    else if (mayTake(proposal, key)) setOpen({ id: proposal.id, as: key });
  }
  return (
    <>
      {proposals.some(({ mayDecide }) => mayDecide) ? (
        <p className="quiet small outcome-keys">{t('outcomes.keys')}</p>
      ) : null}
      <ol className="outcomes" ref={list} onKeyDown={press}>
        {proposals.map((proposal, place) => (
          <li key={proposal.id}>
            <article tabIndex={place === at ? 0 : -1} onFocus={() => setCurrent(place)}>
              <OutcomeItem proposal={proposal} />
            </article>
            <p className="row outcome-acts">
              {(['approved', 'declined'] as const).map((as) =>
                mayTake(proposal, as) ? (
                  <button
                    key={as}
                    type="button"
                    className="text-button"
                    onClick={() => setOpen({ id: proposal.id, as })}
                  >
                    {as === 'approved'
                      ? t('outcomes.approve')
                      : proposal.state === 'approved'
                        ? t('outcomes.takeBack')
                        : t('outcomes.decline')}{' '}
                    <kbd>{as === 'approved' ? 'A' : 'D'}</kbd>
                  </button>
                ) : null,
              )}
              {mayLook ? (
                <button
                  type="button"
                  className="text-button"
                  aria-expanded={open?.id === proposal.id && open.as === 'history'}
                  onClick={() =>
                    setOpen(
                      open?.id === proposal.id && open.as === 'history' ? null : { id: proposal.id, as: 'history' },
                    )
                  }
                >
                  {t('outcomes.history')}
                </button>
              ) : null}
            </p>
            {open?.id !== proposal.id ? null : open.as === 'history' ? (
              <History id={proposal.id} />
            ) : (
              <DecideForm key={open.as} proposal={proposal} decision={open.as} close={back} done={back} />
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

const mayTake = ({ mayDecide, state, supported }: ProposalView, as: 'approved' | 'declined'): boolean =>
  mayDecide && (as === 'declined' || (state === 'proposed' && supported));
