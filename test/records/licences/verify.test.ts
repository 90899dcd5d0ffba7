import { createHash, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeLocalSigner } from '../../../src/records/licences/local-signer.ts';
import { signLicence } from '../../../src/records/licences/sign.ts';
import type { Signer } from '../../../src/records/licences/signer.ts';
import { openLicence } from '../../../src/records/licences/verify.ts';
import { readCms, signWith, writeCms } from '../../../src/records/pki/cms.ts';
import { canonicalJson } from '../../../src/store/canonical-json.ts';
import { runs } from '../../runs.ts';
import { certificateFor, NOW, samplePayload, temporaryDirectory } from './sample.ts';

const ours = temporaryDirectory();
const theirs = temporaryDirectory();
let signer: Signer;
let foreign: Signer;
let file: Buffer;

beforeAll(async () => {
  [signer, foreign] = await Promise.all([makeLocalSigner(ours, NOW), makeLocalSigner(theirs, NOW)]);
  file = signLicence(samplePayload(), signer);
});

const open = (bytes: Uint8Array) => openLicence(bytes, [foreign.certificatePem, signer.certificatePem]);
const reason = (bytes: Uint8Array, trusted: string[] = [signer.certificatePem]) => {
  const opened = openLicence(bytes, trusted);
  return opened.ok ? 'OPENED' : opened.reason;
};

/** Signs any content as a licence is signed. */
function signContent(content: Buffer, by: Signer): Buffer {
  return writeCms({ content, certificate: by.certificate, signingTime: NOW }, signWith(by.key));
}

/** One value, its length in four bytes whatever it is: BER, but not DER. */
function ber(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const head = Buffer.from([tag, 0x84, 0, 0, 0, 0]);
  head.writeUInt32BE(content.length, 2);
  return Buffer.concat([head, content]);
}

describe('openLicence takes', () => {
  it('the file, and says who signed it', () => {
    expect(open(file)).toEqual({
      ok: true,
      payload: samplePayload(),
      sha256: createHash('sha256').update(file).digest('hex'),
      signer: {
        subject: 'CN=Bogeup Local Licence Signer',
        notAfter: new Date('2036-03-02T01:23:45Z'),
        fingerprint: signer.fingerprint,
      },
    });
  });

  it.each<[string, (base64: string) => string]>([
    ['one line of base64', (base64) => base64],
    ['base64 with line ends of Windows', (base64) => `${base64.replace(/.{64}/g, '$&\r\n')}\r\n`],
    ['PEM as openssl writes it', (base64) => `-----BEGIN CMS-----\n${base64}\n-----END CMS-----\n`],
    ['PEM of PKCS #7', (base64) => `-----BEGIN PKCS7-----\n${base64}\n-----END PKCS7-----\n`],
    ['text with a byte order mark', (base64) => `\ufeff${base64}`],
  ])('%s', (_name, wrap) => {
    expect(open(Buffer.from(wrap(file.toString('base64'))))).toMatchObject({
      ok: true,
      payload: samplePayload(),
    });
  });

  it('bytes that are a window into a larger buffer', () => {
    const larger = Buffer.concat([Buffer.alloc(7), file, Buffer.alloc(7)]);
    expect(open(new Uint8Array(larger.buffer, larger.byteOffset + 7, file.length)).ok).toBe(true);
  });
});

describe('a changed byte', () => {
  it('is found wherever it is, in the unsigned frame too', () => {
    const wrong: string[] = [];
    for (let at = 0; at < file.length; at++) {
      for (const mask of [0x01, 0x20, 0x80, 0xff]) {
        const changed = Buffer.from(file);
        changed.writeUInt8(file.readUInt8(at) ^ mask, at);
        if (reason(changed) !== 'ALTERED') wrong.push(`${at}^${mask}: ${reason(changed)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is found among several, and so are bytes put in, taken out or cut off', () => {
    const place = fc.nat({ max: file.length - 1 });
    const splice = fc.record({ at: place, drop: fc.nat({ max: 40 }), put: fc.uint8Array({ maxLength: 40 }) });
    fc.assert(
      fc.property(fc.array(splice, { minLength: 1, maxLength: 3 }), (splices) => {
        const changed = splices.reduce(
          (bytes, { at, drop, put }) =>
            Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + drop)]),
          file,
        );
        fc.pre(!changed.equals(file));
        const opened = open(changed);
        expect(opened.ok).toBe(false);
      }),
      { numRuns: runs(200, 2000) },
    );
  });

  it('in base64 never opens as another licence', () => {
    const text = Buffer.from(file.toString('base64'));
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Buffer.from(text);
        changed.writeUInt8(text.readUInt8(at) ^ mask, at);
        const opened = open(changed);
        if (opened.ok) expect(opened.payload).toEqual(samplePayload());
      }),
      { numRuns: runs(100, 1000) },
    );
  });
});

describe('openLicence tells apart', () => {
  it('a foreign signer, even of the same name', () => {
    expect(foreign.subject).toBe(signer.subject);
    expect(reason(signLicence(samplePayload(), foreign))).toBe('UNKNOWN_SIGNER');
    expect(reason(file, [])).toBe('UNKNOWN_SIGNER');
  });

  it('another certificate for our own key: the certificate is not the one that was issued with', () => {
    const twin = { ...signer, certificate: new X509Certificate(certificateFor(signer.key, 'twin')).raw };
    expect(reason(signContent(Buffer.from(canonicalJson(samplePayload())), twin))).toBe('ALTERED');
  });

  it('our certificate over a foreign signature', () => {
    const parts = readCms(signLicence(samplePayload(), foreign));
    const ours = { ...parts, certificate: signer.certificate };
    expect(reason(writeCms(ours, () => parts.signature))).toBe('ALTERED');
  });

  it('content that was put under the signature of other content', () => {
    const changed = Buffer.from(file);
    changed.write('2099-12-31', file.indexOf('2026-05-02'));
    expect(readCms(changed).content.toString()).toContain('"expiresOn":"2099-12-31"');
    expect(reason(changed)).toBe('ALTERED');
    const parts = readCms(changed);
    const digestsRight = writeCms(parts, () => parts.signature);
    expect(digestsRight.equals(changed)).toBe(false);
    expect(reason(digestsRight)).toBe('ALTERED');
  });

  it('the same values in another encoding', () => {
    expect(file.subarray(0, 2)).toEqual(Buffer.from([0x30, 0x82]));
    const inside = file.subarray(4);
    const indefinite = Buffer.concat([Buffer.from([0x30, 0x80]), inside, Buffer.from([0, 0])]);
    for (const other of [ber(0x30, inside), indefinite]) {
      expect(readCms(other)).toEqual(readCms(file));
      expect(reason(other)).toBe('ALTERED');
    }
  });

  it('a licence of a later format, signed by us', () => {
    const later = canonicalJson({ ...samplePayload(), format: 'bogeup-licence/2', colour: 'blue' });
    expect(reason(signContent(Buffer.from(later), signer))).toBe('UNKNOWN_FORMAT');
    expect(reason(signContent(Buffer.from('not JSON'), signer))).toBe('UNKNOWN_FORMAT');
  });

  it('something else that somebody signed', () => {
    expect(reason(signContent(Buffer.from('a contract'), foreign))).toBe('NOT_A_LICENCE');
  });

  it('a licence cut short from any other file', () => {
    expect(reason(file.subarray(0, file.length - 1))).toBe('ALTERED');
    expect(reason(Buffer.concat([file, Buffer.from('\n')]))).toBe('ALTERED');
    expect(reason(file.subarray(0, 20))).toBe('NOT_A_LICENCE');
  });

  it('and says in Korean what to do', () => {
    expect(openLicence(file, [])).toMatchObject({ text: expect.stringContaining('표준API 관리자에게') });
  });
});

describe('hostile input is NOT_A_LICENCE and nothing is thrown', () => {
  const nested = (depth: number) => {
    let bytes: Buffer = Buffer.alloc(0);
    for (let i = 0; i < depth; i++) bytes = ber(0x30, bytes);
    return bytes;
  };

  it.each<[string, () => Uint8Array]>([
    ['nothing', () => new Uint8Array()],
    ['one byte', () => Buffer.from([0x30])],
    ['a length without bytes', () => Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff])],
    ['a length of 126 bytes', () => Buffer.from([0x30, 0xfe, 1, 2, 3])],
    ['indefinite length', () => Buffer.from([0x30, 0x80, 0, 0])],
    ['a deep nest', () => nested(4000)],
    ['a megabyte of empty values', () => ber(0x30, Buffer.alloc(1024 * 1024 - 16, Buffer.from([0x30, 0])))],
    ['a huge file', () => Buffer.alloc(30 * 1024 * 1024, 'A')],
    ['a megabyte of base64', () => Buffer.alloc(1024 * 1024, 'MIIB')],
    ['a PDF', () => Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj')],
    ['the payload unsigned', () => Buffer.from('{"a":1}')],
    ['a certificate', () => signer.certificate],
    ['a certificate in PEM', () => Buffer.from(signer.certificatePem)],
  ])('%s', (_name, make) => {
    expect(reason(make())).toBe('NOT_A_LICENCE');
  });

  it('and a huge file is not even looked into', () => {
    const huge = Buffer.concat([file, Buffer.alloc(1024 * 1024)]);
    expect(reason(huge)).toBe('NOT_A_LICENCE');
    expect(reason(huge.subarray(0, 1024 * 1024))).toBe('ALTERED');
  });

  it('whatever bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => reason(bytes) === 'NOT_A_LICENCE'));
  });

  it('whatever nest of values', () => {
    const { tree } = fc.letrec<{ tree: Buffer }>((tie) => ({
      tree: fc
        .tuple(
          fc.constantFrom(0x30, 0x31, 0xa0, 0x04, 0x06, 0x02, 0x05, 0x1f),
          fc.oneof(
            { depthSize: 'small' },
            fc.uint8Array({ maxLength: 8 }).map((b) => [Buffer.from(b)]),
            fc.array(tie('tree'), { maxLength: 6 }),
          ),
        )
        .map(([tag, parts]) => ber(tag, ...parts)),
    }));
    fc.assert(fc.property(tree, (bytes) => reason(bytes) === 'NOT_A_LICENCE'));
  });

  it('but a trusted certificate that is none is our own fault, and thrown', () => {
    expect(() => openLicence(file, ['not a certificate'])).toThrow();
  });
});

describe('what our key signed, but the bot never writes', () => {
  const text = canonicalJson(samplePayload());
  it.each([
    ['a key that stands twice', text.replace('"number":', '"number":"TEMP-2026-000001","number":')],
    [
      'a key that stands twice, escaped',
      text.replace('"number":', '"n\\u0075mber":"TEMP-2026-000001","number":'),
    ],
    ['keys in another order', JSON.stringify(samplePayload())],
    ['white space', text.replace('{', '{ ')],
  ])('%s is forged', (_what, content) => {
    expect(reason(signContent(Buffer.from(content), signer))).toBe('FORGED');
  });
});
