import { Broken, NotHere, Root, Waiting } from '@ferrypay/desk/app/root.tsx';
import { bringTexts, type TextLoaders } from '@ferrypay/desk/language.tsx';
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { CHANNELS, LEDGER, MERCHANT, MONEY, PAYMENTS, PRICING, RECONCILIATION, REPORTS, RISK } from '../i18n/parts';
import { sessionQuery } from '../session/session';

interface Context {
  cache: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Root, notFoundComponent: NotHere });

const signedOut = createRoute({
  getParentRoute: () => root,
  id: 'signed-out',
  component: lazyRouteComponent(() => import('../features/signed-out/frame')),
});
const outside = <P extends string>(path: P, page: Parameters<typeof lazyRouteComponent>[0]) =>
  createRoute({
    getParentRoute: () => signedOut,
    path,
    component: lazyRouteComponent(page),
    // The token against forgery comes with the answer.
    loader: ({ context }) => context.cache.ensureQueryData(sessionQuery),
  });

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: lazyRouteComponent(() => import('./shell')),
  beforeLoad: async ({ context }) => {
    if ((await context.cache.ensureQueryData(sessionQuery)) === null) {
      throw redirect({ to: '/sign-in' });
    }
  },
});
/** What a page alone says is loaded with it. */
const inside = <P extends string>(path: P, page: Parameters<typeof lazyRouteComponent>[0], ...texts: TextLoaders[]) =>
  createRoute({
    getParentRoute: () => shell,
    path,
    component: lazyRouteComponent(page),
    loader: async () => {
      await Promise.all(texts.map(bringTexts));
    },
  });

const approvals = createRoute({
  getParentRoute: () => shell,
  path: '/approvals',
  component: lazyRouteComponent(() => import('../features/approvals/approvals-page')),
  validateSearch: ({ kind }: Record<string, unknown>): { kind?: string } => (typeof kind === 'string' ? { kind } : {}),
});

const tree = root.addChildren([
  signedOut.addChildren([
    outside('/sign-in', () => import('../features/signed-out/sign-in-page')),
    outside('/join', () => import('../features/signed-out/join-page')),
  ]),
  shell.addChildren([
    inside('/', () => import('../features/queue/queue-page')),
    approvals,
    inside('/onboarding', () => import('../features/onboarding/applications-page')),
    inside('/onboarding/$id', () => import('../features/onboarding/review-page')),
    inside('/merchants', () => import('../features/merchants/merchants-page')),
    inside('/merchants/$id', () => import('../features/merchants/merchant-page'), MERCHANT, MONEY, RISK),
    inside('/channels', () => import('../features/channels/channels-page'), CHANNELS),
    inside('/payments', () => import('../features/payments/payments-page'), PAYMENTS),
    inside('/payments/$id', () => import('../features/payments/payment-page'), PAYMENTS),
    inside('/risk', () => import('../features/risk/cases-page'), RISK),
    inside('/risk/cases/$id', () => import('../features/risk/case-page'), RISK),
    inside('/risk/rules', () => import('../features/risk/rules-page'), RISK),
    inside('/risk/rules/$id', () => import('../features/risk/rule-page'), RISK),
    inside('/pricing', () => import('../features/pricing/pricing-page'), PRICING),
    inside('/pricing/$kind/$currency/$scope', () => import('../features/pricing/list-page'), PRICING),
    inside('/withdrawals', () => import('../features/withdrawals/withdrawals-page'), MONEY),
    inside('/withdrawals/batches/$id', () => import('../features/withdrawals/batch-page'), MONEY),
    inside('/settlement', () => import('../features/settlement/settlement-page'), MONEY),
    inside('/ledger', () => import('../features/ledger/ledger-page'), LEDGER),
    inside('/ledger/accounts/$id', () => import('../features/ledger/statement-page'), LEDGER),
    inside('/reports', () => import('../features/reports/reports-page'), REPORTS),
    inside('/reconciliation', () => import('../features/reconciliation/board-page'), RECONCILIATION),
    inside('/reconciliation/$account/$day', () => import('../features/reconciliation/day-page'), RECONCILIATION),
    inside('/staff', () => import('../features/staff/staff-page')),
    inside('/audit', () => import('../features/audit/audit-page')),
  ]),
]);

export function consoleRouter(cache: QueryClient) {
  return createRouter({
    routeTree: tree,
    basepath: '/console',
    context: { cache },
    defaultPendingComponent: Waiting,
    defaultErrorComponent: Broken,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof consoleRouter>;
  }
}
