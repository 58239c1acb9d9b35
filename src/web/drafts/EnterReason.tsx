import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useReader } from '../text/language.ts';

/** A step that needs its reason in words. */
export function EnterReason({
  label,
  press,
  give,
  close,
}: {
  readonly label: string;
  readonly press: string;
  readonly give: (reason: string) => void;
  readonly close: () => void;
}) {
  const { t } = useReader();
  const [reason, setReason] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    give(reason.trim());
  }
  return (
    <form className="enter-reason" onSubmit={submit}>
      <label className="field">
        <span>{label}</span>
        <input
          // biome-ignore lint/a11y/noAutofocus: it opens by a button, and the next key belongs into it.
          autoFocus
          value={reason}
          maxLength={500}
          required
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <p className="row">
        <Button htmlType="submit" disabled={reason.trim() === ''}>
          {press}
        </Button>
        <Button onClick={close}>{t('state.cancel')}</Button>
      </p>
    </form>
  );
}
