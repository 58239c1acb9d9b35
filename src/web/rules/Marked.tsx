import { type Span, segmentsOf } from './segments.ts';

/** A text with the places of its hits marked: underlined, and bold where grave, so that it reads without colour. */
export function Marked({ text, spans }: { readonly text: string; readonly spans: readonly Span[] }) {
  return (
    <>
      {segmentsOf(text, spans).map((segment) =>
        segment.marked === null ? (
          segment.text
        ) : (
          <mark key={segment.at} className={`hit-place hit-${segment.marked}`}>
            {segment.text}
          </mark>
        ),
      )}
    </>
  );
}
