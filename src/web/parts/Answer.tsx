import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failed } from './Failed.tsx';
import { Waiting } from './Waiting.tsx';

/** The four states of whatever is asked from the server: loading, failed, empty, ready. */
export function Answer<Data>({
  query,
  empty,
  children,
}: {
  readonly query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'isPlaceholderData' | 'refetch'>;
  /** What to show when there is nothing; null when there is something. */
  readonly empty?: (data: Data) => ReactNode;
  readonly children: (data: Data) => ReactNode;
}) {
  if (query.data === undefined || (query.error && query.isPlaceholderData)) {
    return query.error ? <Failed error={query.error} reset={() => query.refetch()} /> : <Waiting />;
  }
  const nothing = empty?.(query.data);
  return (
    <div className="answer" aria-busy={query.isPlaceholderData}>
      {nothing ?? children(query.data)}
    </div>
  );
}

export function Empty({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}) {
  return (
    <section className="state">
      <h2>{title}</h2>
      {text ? <p>{text}</p> : null}
      {children}
    </section>
  );
}
