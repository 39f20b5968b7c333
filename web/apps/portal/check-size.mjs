import { checkSize } from '@ferrypay/desk/check-size';

checkSize('portal', new URL('./dist/', import.meta.url), {
  'sign-in': ['src/features/signed-out/frame.tsx', 'src/features/signed-out/sign-in-page.tsx'],
  home: ['src/app/shell.tsx', 'src/features/home/home-page.tsx'],
});
