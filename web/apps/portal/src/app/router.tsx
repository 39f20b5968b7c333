import { Broken, NotHere, Root, Waiting } from '@ferrypay/desk/app/root.tsx';
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { type PaymentFilters, typedAmount } from '../features/payments/filters';
import { sessionQuery } from '../session/session';

interface Context {
  cache: QueryClient;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const root = createRootRouteWithContext<Context>()({ component: Root, notFoundComponent: NotHere });

// Signed out: each page stands alone.
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
    validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: text(search.next) }),
    // The token against forgery comes with the answer.
    loader: ({ context }) => context.cache.ensureQueryData(sessionQuery),
  });

// Signed in.
async function signedIn({ context, location }: { context: Context; location: { href: string } }) {
  if ((await context.cache.ensureQueryData(sessionQuery)) === null) {
    throw redirect({ to: '/sign-in', search: { next: location.href === '/' ? undefined : location.href } });
  }
}
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: lazyRouteComponent(() => import('./shell')),
  beforeLoad: signedIn,
});
const inside = <P extends string>(path: P, page: Parameters<typeof lazyRouteComponent>[0]) =>
  createRoute({ getParentRoute: () => shell, path, component: lazyRouteComponent(page) });

const payments = createRoute({
  getParentRoute: () => shell,
  path: '/payments',
  component: lazyRouteComponent(() => import('../features/payments/payments-page')),
  validateSearch: (search: Record<string, unknown>): PaymentFilters & { payment?: string } => ({
    status: text(search.status),
    reference: text(search.reference),
    code: text(search.code),
    from: text(search.from),
    to: text(search.to),
    least: typedAmount(String(search.least ?? '')) ?? undefined,
    most: typedAmount(String(search.most ?? '')) ?? undefined,
    days: search.days === 'beijing' ? 'beijing' : undefined,
    payment: text(search.payment),
  }),
});
const refunds = createRoute({
  getParentRoute: () => shell,
  path: '/refunds',
  component: lazyRouteComponent(() => import('../features/refunds/refunds-page')),
  validateSearch: (search: Record<string, unknown>): { status?: string } => ({ status: text(search.status) }),
});
const events = createRoute({
  getParentRoute: () => shell,
  path: '/developers/events',
  component: lazyRouteComponent(() => import('../features/developers/events-page')),
  validateSearch: (search: Record<string, unknown>): { type?: string; event?: string } => ({
    type: text(search.type),
    event: text(search.event),
  }),
});

const balance = createRoute({
  getParentRoute: () => shell,
  path: '/balance',
  component: lazyRouteComponent(() => import('../features/balance/balance-page')),
  validateSearch: (search: Record<string, unknown>): { currency?: string } => ({ currency: text(search.currency) }),
});

const requests = createRoute({
  getParentRoute: () => shell,
  path: '/developers/requests',
  component: lazyRouteComponent(() => import('../features/developers/requests-page')),
  validateSearch: (search: Record<string, unknown>): { status?: string; method?: string; request?: string } => ({
    status: text(search.status),
    method: text(search.method),
    request: text(search.request),
  }),
});

/** Alone on its sheet, without what stands around pages. */
const poster = createRoute({
  getParentRoute: () => root,
  path: '/poster/$code',
  component: lazyRouteComponent(() => import('../features/stores/poster-page')),
  beforeLoad: signedIn,
});

const tree = root.addChildren([
  signedOut.addChildren([
    outside('/sign-in', () => import('../features/signed-out/sign-in-page')),
    outside('/sign-up', () => import('../features/signed-out/sign-up-page')),
    outside('/complete-sign-up', () => import('../features/signed-out/complete-sign-up-page')),
    outside('/forgot-password', () => import('../features/signed-out/forgot-password-page')),
    outside('/reset-password', () => import('../features/signed-out/reset-password-page')),
    outside('/accept-invitation', () => import('../features/signed-out/accept-invitation-page')),
  ]),
  shell.addChildren([
    inside('/', () => import('../features/home/home-page')),
    payments,
    refunds,
    balance,
    inside('/withdrawals', () => import('../features/withdrawals/withdrawals-page')),
    inside('/exports', () => import('../features/exports/exports-page')),
    inside('/rates', () => import('../features/rates/rates-page')),
    inside('/stores', () => import('../features/stores/stores-page')),
    inside('/devices', () => import('../features/devices/devices-page')),
    inside('/wechat', () => import('../features/wechat/wechat-page')),
    inside('/developers/keys', () => import('../features/developers/keys-page')),
    inside('/developers/webhooks', () => import('../features/developers/webhooks-page')),
    events,
    requests,
    inside('/developers/simulator', () => import('../features/developers/simulator-page')),
    inside('/onboarding', () => import('../features/onboarding/onboarding-page')),
    inside('/team', () => import('../features/team/team-page')),
    inside('/security', () => import('../features/security/security-page')),
  ]),
  poster,
]);

export function portalRouter(cache: QueryClient) {
  return createRouter({
    routeTree: tree,
    basepath: '/portal',
    context: { cache },
    defaultPendingComponent: Waiting,
    defaultErrorComponent: Broken,
    defaultPreload: 'intent',
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof portalRouter>;
  }
}
