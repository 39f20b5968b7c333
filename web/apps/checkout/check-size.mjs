// Pages must open quickly on a phone in an old wallet browser: this much JavaScript may each of them weigh, compressed.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMITS = { 'index.html': 90 * 1024, 'static-code.html': 60 * 1024, 'dynamic-code.html': 30 * 1024 };
const dist = new URL('./dist/', import.meta.url);

/** A page's scripts, and what they import. */
function scripts(text, found = new Set()) {
  for (const [, name] of text.matchAll(/["'](?:\/assets\/|\.\/)([\w.-]+\.js)["']/g)) {
    if (!found.has(name)) {
      found.add(name);
      scripts(readFileSync(new URL(`assets/${name}`, dist), 'utf8'), found);
    }
  }
  return found;
}

for (const [page, limit] of Object.entries(LIMITS)) {
  const names = [...scripts(readFileSync(new URL(page, dist), 'utf8'))];
  const total = names.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(`assets/${name}`, dist))).length, 0);
  console.log(`JavaScript of ${page}: ${(total / 1024).toFixed(1)} kB gzip of ${limit / 1024} kB`);
  if (total === 0 || total > limit) {
    process.exitCode = 1;
  }
}
