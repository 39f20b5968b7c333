import type { ReactNode } from 'react';

/** Something wide that is scrolled sideways; the keyboard reaches it, too. */
export function Scroll({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    // Named, and no landmark of its own: the card around it is one.
    // biome-ignore lint/a11y/useSemanticElements: it groups no fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls takes the focus
    <div role="group" className={className === undefined ? 'table-scroll' : `table-scroll ${className}`} aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
