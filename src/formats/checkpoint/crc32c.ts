/**
 * CRC-32C (Castagnoli, reflected polynomial 0x82f63b78) as RFC 3720 appendix B.4 defines it, over pieces one after
 * another: `crc32c(b, crc32c(a))` is that of both together.
 */
export function crc32c(bytes: Uint8Array, before = 0): number {
  let crc = ~before
  for (const byte of bytes) crc = table[(crc ^ byte) & 0xff] ^ (crc >>> 8)
  return ~crc >>> 0
}

/** LevelDB and TensorFlow store checksums turned by 15 bits with a constant added (leveldb, util/crc32c.h). */
export function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  return crc
})
