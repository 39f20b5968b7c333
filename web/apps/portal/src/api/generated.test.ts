// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error: a script, without types
import { GENERATED, generate, target } from '../../generate-types.mjs';

it('the types are those of the published descriptions (else: npm run types --workspace apps/portal)', async () => {
  for (const [description, file] of Object.entries(GENERATED as Record<string, string>)) {
    expect(readFileSync(target(file), 'utf8') === (await generate(description)), file).toBe(true);
  }
}, 30_000);
