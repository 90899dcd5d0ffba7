import PDFDocument from 'pdfkit';
import { describe, expect, test } from 'vitest';
import { needsPassword } from '../../src/messenger/pdf-lock.ts';

async function made(options: PDFKit.PDFDocumentOptions): Promise<Buffer> {
  const pdf = new PDFDocument(options);
  const chunks: Buffer[] = [];
  const ended = new Promise((done) => pdf.on('end', done));
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  pdf.text('letter');
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

/** The newest kind of lock, as another program writes it. */
const newest = (user: string) =>
  Buffer.from(
    `%PDF-1.7\n5 0 obj\n<< /CF << /StdCF << /CFM /AESV3 >> >> /Filter /Standard /O <ee2b> /P -4 /R 6 ${user} /V 5 >>\nendobj\ntrailer << /Size 6 /Encrypt 5 0 R >>`,
  );

describe('a PDF that asks for a password to be opened', () => {
  for (const pdfVersion of ['1.3', '1.4', '1.5', '1.6', '1.7', '1.7ext3'] as const)
    test(`is told from one that is only locked against editing (${pdfVersion})`, async () => {
      const permissions = { modifying: false, copying: false } as const;
      expect(needsPassword(await made({ pdfVersion, userPassword: 'secret', ownerPassword: 'owner' }))).toBe(
        true,
      );
      expect(needsPassword(await made({ pdfVersion, ownerPassword: 'owner', permissions }))).toBe(false);
      expect(needsPassword(await made({ pdfVersion }))).toBe(false);
    });

  test('also in the newest kind', () => {
    const locked =
      '/U <d2bd5a5f95b33700ed8b792a9f7b3d25660c9b478fbfebf22db63538b38140713526aae4e255d1ade546d90e293c5756>';
    const open =
      '/U <030d5bc5a05202a214c1fe41c8e7e2eb1906eaad3e338c38d656e45528e7ae01b9019dd019ced230d3afb3d163d50ba7>';
    expect(needsPassword(newest(locked))).toBe(true);
    expect(needsPassword(newest(open))).toBe(false);
  });

  test('or for a certificate; a broken one is not called locked', () => {
    const by = (text: string) => needsPassword(Buffer.from(`%PDF-1.7 ${text}`));
    expect(by('trailer << /Encrypt << /Filter /Adobe.PubSec /V 4 >> >>')).toBe(true);
    for (const text of [
      'trailer << /Encrypt 9 0 R >>',
      'trailer << /Encrypt << /Filter /Standard /R 3 >> >>',
      'trailer << /Encrypt << /Filter /Standard /R 6 /U (a) /O (b) >> >> ((((',
      '(/Encrypt the file)',
    ])
      expect(by(text)).toBe(text.includes('/R 6'));
  });
});
