// What a person waits for at first: the entry and one page's own files, compressed.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 250 * 1024;
/** Whatever the entry loads by itself, in the language that weighs more. */
const ALWAYS = ['index.html', 'src/i18n/zh.ts', 'antd/es/locale/zh_CN.js'];
const FIRST_ROUTES = {
  'sign-in': ['src/features/signed-out/frame.tsx', 'src/features/signed-out/sign-in-page.tsx'],
  queue: ['src/app/shell.tsx', 'src/features/queue/queue-page.tsx'],
};
const dist = new URL('./dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

/** A chunk's file and what it imports at once. */
function files(name, found = new Set()) {
  const key = Object.keys(manifest).find((candidate) => candidate === name || candidate.endsWith(`/${name}`)) ?? name;
  const chunk = manifest[key];
  if (chunk === undefined) {
    throw new Error(`The build has no ${name}.`);
  }
  if (!found.has(chunk.file)) {
    found.add(chunk.file);
    for (const imported of chunk.imports ?? []) {
      files(imported, found);
    }
  }
  return found;
}

for (const [route, parts] of Object.entries(FIRST_ROUTES)) {
  const names = new Set([...ALWAYS, ...parts].flatMap((part) => [...files(part)]));
  const scripts = [...names].filter((name) => name.endsWith('.js'));
  const total = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, dist))).length, 0);
  console.log(`JavaScript of the console's ${route}: ${(total / 1024).toFixed(1)} kB gzip of ${LIMIT / 1024} kB`);
  if (total > LIMIT) {
    process.exitCode = 1;
  }
}
