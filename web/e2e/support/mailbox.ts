import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from '@playwright/test';

/** The folder of the platform that runs on this machine. */
export const home = process.env.FERRY_HOME ?? resolve(import.meta.dirname, '../../../.ferry');

/**
 * The link to a page of the portal in a mail to somebody; mails are files where the platform runs on one machine.
 */
export async function linkMailedTo(address: string, to = 'complete-sign-up'): Promise<string> {
  const mailbox = join(home, 'mailbox');
  let link = '';
  await expect(async () => {
    const files = (await readdir(mailbox)).filter((file) => file.endsWith('.txt'));
    const mails = await Promise.all(files.map((file) => readFile(join(mailbox, file), 'utf8')));
    link =
      mails
        .filter((text) => text.startsWith(`To: ${address}\n`))
        .flatMap((text) => text.match(/https?:\/\/\S+\/portal\/\S+#token=\S+/g) ?? [])
        .find((found) => found.includes(`/portal/${to}#`)) ?? '';
    expect(link).not.toBe('');
  }).toPass({ timeout: 20_000 });
  return link;
}
