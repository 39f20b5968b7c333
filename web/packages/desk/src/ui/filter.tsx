import type { ReactNode } from 'react';

/** A control of a filter bar with its name above it; the control repeats the name as its `aria-label`. */
export function Filter({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="filter">
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}
