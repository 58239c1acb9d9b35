import type { ReactNode } from 'react';

/** A word over what one fills in. */
export function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="metrics-field">
      <span>{label}</span>
      {children}
    </div>
  );
}
