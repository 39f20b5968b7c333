import { useEffect, useEffectEvent, useRef } from 'react';
import { useSpeech } from '../i18n/language';

export function LeaveDialog({ href, onStay }: { href: string; onStay: () => void }) {
  const { say } = useSpeech();
  const stay = useRef<HTMLButtonElement>(null);
  const leave = useRef<HTMLAnchorElement>(null);

  // The page is drawn anew whenever the payment changes: focus must not move then, only the newest answer counts.
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      onStay();
    } else if (event.key === 'Tab') {
      // Two things can be reached here, and nothing behind.
      event.preventDefault();
      (document.activeElement === stay.current ? leave.current : stay.current)?.focus();
    }
  });

  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    stay.current?.focus();
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => {
      document.removeEventListener('keydown', listen);
      before?.focus();
    };
  }, []);

  return (
    <div className="veil">
      <div role="dialog" aria-modal="true" aria-labelledby="leave-title" aria-describedby="leave-help" className="dialog">
        <h2 id="leave-title">{say('leaveTitle')}</h2>
        <p id="leave-help">{say('leaveHelp')}</p>
        <div className="actions">
          <button type="button" ref={stay} className="button" onClick={onStay}>
            {say('keepPaying')}
          </button>
          <a ref={leave} className="button button-quiet" href={href} rel="noreferrer">
            {say('leave')}
          </a>
        </div>
      </div>
    </div>
  );
}
