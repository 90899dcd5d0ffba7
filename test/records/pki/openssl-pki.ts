import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PKI in the shapes of GPKI, made by the `openssl` command: nothing of it is made by the code under test. */
export interface OpensslPki {
  /** What TRUST_STORE and CRL_DIR name. */
  trustStore: string;
  crls: string;
  issue(order: Order): Holder;
  selfSigned(subject: string): Holder;
  /** Signed anew with the new entry. */
  revoke(holder: Holder): void;
}

export interface Order {
  /** As `-subj` has it. */
  subject: string;
  policy: string;
  /** The issuing CA by its CN; CA131100001 unless said. */
  issuer?: string;
  from?: string;
  until?: string;
  key?: 'rsa' | 'ec';
  usage?: string;
}

export interface Holder {
  issuer: string;
  certificate: string;
  key: string;
}

export const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version']).toString().startsWith('OpenSSL 3');
  } catch {
    return false;
  }
})();

const CONFIG = `
[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
default_days = 365
default_crl_days = 1
[any]
countryName = optional
organizationName = optional
organizationalUnitName = optional
commonName = optional
[req]
distinguished_name = dn
[dn]
`;

function openssl(folder: string, ...args: string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** CAs: trusted ones in the store under their CN, `stranger` outside it. Lists hold for `today` and a day. */
export function makeOpensslPki(today: string, issuers: readonly string[]): OpensslPki {
  const home = mkdtempSync(join(tmpdir(), 'bogeup-openssl-'));
  const trustStore = join(home, 'ca');
  const crls = join(home, 'crl');
  for (const folder of [trustStore, crls]) mkdirSync(folder);
  const nextDay = new Date(Date.parse(`${today}T00:00:00Z`) + 2 * 86_400_000).toISOString().slice(0, 10);
  const stamp = (day: string) => `${day.replaceAll('-', '')}000000Z`;
  const keys = { rsa: join(home, 'rsa.pem'), ec: join(home, 'ec.pem'), ca: join(home, 'ca.pem') };
  for (const file of [keys.rsa, keys.ca]) openssl(home, 'genrsa', '-out', file, '2048');
  openssl(home, 'ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', keys.ec);

  const place = (cn: string) => join(home, cn);
  function sign(
    cn: string,
    subject: string,
    key: string,
    out: string,
    order: Partial<Order>,
    extensions: string,
  ) {
    const folder = place(cn);
    writeFileSync(join(folder, 'ext.cnf'), `[e]\n${extensions}\n`);
    openssl(
      folder,
      'req',
      '-new',
      '-utf8',
      '-config',
      'ca.cnf',
      '-key',
      key,
      '-subj',
      subject,
      '-out',
      'in.csr',
    );
    const own =
      cn === 'root' && subject.endsWith('GPKIRootCA1') ? ['-selfsign'] : ['-cert', join(folder, 'ca.crt')];
    openssl(
      folder,
      ...[
        'ca',
        '-batch',
        '-utf8',
        '-preserveDN',
        '-config',
        'ca.cnf',
        '-keyfile',
        keys.ca,
        ...own,
        '-in',
        'in.csr',
      ],
      ...['-out', out, '-notext', '-extfile', 'ext.cnf', '-extensions', 'e'],
      ...['-startdate', stamp(order.from ?? '2026-01-01'), '-enddate', stamp(order.until ?? '2028-03-01')],
    );
  }
  function writeCrl(cn: string): void {
    const folder = place(cn);
    openssl(
      folder,
      ...['ca', '-gencrl', '-config', 'ca.cnf', '-keyfile', keys.ca, '-cert', join(folder, 'ca.crt')],
      ...[
        '-crl_lastupdate',
        stamp(today),
        '-crl_nextupdate',
        stamp(nextDay),
        '-out',
        join(crls, `${cn}.pem`),
      ],
    );
  }
  function open(cn: string): void {
    mkdirSync(place(cn));
    writeFileSync(join(place(cn), 'ca.cnf'), CONFIG);
    writeFileSync(join(place(cn), 'index.txt'), '');
  }

  const CA =
    'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash';
  const base = '/C=KR/O=Government of Korea/OU=GPKI/CN=';
  open('root');
  sign('root', `${base}GPKIRootCA1`, keys.ca, join(place('root'), 'ca.crt'), { until: '2036-01-01' }, CA);
  writeFileSync(join(trustStore, 'root.pem'), readFileSync(join(place('root'), 'ca.crt')));
  for (const cn of issuers) {
    open(cn);
    sign('root', `${base}${cn}`, keys.ca, join(place(cn), 'ca.crt'), { until: '2036-01-01' }, CA);
    // One as DER, as GPKI hands them out.
    openssl(
      home,
      'x509',
      '-in',
      join(place(cn), 'ca.crt'),
      '-outform',
      'DER',
      '-out',
      join(trustStore, `${cn}.cer`),
    );
    writeCrl(cn);
  }
  writeCrl('root');

  let holders = 0;
  return {
    trustStore,
    crls,
    issue(order) {
      const {
        subject,
        policy,
        issuer = 'CA131100001',
        key = 'rsa',
        usage = 'digitalSignature,nonRepudiation',
      } = order;
      const certificate = join(home, `holder${++holders}.crt`);
      const extensions = [
        'basicConstraints=CA:FALSE',
        `keyUsage=critical,${usage}`,
        `certificatePolicies=${policy}`,
        'subjectKeyIdentifier=hash',
        'crlDistributionPoints=URI:ldap://cen.dir.go.kr:389/cn=crl1p1dp1',
      ].join('\n');
      sign(issuer, subject, keys[key], certificate, order, extensions);
      return { issuer, certificate, key: keys[key] };
    },
    selfSigned(subject) {
      const certificate = join(home, `holder${++holders}.crt`);
      openssl(
        place('root'),
        ...['req', '-x509', '-new', '-utf8', '-config', 'ca.cnf', '-key', keys.rsa, '-subj', subject],
        ...['-days', '3650', '-out', certificate],
      );
      return { issuer: '', certificate, key: keys.rsa };
    },
    revoke({ issuer, certificate }) {
      const folder = place(issuer);
      const own = ['-keyfile', keys.ca, '-cert', join(folder, 'ca.crt')];
      openssl(folder, 'ca', '-config', 'ca.cnf', ...own, '-revoke', certificate);
      writeCrl(issuer);
    },
  };
}

/** CMS SignedData as `openssl cms -sign` writes it. */
export function signWithOpenssl(holder: Holder, content: string, ...options: string[]): Buffer {
  return execFileSync(
    'openssl',
    [
      ...['cms', '-sign', '-binary', '-outform', 'DER', '-md', 'sha256'],
      ...['-signer', holder.certificate, '-inkey', holder.key],
      ...(options.includes('-detached') ? [] : ['-nodetach']),
      ...options.filter((option) => option !== '-detached'),
    ],
    { input: content, stdio: ['pipe', 'pipe', 'pipe'] },
  );
}
