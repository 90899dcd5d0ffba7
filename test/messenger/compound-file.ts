/**
 * Writes compound files ([MS-CFB], version 3) for tests: header, one FAT sector, one miniFAT
 * sector, the directory, the root's stream with the small streams, then the large ones.
 * @param streams name to content; together at most some 60 KB
 */
export function compoundFile(streams: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const END = 0xfffffffe;
  const FREE = 0xffffffff;
  const names = Object.keys(streams);
  const small = names.filter((name) => (streams[name]?.length ?? 0) < 4096);
  const large = names.filter((name) => !small.includes(name));

  const fat: number[] = [0xfffffffd, END];
  const sectors: Buffer[] = [Buffer.alloc(512, 0xff), Buffer.alloc(512, 0xff)];
  const put = (content: Uint8Array): number => {
    const start = sectors.length;
    for (let at = 0; at < content.length; at += 512) {
      const sector = Buffer.alloc(512);
      sector.set(content.subarray(at, at + 512));
      sectors.push(sector);
      fat.push(at + 512 < content.length ? sectors.length : END);
    }
    return content.length === 0 ? END : start;
  };

  const miniFat: number[] = [];
  const miniParts: Buffer[] = [];
  const starts: Record<string, number> = {};
  for (const name of small) {
    const content = streams[name] ?? new Uint8Array();
    starts[name] = content.length === 0 ? END : miniFat.length;
    for (let at = 0; at < content.length; at += 64) {
      const part = Buffer.alloc(64);
      part.set(content.subarray(at, at + 64));
      miniParts.push(part);
      miniFat.push(at + 64 < content.length ? miniFat.length + 1 : END);
    }
  }
  for (const name of large) starts[name] = put(streams[name] ?? new Uint8Array());
  const mini = Buffer.concat(miniParts);
  const miniStart = put(mini);

  const entry = (name: string, type: number, start: number, size: number): Buffer => {
    const bytes = Buffer.alloc(128);
    bytes.write(name, 0, 'utf16le');
    bytes.writeUInt16LE((name.length + 1) * 2, 0x40);
    bytes.writeUInt8(type, 0x42);
    for (const at of [0x44, 0x48, 0x4c]) bytes.writeUInt32LE(FREE, at);
    bytes.writeUInt32LE(start, 0x74);
    bytes.writeUInt32LE(size, 0x78);
    return bytes;
  };
  const entries = [
    entry('Root Entry', 5, miniStart, mini.length),
    ...names.map((name) => entry(name, 2, starts[name] ?? END, streams[name]?.length ?? 0)),
  ];
  const directoryStart = put(Buffer.concat(entries));

  fat.forEach((next, n) => {
    sectors[0]?.writeUInt32LE(next, 4 * n);
  });
  miniFat.forEach((next, n) => {
    sectors[1]?.writeUInt32LE(next, 4 * n);
  });

  const header = Buffer.alloc(512);
  header.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  header.writeUInt16LE(0x3e, 0x18);
  header.writeUInt16LE(3, 0x1a);
  header.writeUInt16LE(0xfffe, 0x1c);
  header.writeUInt16LE(9, 0x1e);
  header.writeUInt16LE(6, 0x20);
  header.writeUInt32LE(1, 0x2c);
  header.writeUInt32LE(directoryStart, 0x30);
  header.writeUInt32LE(4096, 0x38);
  header.writeUInt32LE(1, 0x3c);
  header.writeUInt32LE(1, 0x40);
  header.writeUInt32LE(END, 0x44);
  header.fill(0xff, 0x4c);
  header.writeUInt32LE(0, 0x4c);
  return new Uint8Array(Buffer.concat([header, ...sectors]));
}

function text(value: string, length = value.length): Uint8Array {
  const bytes = Buffer.alloc(length);
  bytes.write(value, 'latin1');
  return new Uint8Array(bytes);
}

/** An hwp 5 document with nothing in it: its FileHeader stream is what tells it. */
export function hwp5(): Uint8Array {
  return compoundFile({ FileHeader: text('HWP Document File', 256), DocInfo: text('info', 5000) });
}

/** A Word 97 document with nothing in it. */
export function wordDoc(): Uint8Array {
  return compoundFile({ WordDocument: text('doc', 4096), '1Table': text('table', 100) });
}

/** A zip of one stored entry; enough for everything that looks into zips. */
export function zipOf(name: string, content: string): Uint8Array {
  const fileName = Buffer.from(name);
  const data = Buffer.from(content);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt32LE(data.length, 18);
  header.writeUInt32LE(data.length, 22);
  header.writeUInt16LE(fileName.length, 26);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  return new Uint8Array(Buffer.concat([header, fileName, data, end]));
}
