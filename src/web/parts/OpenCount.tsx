/** How much waits behind a link, pressing once some of it is late; nothing where none waits. */
export function OpenCount({ open, isLate, title }: { open: number; isLate: boolean; title: string }) {
  if (open === 0) return null;
  return (
    <span className={isLate ? 'head-count head-pressing' : 'head-count'} title={title}>
      {open}
    </span>
  );
}
