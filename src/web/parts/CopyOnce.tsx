import { useState } from 'react';
import { useReader } from '../text/language.ts';

/** A secret that is shown now and never again, with a button that takes it along. */
export function CopyOnce({ text, value }: { readonly text: string; readonly value: string }) {
  const { t } = useReader();
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  }
  return (
    <div className="stack">
      <p>{text}</p>
      <code className="once">{value}</code>
      {/* Browsers hand out the clipboard only over https or on this machine; elsewhere one selects the text. */}
      {window.isSecureContext ? (
        <p>
          <button type="button" className="press" onClick={copy}>
            {copied ? t('state.copied') : t('state.copy')}
          </button>
        </p>
      ) : null}
    </div>
  );
}
