// Keeps the app's shell, so that it opens and says that there is no connection. It never sees what the platform is asked or answers.
const SHELL = 'spotpay-shell-1';
const PAGE = '/spotpay/';

async function keepShell() {
  const page = await fetch(PAGE, { cache: 'reload' });
  if (!page.ok) {
    throw new Error(`the shell answered ${page.status}`);
  }
  const cache = await caches.open(SHELL);
  const needed = [...new Set([...(await page.clone().text()).matchAll(/"(\/assets\/[\w.-]+)"/g)].map(([, url]) => url))];
  const kept = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  await cache.addAll(needed.filter((url) => !kept.has(url)));
  await cache.put(PAGE, page);
  for (const url of kept) {
    if (url !== PAGE && !needed.includes(url)) {
      await cache.delete(url);
    }
  }
}

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(keepShell());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) {
    return;
  }
  if (event.request.mode === 'navigate' && url.pathname.startsWith(PAGE)) {
    // The newest app when there is a network, the kept one when there is none.
    event.respondWith(fetch(event.request).catch(async () => (await caches.match(PAGE)) ?? Response.error()));
    event.waitUntil(keepShell().catch(() => undefined));
  } else if (/^\/assets\/spotpay-[\w.-]+$/.test(url.pathname)) {
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
  }
});
