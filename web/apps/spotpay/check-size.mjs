// A till's tablet may be old and its network slow: this much JavaScript may the app weigh, compressed, and what is loaded only when it is needed.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const FIRST = 90 * 1024;
const LATER = 40 * 1024;
const assets = new URL('./dist/assets/', import.meta.url);
const page = readFileSync(new URL('./dist/spotpay/index.html', import.meta.url), 'utf8');
const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
const weight = (names) => names.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, assets))).length, 0);
const first = weight(scripts.filter((name) => page.includes(name)));
const later = weight(scripts.filter((name) => !page.includes(name)));
console.log(
  `JavaScript of SpotPay: ${(first / 1024).toFixed(1)} kB gzip of ${FIRST / 1024} kB, later ${(later / 1024).toFixed(1)} of ${LATER / 1024}`,
);
if (first === 0 || first > FIRST || later > LATER) {
  process.exitCode = 1;
}
