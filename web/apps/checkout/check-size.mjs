// The page must open quickly on a phone in an old wallet browser: its JavaScript may weigh 90 kB compressed.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 90 * 1024;
const folder = new URL('./dist/assets/', import.meta.url);
const total = readdirSync(folder)
  .filter((name) => name.endsWith('.js'))
  .reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, folder))).length, 0);

console.log(`JavaScript: ${(total / 1024).toFixed(1)} kB gzip of ${LIMIT / 1024} kB`);
if (total > LIMIT) {
  process.exit(1);
}
