import { Button, Drawer } from 'antd';
import type { ProposalView } from '../../outcomes/schemas.ts';
import { useReader } from '../text/language.ts';
import { DecideForm } from './DecideForm.tsx';
import { History, OutcomeItem } from './OutcomeItem.tsx';
import { canTake, mayTake } from './outcomeView.ts';

interface DecideDrawerProps {
  readonly proposals: readonly ProposalView[];
  /** null: only looked at. */
  readonly as: 'approved' | 'declined' | null;
  readonly take: (as: 'approved' | 'declined' | null) => void;
  readonly mayLook: boolean;
  readonly close: () => void;
  readonly done: (count: number, as: 'approved' | 'declined') => void;
}

/** One proposal with all that is known of it, or several that get one decision. */
export default function DecideDrawer({ proposals, as, take, mayLook, close, done }: DecideDrawerProps) {
  const { t } = useReader();
  const [only] = proposals.length === 1 ? proposals : [];
  const taken = as === null ? [] : proposals.filter((each) => canTake(each, as));
  const left = as === null ? [] : proposals.filter((each) => !canTake(each, as));
  return (
    <Drawer
      open
      onClose={close}
      size={560}
      closable={{ 'aria-label': t('state.close') }}
      rootClassName="evidence-drawer"
      title={
        only
          ? `${only.agent.name} · ${t(`outcomes.kinds.${only.kind}`)}`
          : t(as === 'declined' ? 'outcomes.declineSome' : 'outcomes.approveSome', { count: taken.length })
      }
    >
      {only ? <OutcomeItem proposal={only} /> : <Names of={taken} />}
      {left.length > 0 && !only ? (
        <>
          <p className="outcome-lacks">{t('outcomes.leftOut', { count: left.length })}</p>
          <Names of={left} />
        </>
      ) : null}
      {only && as === null ? (
        <p className="row outcome-acts">
          {(['approved', 'declined'] as const).map((each) =>
            mayTake(only, each) ? (
              <Button key={each} onClick={() => take(each)}>
                {each === 'approved'
                  ? t('outcomes.approve')
                  : only.state === 'approved'
                    ? t('outcomes.takeBack')
                    : t('outcomes.decline')}
              </Button>
            ) : null,
          )}
        </p>
      ) : null}
      {as !== null && (only || taken.length > 0) ? (
        <DecideForm
          proposals={only ? [only] : taken}
          decision={as}
          close={only ? () => take(null) : close}
          done={(count) => done(count, as)}
        />
      ) : null}
      {only && mayLook ? (
        <>
          <h3>{t('outcomes.history')}</h3>
          <History id={only.id} />
        </>
      ) : null}
    </Drawer>
  );
}

function Names({ of }: { readonly of: readonly ProposalView[] }) {
  const { t } = useReader();
  return <p>{of.map(({ agent, kind }) => `${agent.name} ${t(`outcomes.kinds.${kind}`)}`).join(t('mark.comma'))}</p>;
}
