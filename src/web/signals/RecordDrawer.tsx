import '../evidence/evidence.css';
import { Drawer } from 'antd';
import { TicketView } from '../evidence/TicketView.tsx';
import { Transcript } from '../evidence/Transcript.tsx';
import { useReader } from '../text/language.ts';
import type { Look } from './FindingText.tsx';

interface RecordDrawerProps {
  readonly session: string | undefined;
  readonly ticket: string | undefined;
  readonly look: Look;
}

/** A record from a list, without leaving the list. */
export default function RecordDrawer({ session, ticket, look }: RecordDrawerProps) {
  const { t } = useReader();
  return (
    <Drawer
      open
      onClose={() => look({})}
      size={760}
      closable={{ 'aria-label': t('state.close') }}
      rootClassName="evidence-drawer"
      title={session ? `${t('signals.kind.session')} ${session}` : `${t('signals.kind.ticket')} ${ticket ?? ''}`}
    >
      {session ? (
        <Transcript sessionId={session} openTicket={(id) => look({ ticket: id })} linkOwner />
      ) : ticket ? (
        <TicketView ticketId={ticket} openSession={(id) => look({ session: id })} />
      ) : null}
    </Drawer>
  );
}
