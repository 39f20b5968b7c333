import { checkSize } from '@ferrypay/desk/check-size';

checkSize('console', new URL('./dist/', import.meta.url), {
  'sign-in': ['src/features/signed-out/frame.tsx', 'src/features/signed-out/sign-in-page.tsx'],
  queue: ['src/app/shell.tsx', 'src/features/queue/queue-page.tsx'],
});
