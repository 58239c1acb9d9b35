import { useNarrow } from './useNarrow.ts';

/** Which keys do what; on a phone there are none. */
export function KeysHint({ text }: { readonly text: string }) {
  return useNarrow() ? null : <p className="quiet small keys-hint">{text}</p>;
}
