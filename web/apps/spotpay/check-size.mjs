// A till's tablet may be old and its network slow: this much JavaScript may the app weigh, compressed.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 90 * 1024;
const assets = new URL('./dist/assets/', import.meta.url);
const total = readdirSync(assets)
  .filter((name) => name.endsWith('.js'))
  .reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, assets))).length, 0);
console.log(`JavaScript of SpotPay: ${(total / 1024).toFixed(1)} kB gzip of ${LIMIT / 1024} kB`);
if (total === 0 || total > LIMIT) {
  process.exitCode = 1;
}
