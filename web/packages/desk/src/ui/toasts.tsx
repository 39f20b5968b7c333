import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { useText } from '../use-text.ts';

interface Toast {
  id: number;
  kind: 'good' | 'bad';
  text: string;
}

interface Toasts {
  tell(kind: Toast['kind'], text: string): void;
}

const GOOD_MILLIS = 4_000;
const BAD_MILLIS = 10_000;

const Context = createContext<Toasts>({ tell: () => {} });

/** Says shortly what came of something, aloud too. */
export function Toasting({ children }: { children: ReactNode }) {
  const say = useText();
  const [toasts, setToasts] = useState<Toast[]>([]);
  const last = useRef(0);
  const drop = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), []);
  const tell = useCallback(
    (kind: Toast['kind'], text: string) => {
      last.current += 1;
      const id = last.current;
      setToasts((shown) => [...shown.slice(-3), { id, kind, text }]);
      setTimeout(() => drop(id), kind === 'good' ? GOOD_MILLIS : BAD_MILLIS);
    },
    [drop],
  );
  const value = useMemo(() => ({ tell }), [tell]);
  return (
    <Context.Provider value={value}>
      {children}
      <section className="toasts" aria-live="polite" aria-label={say('state.messages')}>
        {toasts.map((toast) => (
          <p key={toast.id} className={`toast toast-${toast.kind}`}>
            {toast.text}
            <button type="button" aria-label={say('action.close')} onClick={() => drop(toast.id)}>
              ×
            </button>
          </p>
        ))}
      </section>
    </Context.Provider>
  );
}

export function useToasts(): Toasts {
  return useContext(Context);
}
