// Some of the channels of pictures and filters, put side by side: where the numbers of a channel are a power of two apart, or
// nearly, the first cache has room for but a few of them.

/** Bytes of the channels of a block: four lines of the cache. */
export const blockBytes: usize = 256
/** Pixels that are put side by side at most. Where there are more, they are read where they are. */
export const mostPixels = 256

/** `bytes` bytes of each of `pixels` pixels, `pixelBytes` apart, to blocks. */
export function packBlock(source: usize, pixelBytes: usize, pixels: i32, bytes: usize, target: usize): void {
  if (bytes == blockBytes) {
    for (; pixels > 0; pixels--) {
      for (let at: usize = 0; at < blockBytes; at += 64) {
        v128.store(target + at, v128.load(source + at))
        v128.store(target + at, v128.load(source + at, 16), 16)
        v128.store(target + at, v128.load(source + at, 32), 32)
        v128.store(target + at, v128.load(source + at, 48), 48)
      }
      source += pixelBytes
      target += blockBytes
    }
    return
  }
  for (; pixels > 0; pixels--) {
    memory.copy(target, source, bytes)
    source += pixelBytes
    target += blockBytes
  }
}
