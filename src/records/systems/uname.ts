/** What a line says about a server, in the values of operatingSystems and bitWidths. Absent where it says nothing. */
interface Platform {
  os?: string;
  bits?: string;
}

const NAMES = [
  ['LINUX', /^\s*linux\b|\b(?:el\d|ubuntu|debian|centos|rhel|red ?hat|rocky)\b/i],
  ['AIX', /^\s*aix\b/i],
  ['HPUX', /^\s*hp-?ux\b/i],
  ['SOLARIS', /^\s*(?:sunos|solaris)\b/i],
  ['WINDOWS', /\bwindows\b/i],
] as const;

const WIDE = /x86_64|amd64|aarch64|arm64|ppc64|ia64|s390x|\bx64\b|64\s?-?(?:bit|비트)/i;
const NARROW = /\bi[3-6]86\b|32\s?-?(?:bit|비트)/i;
/** Windows versions that exist with 64 bits only. */
const WIDE_WINDOWS = /windows\s+server\s+(?:2008\s*r2|201[269]|202\d)/i;

/** Reads the output of `uname -a` on a Unix, or the version of a Windows. */
export function readPlatform(text: string): Platform {
  const line = text.normalize('NFKC');
  const systems = NAMES.filter(([, sign]) => sign.test(line)).map(([os]) => os);
  const wide = WIDE.test(line) || WIDE_WINDOWS.test(line);
  const narrow = NARROW.test(line);
  return {
    ...(systems.length === 1 ? { os: systems[0] } : {}),
    ...(wide === narrow ? {} : { bits: wide ? '64' : '32' }),
  };
}
