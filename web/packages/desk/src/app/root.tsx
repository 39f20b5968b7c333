import { type ErrorComponentProps, Link, Outlet, useRouter } from '@tanstack/react-router';
import { Failed, Loading } from '../ui/states.tsx';
import { useText } from '../use-text.ts';

export function Root() {
  return <Outlet />;
}

export function Waiting() {
  return (
    <main className="alone">
      <Loading />
    </main>
  );
}

export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <main className="alone">
      <Failed
        error={error}
        again={() => {
          reset();
          void router.invalidate();
        }}
      />
    </main>
  );
}

export function NotHere() {
  const say = useText();
  return (
    <main className="alone">
      <h1>{say('notHere.title')}</h1>
      <p>
        <Link to="/">{say('notHere.home')}</Link>
      </p>
    </main>
  );
}
