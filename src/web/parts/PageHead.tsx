import type { ReactNode } from 'react';
import { useReader } from '../text/language.ts';

/** Title, what the page is about, and its one primary action. */
export function PageHead({
  title,
  children,
  pickers,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly pickers?: ReactNode;
}) {
  const { t } = useReader();
  return (
    <div className="page-head">
      <title>{`${title} · ${t('brand.name')} ${t('brand.latin')}`}</title>
      <h1>{title}</h1>
      {pickers ? <div className="page-pick">{pickers}</div> : null}
      {children ? <div className="page-act">{children}</div> : null}
    </div>
  );
}
