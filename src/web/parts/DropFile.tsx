import './drop.css';
import { type DragEvent, useState } from 'react';

/** Where a file is dropped or chosen. */
export function DropFile({
  title,
  hint,
  disabled,
  pick,
}: {
  readonly title: string;
  readonly hint: string;
  readonly disabled: boolean;
  readonly pick: (file: File) => void;
}) {
  const [over, setOver] = useState(false);
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file && !disabled) pick(file);
  }
  return (
    <label
      className={over ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        type="file"
        className="unseen"
        disabled={disabled}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) pick(file);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
      <span>{title}</span>
      <span className="quiet small">{hint}</span>
    </label>
  );
}
