import { Transcript } from '../evidence/Transcript.tsx';
import { useReader } from '../text/language.ts';

/** The conversation that is judged, in a column that scrolls by itself where there is room. */
export function TalkPane(props: {
  readonly from: string;
  /** The message that is judged, where it is one. */
  readonly message: number | null;
}) {
  const { from, message } = props;
  const { t } = useReader();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
    <section className="workplace-talk" aria-label={t('quality.talkHead')} tabIndex={0}>
      <Transcript sessionId="" from={from} about={message} />
    </section>
  );
}
