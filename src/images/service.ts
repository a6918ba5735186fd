/** What the image worker offers the page and the compute worker. All it holds is the shelf of pictures. */
import { CutpointError } from '../errors'
import type { Preprocessing } from '../types'
import { expand } from './expand'
import { place, type Target } from './fit'
import { hashOf } from './hash'
import { openPicture } from './picture'
import { encode, toPixels } from './pixels'
import type { PictureKind, PictureShelf } from './shelf'

/** The longer side of a thumbnail, in pixels. */
const thumbnailSide = 160

export interface Examination {
  /** SHA-256 of the file's bytes, hexadecimal. */
  hash: string
  /** As seen, that is after the EXIF rotation. */
  width: number
  height: number
}

/** A picture: the hash of one on the shelf, the file itself, or a frame of a camera, which is closed after use. */
export type PictureSource = string | Blob | ImageBitmap

export interface ImageService {
  /**
   * Looks at a new picture once: whether it can be used at all, its hash and size; and puts it on the shelf, with a
   * thumbnail (WebP, or JPEG where the browser cannot write that). Throws `bad-image`.
   */
  examine(blob: Blob, name: string): Promise<Examination>
  /** A picture or its thumbnail from the shelf; null where it is not there. */
  fetch(kind: PictureKind, hash: string): Promise<Blob | null>
  /**
   * The pixels a network gets, before their values are scaled: RGB bytes `[height, width, 3]`, transparent parts over
   * white, bars of `contain` in middle grey (128). Throws `bad-image`.
   */
  decode(picture: PictureSource, target: Target): Promise<Uint8Array<ArrayBuffer>>
  /**
   * What the network sees, as a PNG of the input's size: after the fit, the channels in the network's order, so with
   * `bgr` red and blue are swapped on screen. Throws `bad-image`.
   */
  preview(picture: PictureSource, preprocessing: Preprocessing): Promise<Blob>
  /** Looks into folders and zips. */
  expand: typeof expand
}

export function createImageService(shelf: PictureShelf): ImageService {
  const open = async (picture: PictureSource): Promise<ImageBitmap> => {
    if (picture instanceof ImageBitmap) return picture
    if (typeof picture !== 'string') return openPicture(picture, null)
    const blob = await shelf.get('picture', picture)
    if (blob) return openPicture(blob, null)
    throw new CutpointError(
      'bad-image',
      'The picture is no longer there.',
      'Delete it from its label and add it again.',
      {
        hash: picture,
      },
    )
  }
  const decode = async (picture: PictureSource, target: Target): Promise<Uint8Array<ArrayBuffer>> => {
    const bitmap = await open(picture)
    try {
      return toPixels(bitmap, target)
    } finally {
      bitmap.close()
    }
  }
  return {
    async examine(blob, name) {
      const bitmap = await openPicture(blob, name)
      try {
        const { width, height } = bitmap
        const hash = await hashOf(blob, `“${name}”`)
        await shelf.put('thumbnail', hash, await thumbnailOf(bitmap))
        await shelf.put('picture', hash, blob)
        return { hash, width, height }
      } finally {
        bitmap.close()
      }
    },
    fetch: (kind, hash) => shelf.get(kind, hash),
    decode,
    async preview(picture, preprocessing) {
      const { width, height, order } = preprocessing
      const pixels = await decode(picture, preprocessing)
      return encode(order === 'rgb' ? pixels : withRedAndBlueSwapped(pixels), width, height, { type: 'image/png' })
    },
    expand,
  }
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
