import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from '@playwright/test';

/** The folder of the platform that runs on this machine. */
export const home = process.env.FERRY_HOME ?? resolve(import.meta.dirname, '../../../.ferry');

/** The link of the mail to somebody; mails are files where the platform runs on one machine. */
export async function linkMailedTo(address: string): Promise<string> {
  const mailbox = join(home, 'mailbox');
  let link = '';
  await expect(async () => {
    const files = (await readdir(mailbox)).filter((file) => file.endsWith('.txt'));
    const mails = await Promise.all(files.map((file) => readFile(join(mailbox, file), 'utf8')));
    const mail = mails.find((text) => text.startsWith(`To: ${address}\n`));
    link = /https?:\/\/\S+\/portal\/complete-sign-up#token=\S+/.exec(mail ?? '')?.[0] ?? '';
    expect(link).not.toBe('');
  }).toPass({ timeout: 20_000 });
  return link;
}
