/**
 * Just enough of Microsoft's Compound File Binary format ([MS-CFB]) to tell what is inside one:
 * hwp 5, doc, xls, ppt and msi are all such files and look alike from outside. Reads names of
 * streams and the beginning of one; everything is bounds-checked, chains are cut where they turn
 * in a circle, and a broken file gives null instead of an error.
 */

interface CompoundFile {
  /** Names in the directory, `Root Entry` first. */
  names: readonly string[];
  /** The first `length` bytes of a stream, fewer when it is shorter; null when there is none. */
  head(name: string, length: number): Uint8Array | null;
}

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const HEADER_SIZE = 512;
const DIRECTORY_ENTRY_SIZE = 128;
/** Sector numbers from here on mean "end", "free" and the like. */
const LAST_SECTOR = 0xfffffffa;
const MINI_CUTOFF = 4096;
const MINI_SECTOR_SIZE = 64;

interface DirectoryEntry {
  name: string;
  /** 1 storage, 2 stream, 5 root. */
  type: number;
  start: number;
  size: number;
}

export function isCompoundFile(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER_SIZE && SIGNATURE.every((byte, n) => bytes[n] === byte);
}

/** A view whose reads outside the file give an end-of-chain instead of throwing. */
function reader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    u16: (at: number) => (at >= 0 && at + 2 <= bytes.length ? view.getUint16(at, true) : 0),
    u32: (at: number) => (at >= 0 && at + 4 <= bytes.length ? view.getUint32(at, true) : 0xffffffff),
  };
}

/** Follows `next` from `start`, at most `limit` links and never twice over the same one. */
function chain(start: number, next: (sector: number) => number, limit: number): number[] {
  const sectors: number[] = [];
  const seen = new Set<number>();
  for (let at = start; at < LAST_SECTOR && !seen.has(at) && sectors.length < limit; at = next(at)) {
    seen.add(at);
    sectors.push(at);
  }
  return sectors;
}

/** Opens a compound file; null when the bytes are not one, or its directory cannot be read. */
export function openCompoundFile(bytes: Uint8Array): CompoundFile | null {
  if (!isCompoundFile(bytes)) return null;
  const { u16, u32 } = reader(bytes);
  const shift = u16(0x1e);
  if (shift !== 9 && shift !== 12) return null;
  const sectorSize = 1 << shift;
  const most = Math.ceil(bytes.length / sectorSize);
  const offsetOf = (sector: number) => (sector + 1) * sectorSize;
  const perSector = sectorSize / 4;

  // The table of sectors is itself in sectors, listed in the header and, past 109, in more sectors.
  const tables: number[] = [];
  for (let n = 0; n < 109; n += 1) tables.push(u32(0x4c + 4 * n));
  const lists = chain(u32(0x44), (sector) => u32(offsetOf(sector) + sectorSize - 4), most);
  for (const list of lists) {
    for (let n = 0; n < perSector - 1; n += 1) tables.push(u32(offsetOf(list) + 4 * n));
  }
  const nextSector = (sector: number) => {
    const table = tables[Math.floor(sector / perSector)];
    return table === undefined || table >= LAST_SECTOR
      ? 0xffffffff
      : u32(offsetOf(table) + 4 * (sector % perSector));
  };

  const entries: DirectoryEntry[] = [];
  for (const sector of chain(u32(0x30), nextSector, most)) {
    for (let at = offsetOf(sector); at < offsetOf(sector) + sectorSize; at += DIRECTORY_ENTRY_SIZE) {
      const type = bytes[at + 0x42] ?? 0;
      const nameSize = Math.min(u16(at + 0x40), 64);
      if (type === 0 || nameSize < 2) continue;
      const name = new TextDecoder('utf-16le').decode(bytes.subarray(at, at + nameSize - 2));
      entries.push({ name, type, start: u32(at + 0x74), size: u32(at + 0x78) });
    }
  }
  const root = entries.find((entry) => entry.type === 5);
  if (!root) return null;

  const readSectors = (sectors: number[], length: number) => {
    const parts = sectors.map((sector) => bytes.subarray(offsetOf(sector), offsetOf(sector) + sectorSize));
    return Uint8Array.from(Buffer.concat(parts).subarray(0, length));
  };

  /** Small streams lie in the root's stream, in sectors of 64 bytes with a table of their own. */
  const readMini = (start: number, length: number) => {
    const miniTable = chain(u32(0x3c), nextSector, most);
    const nextMini = (sector: number) => {
      const table = miniTable[Math.floor(sector / perSector)];
      return table === undefined ? 0xffffffff : u32(offsetOf(table) + 4 * (sector % perSector));
    };
    const container = readSectors(chain(root.start, nextSector, most), root.size);
    const sectors = chain(start, nextMini, Math.ceil(length / MINI_SECTOR_SIZE));
    const parts = sectors.map((sector) =>
      container.subarray(sector * MINI_SECTOR_SIZE, (sector + 1) * MINI_SECTOR_SIZE),
    );
    return Uint8Array.from(Buffer.concat(parts).subarray(0, length));
  };

  return {
    names: entries.map((entry) => entry.name),
    head(name, length) {
      const entry = entries.find((one) => one.type === 2 && one.name === name);
      if (!entry) return null;
      const size = Math.min(length, entry.size);
      if (entry.size < MINI_CUTOFF) return readMini(entry.start, size);
      return readSectors(chain(entry.start, nextSector, Math.ceil(size / sectorSize)), size);
    },
  };
}
