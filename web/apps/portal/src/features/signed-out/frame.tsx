import { Outlet } from '@tanstack/react-router';
import { LanguageButton } from '../../session/language-button';

/** What stands around the pages before somebody is signed in. */
export default function Frame() {
  return (
    <div className="outside">
      <header className="outside-head">
        <span className="brand">FerryPay</span>
        <LanguageButton />
      </header>
      <main className="outside-card">
        <Outlet />
      </main>
    </div>
  );
}
