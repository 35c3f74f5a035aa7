// Both are reflected polynomials: https://reveng.sourceforge.io/crc-catalogue (CRC-32/ISCSI and CRC-64/NVME).
const CASTAGNOLI = 0x82f63b78n;
const NVME = 0x9a6c9329ac4bc9b5n;

/** A checksum over bytes that come in pieces. */
export type RunningCrc = { update(bytes: Uint8Array): void; digest(): Buffer };

/** CRC-32C, which Node has not. */
export function crc32c(): RunningCrc {
  const table = TABLES.crc32c();
  let state = 0xffffffff;
  return {
    update(bytes) {
      for (const byte of bytes) {
        state = (state >>> 8) ^ (table.low[(state ^ byte) & 0xff] ?? 0);
      }
    },
    digest: () => bigEndian([~state >>> 0]),
  };
}

/** CRC-64/NVME. Two halves of 32 bits, since BigInt is a hundred times slower. */
export function crc64nvme(): RunningCrc {
  const table = TABLES.crc64nvme();
  let high = 0xffffffff;
  let low = 0xffffffff;
  return {
    update(bytes) {
      for (const byte of bytes) {
        const index = (low ^ byte) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ (table.low[index] ?? 0);
        high = (high >>> 8) ^ (table.high[index] ?? 0);
      }
    },
    digest: () => bigEndian([~high >>> 0, ~low >>> 0]),
  };
}

type Table = { high: Uint32Array; low: Uint32Array };

const TABLES = { crc32c: lazily(CASTAGNOLI), crc64nvme: lazily(NVME) } as const;

function lazily(polynomial: bigint): () => Table {
  let made: Table | undefined;
  return () => {
    made ??= tableOf(polynomial);
    return made;
  };
}

function tableOf(polynomial: bigint): Table {
  const table = { high: new Uint32Array(256), low: new Uint32Array(256) };
  for (let byte = 0; byte < 256; byte += 1) {
    let entry = BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1)
      entry = (entry & 1n) === 1n ? (entry >> 1n) ^ polynomial : entry >> 1n;
    table.high[byte] = Number(entry >> 32n);
    table.low[byte] = Number(entry & 0xffffffffn);
  }
  return table;
}

function bigEndian(words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => void bytes.writeUInt32BE(word, index * 4));
  return bytes;
}
