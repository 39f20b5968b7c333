import { LanguageButton } from '@ferrypay/desk/ui/language-button.tsx';
import { Outlet } from '@tanstack/react-router';

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
