import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { sessionQuery } from '../session/session';
import { Broken, NotHere, Root, Waiting } from './root';

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
const inside = <P extends string>(path: P, page: Parameters<typeof lazyRouteComponent>[0]) =>
  createRoute({ getParentRoute: () => shell, path, component: lazyRouteComponent(page) });

const tree = root.addChildren([
  signedOut.addChildren([
    outside('/sign-in', () => import('../features/signed-out/sign-in-page')),
    outside('/join', () => import('../features/signed-out/join-page')),
  ]),
  shell.addChildren([
    inside('/', () => import('../features/queue/queue-page')),
    inside('/approvals', () => import('../features/approvals/approvals-page')),
    inside('/onboarding', () => import('../features/onboarding/applications-page')),
    inside('/onboarding/$id', () => import('../features/onboarding/review-page')),
    inside('/merchants', () => import('../features/merchants/merchants-page')),
    inside('/merchants/$id', () => import('../features/merchants/merchant-page')),
    inside('/ledger', () => import('../features/ledger/ledger-page')),
    inside('/reconciliation', () => import('../features/reconciliation/board-page')),
    inside('/reconciliation/$account/$day', () => import('../features/reconciliation/day-page')),
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
