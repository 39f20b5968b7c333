import { StepUp } from '@ferrypay/desk/app/step-up.tsx';
import { useSpeech } from '@ferrypay/desk/language.tsx';
import { ApiProblem } from '@ferrypay/desk/problem.ts';
import { THEME } from '@ferrypay/desk/theme.ts';
import { Toasting } from '@ferrypay/desk/ui/toasts.tsx';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ConfigProvider } from 'antd';
import { lazy, useCallback, useState } from 'react';
import { showMerchant } from '../api/merchant';
import { sessionQuery } from '../session/session';
import { portalRouter } from './router';

const StepUpDialog = lazy(() => import('../session/step-up-dialog'));

/** The word that allows the kit to write its styles (see the gateway's policy). */
const styleNonce = document.getElementById('style-nonce')?.nonce;
const csp = styleNonce ? { csp: { nonce: styleNonce } } : {};

function newCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        // What is refused is refused again; what is not heard is asked for once more.
        retry: (failures, error) => failures < 1 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500),
      },
      mutations: { retry: false },
    },
  });
}

export function Portal() {
  const { locale } = useSpeech();
  const [cache] = useState(newCache);
  const [router] = useState(() => portalRouter(cache));
  const onSignedOut = useCallback(() => {
    if (cache.getQueryData(sessionQuery.queryKey)) {
      showMerchant(null);
      cache.clear();
      cache.setQueryData(sessionQuery.queryKey, null);
      const next = router.state.location.href;
      void router.navigate({ to: '/sign-in', search: { next } });
    }
  }, [cache, router]);
  return (
    <ConfigProvider locale={locale} theme={THEME} button={{ autoInsertSpace: false }} {...csp}>
      <QueryClientProvider client={cache}>
        <Toasting>
          <RouterProvider router={router} />
          <StepUp Dialog={StepUpDialog} session={sessionQuery.queryKey} onSignedOut={onSignedOut} />
        </Toasting>
      </QueryClientProvider>
    </ConfigProvider>
  );
}
