/** What the image worker offers the page. Stateless: every call brings all it needs. */
import type { Preprocessing } from '../types'
import { expand } from './expand'
import { place, type Target } from './fit'
import { hashOf } from './hash'
import { openPicture } from './picture'
import { encode, toPixels } from './pixels'

/** The longer side of a thumbnail, in pixels. */
const thumbnailSide = 160

export interface Examination {
  /** SHA-256 of the file's bytes, hexadecimal. */
  hash: string
  /** As seen, that is after the EXIF rotation. */
  width: number
  height: number
  /** WebP, or JPEG where the browser cannot write that. */
  thumbnail: Blob
}

/** Looks at a new picture once: whether it can be used at all, its hash, size and thumbnail. Throws `bad-image`. */
async function examine(blob: Blob, name: string): Promise<Examination> {
  const bitmap = await openPicture(blob, name)
  try {
    const { width, height } = bitmap
    return { hash: await hashOf(blob, `“${name}”`), width, height, thumbnail: await thumbnailOf(bitmap) }
  } finally {
    bitmap.close()
  }
}

/**
 * The pixels a network gets, before their values are scaled: RGB bytes `[height, width, 3]`, transparent parts over
 * white, bars of `contain` in middle grey (128). Throws `bad-image`.
 */
async function decode(blob: Blob, target: Target): Promise<Uint8Array<ArrayBuffer>> {
  const bitmap = await openPicture(blob, null)
  try {
    return toPixels(bitmap, target)
  } finally {
    bitmap.close()
  }
}

/**
 * What the network sees, as a PNG of the input's size: after the fit, the channels in the network's order, so with
 * `bgr` red and blue are swapped on screen. Throws `bad-image`.
 */
async function preview(blob: Blob, preprocessing: Preprocessing): Promise<Blob> {
  const { width, height, order } = preprocessing
  const pixels = await decode(blob, preprocessing)
  return encode(order === 'rgb' ? pixels : withRedAndBlueSwapped(pixels), width, height, { type: 'image/png' })
}

function withRedAndBlueSwapped(pixels: Uint8Array): Uint8Array {
  return pixels.map((byte, at) => (at % 3 === 0 ? pixels[at + 2] : at % 3 === 2 ? pixels[at - 2] : byte))
}

async function thumbnailOf(bitmap: ImageBitmap): Promise<Blob> {
  const side = Math.min(thumbnailSide, Math.max(bitmap.width, bitmap.height))
  const { width, height } = place(bitmap.width, bitmap.height, { width: side, height: side, fit: 'contain' }).to
  const pixels = toPixels(bitmap, { width, height, fit: 'stretch' })
  const webp = await encode(pixels, width, height, { type: 'image/webp', quality: 0.8 })
  // A browser that cannot write WebP gives PNG instead, several times as large.
  return webp.type === 'image/webp' ? webp : encode(pixels, width, height, { type: 'image/jpeg', quality: 0.8 })
}

export const imageService = { examine, decode, preview, expand }

export type ImageService = typeof imageService
