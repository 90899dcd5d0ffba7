import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ATTACHMENT_EXTENSIONS,
  ATTACHMENT_HINT,
  checkAttachment,
  FILING_FILES,
  MAX_ATTACHMENT_BYTES,
  OFFICE_FILES,
  QUESTION_FILES,
} from '../../src/messenger/attachment-type.ts';
import { compoundFile, hwp5, wordDoc, zipOf } from './compound-file.ts';

const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const pdf = latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
const gif = latin1('GIF89a\x01\x00\x01\x00\x00\x00\x00;');
const jpg = latin1('\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01');
const png = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);
const exe = latin1(`MZ\x90\x00${'\0'.repeat(200)}`);
const hwp3 = latin1(`HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05${'\0'.repeat(100)}`);
const hwpx = zipOf('mimetype', 'application/hwp+zip');
const zip = zipOf('a.txt', 'a');
const docx = zipOf(
  '[Content_Types].xml',
  '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
);
const stream = new Uint8Array(100);

async function refusal(name: string, bytes: Uint8Array): Promise<string> {
  const result = await checkAttachment({ name, bytes });
  if (result.ok) throw new Error(`accepted ${name} as ${result.type}`);
  expect(result.message.startsWith('‘')).toBe(true);
  return result.message;
}

describe('checkAttachment', () => {
  it.each([
    ['구성도.hwp', hwp5(), 'hwp'],
    ['옛 문서.hwp', hwp3, 'hwp'],
    ['공문.doc', wordDoc(), 'doc'],
    ['공문.pdf', pdf, 'pdf'],
    ['그림.gif', gif, 'gif'],
    ['그림.jpg', jpg, 'jpg'],
  ] as const)('takes %s', async (name, bytes, type) => {
    expect(await checkAttachment({ name, bytes })).toEqual({ ok: true, type, safeName: name });
  });

  it('takes jpeg as jpg, capitals, paths, and a PDF that begins late', async () => {
    const late = new Uint8Array([...new Uint8Array(1019), ...pdf]);
    expect(await checkAttachment({ name: '그림.JPEG', bytes: jpg })).toMatchObject({ safeName: '그림.jpg' });
    expect(await checkAttachment({ name: '../공문.PDF', bytes: pdf })).toMatchObject({
      safeName: '공문.pdf',
    });
    expect(await checkAttachment({ name: '공문.pdf', bytes: late })).toMatchObject({ ok: true });
    const later = new Uint8Array([...new Uint8Array(1020), ...pdf]);
    expect(await refusal('공문.pdf', later)).toContain('종류를 알 수 없는');
  });

  it('takes 3 MB to the byte, and nothing of one byte more or of none', async () => {
    const full = new Uint8Array(MAX_ATTACHMENT_BYTES);
    full.set(pdf);
    expect(await checkAttachment({ name: '공문.pdf', bytes: full })).toMatchObject({ ok: true });
    const over = new Uint8Array(MAX_ATTACHMENT_BYTES + 1);
    over.set(pdf);
    expect(await refusal('공문.pdf', over)).toContain('3.01MB로 3MB를 넘습니다');
    expect(await refusal('공문.pdf', new Uint8Array())).toContain('비어 있습니다');
  });

  it.each([
    ['구성도.hwpx', hwpx, 'HWPX 문서', 'PDF로 변환'],
    ['구성도.hwpx', zip, 'HWPX 문서', 'PDF로 변환'],
    ['신청서.docx', docx, 'Word(docx) 문서', 'PDF로 변환'],
    ['화면.png', png, 'PNG 그림', 'PDF로 변환'],
    ['목록.xls', compoundFile({ Workbook: stream }), 'Excel(xls) 문서', 'PDF로 변환'],
    ['발표.ppt', compoundFile({ 'PowerPoint Document': stream }), 'PowerPoint(ppt) 문서', 'PDF로 변환'],
    ['설치.msi', compoundFile({ '\u4840\u3b3f\u43f2': stream }), '설치 파일(msi)', ATTACHMENT_HINT],
    ['묶음.zip', zip, '압축 파일(zip)', ATTACHMENT_HINT],
    ['설치.exe', exe, '실행 파일(exe)', ATTACHMENT_HINT],
    ['메모.txt', latin1('memo'), '일반 텍스트', 'PDF로 변환'],
    ['알수없음.bin', latin1('\x00\x01\x02\x03'), '종류를 알 수 없는 파일', ATTACHMENT_HINT],
  ])('refuses %s by what it is', async (name, bytes, what, todo) => {
    const message = await refusal(name, bytes);
    expect(message).toContain(name);
    expect(message).toContain(what);
    expect(message).toContain(todo);
  });

  it.each([
    ['공문.pdf', zip, 'pdf', '압축 파일(zip)'],
    ['공문.pdf', exe, 'pdf', '실행 파일(exe)'],
    ['공문.hwp', hwpx, 'hwp', 'HWPX 문서'],
    ['공문.doc', docx, 'doc', 'Word(docx) 문서'],
    ['공문.doc', compoundFile({ Workbook: stream }), 'doc', 'Excel(xls) 문서'],
    ['공문.doc', latin1('{\\rtf1 a}'), 'doc', 'RTF 문서'],
    ['공문.pdf', latin1('<html>%PDF-1.4</html>'), 'pdf', '웹 문서(html)'],
    ['그림.gif', latin1('GIF is a word'), 'gif', '종류를 알 수 없는'],
    ['공문.hwp', compoundFile({ FileHeader: stream }), 'hwp', '복합 문서'],
    ['공문.hwp', hwp5().subarray(0, 600), 'hwp', '종류를 알 수 없는'],
    ['공문.hwp', wordDoc(), 'hwp', '확장자를 doc로 바로잡아'],
    ['공문.pdf', hwp5(), 'pdf', '확장자를 hwp로 바로잡아'],
    ['공문.exe', pdf, 'exe', '확장자를 pdf로 바로잡아'],
  ])('refuses %s that is something else, naming both', async (name, bytes, named, what) => {
    const message = await refusal(name, bytes);
    expect(message).toContain(`이름은 ${named}인데`);
    expect(message).toContain(what);
  });

  const wrapped = (signature: string) => latin1(`${signature}\x00\x01${'\x9f'.repeat(600)}`);
  const word = (flags: number) =>
    compoundFile({
      WordDocument: Uint8Array.from([0xec, 0xa5, 0xc1, 0, 0, 0, 0, 0, 0, 0, 0, flags, ...stream]),
    });
  const hwp = (properties: number) => {
    const header = Buffer.alloc(256);
    header.write('HWP Document File', 'latin1');
    header.writeUInt32LE(0x05000500, 32);
    header.writeUInt32LE(properties, 36);
    return compoundFile({ FileHeader: new Uint8Array(header) });
  };

  it.each([
    ['공문.hwp', wrapped('SCDSA002'), '문서보안(DRM)을 해제한 뒤'],
    ['공문.pdf', wrapped('SCDSA004'), '문서보안(DRM)을 해제한 뒤'],
    ['그림.jpg', wrapped('SCDSSS01'), '문서보안(DRM)을 해제한 뒤'],
    ['공문.doc', wrapped('\x9b DRMONE  This Document is encrypted'), '문서보안(DRM)을 해제한 뒤'],
    ['공문.hwp', wrapped('<!-- FasooSecureContainer'), '문서보안(DRM)을 해제한 뒤'],
    ['공문.hwp', wrapped('<DOCUMENT SAFER V2017>'), '문서보안(DRM)을 해제한 뒤'],
    ['공문.pdf', wrapped('<MARKANY_DOCUMENTSAFER>'), '문서보안(DRM)을 해제한 뒤'],
    ['공문.hwp', hwp(1 + 16), '문서보안(DRM)을 해제한 뒤'],
    ['공문.hwp', hwp(1 + 2), '[문서 암호]에서 암호를 지운 뒤'],
    ['공문.hwp', hwp(256), '[문서 암호]에서 암호를 지운 뒤'],
    ['옛 문서.hwp', Uint8Array.from(hwp3, (byte, at) => (at === 126 ? 1 : byte)), '암호를 지운 뒤'],
    ['공문.doc', word(1), '암호를 지운 뒤'],
    ['공문.docx', compoundFile({ EncryptedPackage: stream }), '암호를 지운 뒤'],
    ['공문.pdf', latin1('%PDF-1.7 trailer << /Encrypt << /Filter /Adobe.PubSec >> >>'), '암호 없이 PDF로'],
  ])(
    'refuses %s that nobody else can open, and says how it is unlocked, wherever files are taken',
    async (name, bytes, todo) => {
      for (const rule of [FILING_FILES, QUESTION_FILES, OFFICE_FILES]) {
        const result = await checkAttachment({ name, bytes }, rule);
        expect(result).toMatchObject({ ok: false, message: expect.stringContaining(todo) });
      }
    },
  );

  const behind = (before: string) => latin1(`${before}%PDF-1.7\n%%EOF\n`);
  const withZip = (bytes: Uint8Array) => new Uint8Array(Buffer.concat([bytes, zip]));

  it.each([
    ['공문.pdf', behind('#!/bin/sh\nexec rm -rf ~\n')],
    ['공문.pdf', behind('@echo off\r\ndel *.*\r\n')],
    ['공문.pdf', behind('<!-- --><script>alert(1)</script>')],
    ['공문.pdf', behind('alert(1)/*')],
    ['공문.pdf', behind('\n\n<a onmouseover=alert(1)>')],
    ['공문.pdf', behind('@PJL <svg onload=alert(1)>\r\n')],
    ['공문.pdf', withZip(pdf)],
    ['그림.gif', withZip(gif)],
    ['그림.jpg', withZip(jpg)],
    ['공문.hwp', withZip(hwp5())],
  ])('refuses %s that is also something else', async (name, bytes) => {
    for (const rule of [FILING_FILES, QUESTION_FILES, OFFICE_FILES]) {
      const result = await checkAttachment({ name, bytes }, rule);
      expect(result).toMatchObject({ ok: false, message: expect.stringContaining('다른 것으로도 열립니다') });
    }
  });

  it.each([
    ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">', 'SVG 그림'],
    ['<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">', 'SVG 그림'],
    ['<!DOCTYPE html><script>alert(1)</script>', '웹 문서(html)'],
    ['\r\n <script>alert(1)</script>', '웹 문서(html)'],
    ['MZ\x90\x00', '실행 파일(exe)'],
  ])('calls a PDF behind %j by what it begins with', async (before, what) => {
    expect(await refusal('공문.pdf', behind(before))).toContain(what);
  });

  it.each([
    '\r\n\r\n',
    '\xef\xbb\xbf',
    '\0\0\0 ',
    '\x1b%-12345X@PJL JOB NAME="a.pdf"\r\n@PJL ENTER LANGUAGE=PDF\r\n',
  ])('takes a PDF behind %j, which is nothing by itself', async (before) => {
    expect(await checkAttachment({ name: '공문.pdf', bytes: behind(before) })).toMatchObject({ ok: true });
  });

  it('takes a PDF that holds a zip inside', async () => {
    const bytes = new Uint8Array(Buffer.concat([pdf, zip, latin1('\nendstream\n%%EOF\n')]));
    expect(await checkAttachment({ name: '공문.pdf', bytes })).toMatchObject({ ok: true });
  });

  it('takes what is locked against editing only', async () => {
    expect(await checkAttachment({ name: '공문.hwp', bytes: hwp(1 + 4) })).toMatchObject({ ok: true });
    expect(await checkAttachment({ name: '공문.doc', bytes: word(0) })).toMatchObject({ ok: true });
  });

  it('takes no text about such a program for one of its files', async () => {
    const bytes = new Uint8Array(Buffer.from('메모: SCDSA002 파일이 열리지 않습니다'));
    expect(await checkAttachment({ name: '메모.txt', bytes }, QUESTION_FILES)).toMatchObject({ ok: true });
  });

  it.each([
    latin1('<?xml version="1.0" encoding="UTF-8" standalone="no" ?><HWPML Style="embed" SubVersion="9.0">'),
    new Uint8Array(Buffer.from('\ufeff<?xml version="1.0"?>\r\n<HWPML Version="2.8">', 'utf16le')),
    new Uint8Array(Buffer.from('\ufeff<?xml version="1.0"?><!DOCTYPE HWPML><HWPML>')),
  ])('asks to save an HWPML file that is called hwp as HWP or PDF', async (bytes) => {
    const message = await refusal('공문.hwp', bytes);
    expect(message).toContain('이름은 hwp인데');
    expect(message).toContain('‘한글 문서(*.hwp)’나 PDF로');
  });

  it.each([
    ['화면.bmp', latin1(`BM\x9a\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00${'\0'.repeat(60)}`), 'BMP 그림'],
    ['스캔.tif', latin1(`II*\x00\x08\x00\x00\x00${'\0'.repeat(60)}`), 'TIFF 그림'],
    ['화면.webp', latin1(`RIFF\x24\x00\x00\x00WEBPVP8 ${'\0'.repeat(60)}`), 'WebP 그림'],
    ['사진.heic', latin1(`\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic${'\0'.repeat(60)}`), 'HEIC 사진'],
    ['구성도.svg', latin1('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'), 'SVG 그림'],
    ['목록.ods', zipOf('mimetype', 'application/vnd.oasis.opendocument.spreadsheet'), 'ODS 문서'],
  ] as const)('asks to make a PDF of %s', async (name, bytes, what) => {
    const message = await refusal(name, bytes);
    expect(message).toContain(what);
    expect(message).toContain('PDF로 변환');
  });

  it('asks for an extension where there is none', async () => {
    expect(await refusal('공문', pdf)).toContain('확장자가 없고 내용은 pdf입니다');
  });

  it('puts no hostile name into its message', async () => {
    const message = await refusal('<!channel>\u202efdp.exe', exe);
    expect(message).not.toMatch(/[<>\u202e]/);
  });

  it('never throws, and takes no noise for a document', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...ATTACHMENT_EXTENSIONS.map((extension) => `a.${extension}`)),
    );
    await fc.assert(
      fc.asyncProperty(name, fc.uint8Array({ maxLength: 2000 }), async (file, bytes) => {
        const result = await checkAttachment({ name: file, bytes });
        if (result.ok) expect(Buffer.from(bytes).toString('latin1')).toMatch(/%PDF-|GIF8|\xff\xd8\xff|HWP/);
      }),
    );
  });
});
