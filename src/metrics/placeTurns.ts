interface Spoken {
  readonly at: string;
  readonly sender: 'customer' | 'bot' | 'system' | 'agent';
  readonly auto: boolean;
  readonly kind: string;
}

interface CutTurns {
  readonly turn_started_at: readonly string[];
  readonly turn_answered_at: readonly string[];
  readonly open_turn_started_at: string | null;
}

/**
 * Finds in a conversation the messages at which the facts say that turns open and are answered, so that readers see what was counted.
 * Messages and turns are in order; several messages at one instant go to the first that fits.
 */
export function placeTurns(
  messages: readonly Spoken[],
  facts: CutTurns,
): { opens: number | null; answers: number | null }[] {
  const starts =
    facts.open_turn_started_at === null
      ? facts.turn_started_at
      : [...facts.turn_started_at, facts.open_turn_started_at];
  let turn = 0;
  let waiting = false;
  return messages.map((message) => {
    const visible = message.kind !== 'note' && message.kind !== 'withdrawn';
    if (!waiting && visible && message.sender === 'customer' && message.at === starts[turn]) {
      waiting = true;
      return { opens: turn, answers: null };
    }
    if (
      waiting &&
      visible &&
      message.sender === 'agent' &&
      !message.auto &&
      message.at === facts.turn_answered_at[turn]
    ) {
      waiting = false;
      turn += 1;
      return { opens: null, answers: turn - 1 };
    }
    return { opens: null, answers: null };
  });
}
