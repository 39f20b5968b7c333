import { Page } from '@ferrypay/desk/ui/page.tsx';
import { useText } from '../../i18n/use-text';
import { useMay, useSession } from '../../session/session';
import { Figures } from './figures';
import { Recent } from './recent';
import { ToDo } from './to-do';

export default function HomePage() {
  const say = useText();
  const may = useMay();
  const session = useSession();
  return (
    <Page title={say('home.title')} intro={say('home.hello', { name: session.user?.name ?? '' })}>
      <ToDo />
      {may('payments:read') ? (
        <>
          <Figures />
          <Recent />
        </>
      ) : null}
    </Page>
  );
}
