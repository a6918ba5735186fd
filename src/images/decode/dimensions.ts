/**
 * A picture's size from its header, so that one too large is refused before it is decoded: a PNG of a few kilobytes
 * can ask for gigabytes of pixels.
 */
import type { FileKind } from './sniff'

export interface PixelSize {
  width: number
  height: number
}

/**
 * Width and height as stored (an EXIF rotation not applied), or null where the given bytes do not say.
 * Layouts: PNG (https://www.w3.org/TR/png-3/#11IHDR), GIF89a, BMP (BITMAPINFOHEADER), WebP (RFC 9649),
 * JPEG (ITU-T T.81, B.2.2), AVIF and HEIC (ISO/IEC 23008-12, `ispe`).
 *
 * @param head the file's first bytes; 64 kB are enough for most
 */
export function storedSize(head: Uint8Array, kind: FileKind): PixelSize | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  try {
    return readers[kind]?.(view) ?? null
  } catch (error) {
    // Reading past the end: the header is cut off, and decoding will say so.
    if (error instanceof RangeError) return null
    throw error
  }
}

const readers: Partial<Record<FileKind, (view: DataView) => PixelSize | null>> = {
  png: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  gif: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  // A negative height means rows from the top.
  bmp: (view) => ({ width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) }),
  webp: webpSize,
  jpeg: jpegSize,
  avif: largestSpatialExtent,
  heic: largestSpatialExtent,
}

function webpSize(view: DataView): PixelSize | null {
  switch (fourCharacters(view, 12)) {
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 }
    default:
      return null
  }
}

/** Walks the segments to the first frame header: SOF0 to SOF15, of which DHT, JPG and DAC are none. */
function jpegSize(view: DataView): PixelSize | null {
  let at = 2
  for (;;) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    const startsFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (startsFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    // 0xff before a marker is padding; all other segments before a frame carry their length.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
}

/** The largest `ispe` box: a file may also hold thumbnails, and tiles of a grid are smaller than the whole. */
function largestSpatialExtent(view: DataView): PixelSize | null {
  let largest: PixelSize | null = null
  for (let at = 4; at + 16 <= view.byteLength; at++) {
    if (view.getUint32(at) !== ispe) continue
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (largest === null || size.width * size.height > largest.width * largest.height) largest = size
  }
  return largest
}

const ispe = 0x69737065

function fourCharacters(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}
