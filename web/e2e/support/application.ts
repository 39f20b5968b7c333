import { expect, type Locator, type Page } from '@playwright/test';

/** One page with a blue square. */
function pdf(): Buffer {
  const paint = '0 0 1 rg 60 60 180 180 re f';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R /Resources << >> >>',
    `<< /Length ${paint.length} >>\nstream\n${paint}\nendstream`,
  ];
  let file = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const start = file.length;
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(`${file}xref\n0 5\n0000000000 65535 f \n${rows}trailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n${start}\n%%EOF\n`);
}

/** 400 by 300, painted by the browser itself. */
async function picture(page: Page, type: 'image/png' | 'image/jpeg', colour: string): Promise<Buffer> {
  const data = await page.evaluate(
    ({ type, colour }) => {
      const canvas = document.createElement('canvas');
      canvas.width = 400;
      canvas.height = 300;
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      context.fillStyle = colour;
      context.fillRect(0, 0, 400, 300);
      return canvas.toDataURL(type);
    },
    { type, colour },
  );
  return Buffer.from(data.split(',')[1] ?? '', 'base64');
}

/** Fills one section in, and saves it. */
async function section(page: Page, name: string, fill: (dialog: Locator) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: `Change: ${name}` }).click();
  const dialog = page.getByRole('dialog', { name });
  await fill(dialog);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
}

/** Fills the whole application in, hands the papers over, and hands it in. Its name is what reviewers see. */
export async function applyForLiveMode(page: Page, business: string): Promise<void> {
  await page.getByRole('link', { name: 'Onboarding' }).click();
  await section(page, 'Business', async (dialog) => {
    await dialog.getByLabel('Type of business').click();
    await page.getByTitle('Company', { exact: true }).click();
    await expect(dialog.getByTitle('Company', { exact: true })).toBeVisible();
    for (const [label, text] of Object.entries({
      'Legal name': `${business} Limited`,
      'Trading name': business,
      NZBN: '9429041535110',
      'Company number': '5555555',
      'What you sell': 'Books',
      Phone: '+64 9 555 0100',
      Address: '1 Quay Street',
      City: 'Auckland',
      Postcode: '1010',
      Country: 'NZ',
    })) {
      await dialog.getByLabel(label, { exact: true }).fill(text);
    }
  });
  await section(page, 'Directors and owners', async (dialog) => {
    await dialog.getByRole('button', { name: 'Add a person' }).click();
    const person = dialog.getByRole('group', { name: 'Person 1' });
    await person.getByLabel('Name').fill('Mere Tane');
    await person.getByLabel('Date of birth').fill('1980-02-29');
    await person.getByLabel('Nationality').fill('NZ');
    await person.getByLabel('Director').check();
    await person.getByLabel('Share in percent').fill('75.00');
    await dialog.getByLabel('Every director and everyone').check();
  });
  await section(page, 'Bank account', async (dialog) => {
    await dialog.getByLabel('Name of the holder').fill('Mere Tane');
    await dialog.getByLabel('Account number').fill('01-0902-0068389-00');
  });
  await section(page, 'Ways to pay', async (dialog) => {
    await dialog.getByLabel('WeChat Pay').check();
    await dialog.getByLabel('Expected a month in NZD').fill('20000.00');
    await dialog.getByLabel('Expected average payment in NZD').fill('60.00');
  });
  await section(page, 'Stores and websites', async (dialog) => {
    await dialog.getByLabel('Websites').fill('https://tui.example');
    await dialog.getByLabel('Websites').press('Enter');
  });
  for (const [kind, name, mimeType, buffer] of [
    ['Identity documents', 'passport.png', 'image/png', await picture(page, 'image/png', '#a33')],
    ['Proof of address', 'letter.jpg', 'image/jpeg', await picture(page, 'image/jpeg', '#3a3')],
    ['Bank statement', 'statement.pdf', 'application/pdf', pdf()],
  ] as const) {
    await page.getByLabel(`Upload: ${kind}`).first().setInputFiles({ name, mimeType, buffer });
    await expect(page.getByRole('link', { name })).toBeVisible({ timeout: 20_000 });
  }
  await page.getByRole('button', { name: 'Submit for review' }).click();
  const handing = page.getByRole('dialog', { name: 'Submit for review' });
  await handing.getByRole('checkbox').check();
  await handing.getByRole('button', { name: 'Submit for review' }).click();
  await expect(page.getByText('Handed in', { exact: true })).toBeVisible({ timeout: 20_000 });
}
