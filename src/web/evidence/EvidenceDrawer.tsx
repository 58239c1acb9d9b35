import './evidence.css';
import { Drawer } from 'antd';
import type { ScorecardItem } from '../../scores/schemas.ts';
import { useReader } from '../text/language.ts';
import { CountedRecord, EvidenceList } from './EvidenceList.tsx';
import { TicketView } from './TicketView.tsx';
import { Transcript } from './Transcript.tsx';

interface EvidenceDrawerProps {
  readonly item: ScorecardItem;
  readonly session: string | undefined;
  readonly ticket: string | undefined;
  readonly look: (change: Partial<Record<'session' | 'ticket', string | undefined>>) => void;
  readonly close: () => void;
}

/** From an item to the records behind it, and from a record to the conversation, without leaving the card. */
export default function EvidenceDrawer({ item, session, ticket, look, close }: EvidenceDrawerProps) {
  const { t, say } = useReader();
  const record = session ?? ticket;
  return (
    <Drawer
      open
      onClose={close}
      size={760}
      closable={{ 'aria-label': t('state.close') }}
      rootClassName="evidence-drawer"
      title={
        record ? (
          <button type="button" className="text-button" onClick={() => look({ session: undefined, ticket: undefined })}>
            ← {t('evidence.back')}
          </button>
        ) : (
          t('card.evidenceOf', { name: say(item.name) })
        )
      }
    >
      {session ? (
        <Transcript
          sessionId={session}
          counted={<CountedRecord item={item} id={session} />}
          metric={item.metric}
          agentId={item.evidence.agent}
          openTicket={(id) => look({ session: undefined, ticket: id })}
        />
      ) : ticket ? (
        <TicketView
          counted={<CountedRecord item={item} id={ticket} />}
          ticketId={ticket}
          openSession={(id) => look({ session: id, ticket: undefined })}
        />
      ) : (
        <EvidenceList item={item} look={look} />
      )}
    </Drawer>
  );
}
