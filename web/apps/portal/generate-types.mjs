// The types of the APIs, from their published descriptions. With --check it only says whether the files are up to date.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const DOCS = new URL('../../../docs/api/', import.meta.url);
export const GENERATED = {
  'balances-v2.json': 'balances.gen.ts',
  'portal-v1.json': 'portal.gen.ts',
  'payments-v2.json': 'payments.gen.ts',
  'merchants-v2.json': 'merchants.gen.ts',
  'notifications-v2.json': 'notifications.gen.ts',
};

export async function generate(description) {
  return `// Generated from docs/api/${description} by npm run types; never edited.\n${astToString(await openapiTS(new URL(description, DOCS), { defaultNonNullable: false }))}`;
}

export function target(file) {
  return new URL(`./src/api/${file}`, import.meta.url);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [description, file] of Object.entries(GENERATED)) {
    const text = await generate(description);
    const old = await readFile(target(file), 'utf8').catch(() => '');
    if (old !== text) {
      if (process.argv.includes('--check')) {
        console.error(`${file} is out of date: npm run types --workspace apps/portal`);
        process.exitCode = 1;
      } else {
        await writeFile(target(file), text);
      }
    }
  }
}
