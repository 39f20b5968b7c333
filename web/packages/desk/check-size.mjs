import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 250 * 1024;
/** Whatever the entry loads by itself, in the language that weighs more. */
const ALWAYS = ['index.html', 'src/i18n/zh.ts', 'antd/es/locale/zh_CN.js'];

/** Fails the build where a person would wait too long for a first page: the entry and the page's own files, compressed. */
export function checkSize(app, dist, firstRoutes) {
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
  for (const [route, parts] of Object.entries(firstRoutes)) {
    const names = new Set([...ALWAYS, ...parts].flatMap((part) => [...files(manifest, part)]));
    const scripts = [...names].filter((name) => name.endsWith('.js'));
    const total = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, dist))).length, 0);
    console.log(`JavaScript of the ${app}'s ${route}: ${(total / 1024).toFixed(1)} kB gzip of ${LIMIT / 1024} kB`);
    if (total > LIMIT) {
      process.exitCode = 1;
    }
  }
}

/** A chunk's file and what it imports at once. */
function files(manifest, name, found = new Set()) {
  const key = Object.keys(manifest).find((candidate) => candidate === name || candidate.endsWith(`/${name}`)) ?? name;
  const chunk = manifest[key];
  if (chunk === undefined) {
    throw new Error(`The build has no ${name}.`);
  }
  if (!found.has(chunk.file)) {
    found.add(chunk.file);
    for (const imported of chunk.imports ?? []) {
      files(manifest, imported, found);
    }
  }
  return found;
}
