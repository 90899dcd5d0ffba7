/**
 * Signatures of the programs with which Korean offices lock documents (문서보안, DRM). A locked file keeps its name but
 * opens only in its own office. The signature is at the beginning of the file; the list follows that of other programs
 * that recognise file types.
 */
const SIGNATURES: readonly Buffer[] = [
  // SoftCamp
  ...['SCDSA', 'SCDSSS'].map((text) => Buffer.from(text)),
  // Fasoo
  ...['<!-- FasooSecureContainer', '<!-- INCOPS SECU-DRM', '\u009b DRMONE'].map((text) =>
    Buffer.from(text, 'latin1'),
  ),
  Buffer.from('507346680100d0000000', 'hex'),
  // MarkAny
  ...['<MARKANY_DOCUMENTSAFER', '<DOCUMENT SAFER', '<DOCUMENTSAFER'].map((text) => Buffer.from(text)),
  Buffer.from('8c172e9a10b6f0d49ca9caee80bc939e', 'hex'),
  Buffer.from('c5634a598c1bcebdbbdec3593ed1781c', 'hex'),
];

/** How many bytes are searched: some programs put a few bytes before their signature. */
const HEAD = 50;

export function isDrmWrapped(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, HEAD));
  return SIGNATURES.some((signature) =>
    signature.length < 8 ? head.indexOf(signature) === 0 : head.includes(signature),
  );
}
