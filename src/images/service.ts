/** What the image worker offers the page and the compute worker. All it holds is the shelf of pictures. */
import { CutpointError } from '../errors'
import type { Preprocessing } from '../types'
import type { CopyChange } from './augment'
import { findAlike } from './alike/find-alike'
import { place, type Target } from './resize/fit'
import { hashOf } from './hash'
import { lookInto, planAgain } from './intake'
import { perceptualHash } from './alike/perceptual-hash'
import { openPictures } from './decode/open-pictures'
import { openPicture } from './decode/open-picture'
import { encode, toPixels } from './resize/pixels'
import type { PictureKind, PictureShelf } from './shelf'
import { greyOf, toInput } from './tensor'

/** The longer side of a thumbnail, in pixels. */
const thumbnailSide = 160

export interface Examination {
  /** SHA-256 of the file's bytes, hexadecimal. */
  hash: string
  /** For finding near duplicates; see `alike/perceptual-hash.ts`. */
  perceptualHash: string
  /** As seen, that is after the EXIF rotation. */
  width: number
  height: number
}

/** A picture: the hash of one on the shelf, the file itself, or a frame of a camera, which is closed after use. */
export type PictureSource = string | Blob | ImageBitmap

/** What the network sees of a picture. */
export interface PreparedPicture {
  /** A PNG of the input's size. */
  readonly picture: Blob
  /** Of the numbers that go in. */
  readonly values: { readonly min: number; readonly mean: number; readonly max: number }
}

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
   * white, bars of `contain` in middle grey (128); of a changed copy of the picture, if asked. Throws `bad-image`.
   */
  decode(picture: PictureSource, target: Target, change?: CopyChange | null): Promise<Uint8Array<ArrayBuffer>>
  /**
   * What the network sees of each of the changed copies (null: of the picture itself), after the fit, the channels in
   * the network's order, so with `bgr` red and blue are swapped on screen, and grey where it has one. Throws `bad-image`.
   */
  preview(
    picture: PictureSource,
    preprocessing: Preprocessing,
    changes: readonly (CopyChange | null)[],
    channels: 1 | 3 | 4,
  ): Promise<PreparedPicture[]>
  /** Does nothing but take files: passing one between threads for the first time takes the browser some 0.1 ms. */
  meet(files: readonly Blob[]): void | Promise<void>
  /** Looks into folders and zips; see `lookInto`. */
  lookInto: typeof lookInto
  /** The plan of what was found, with other choices. */
  planAgain: typeof planAgain
  /** Groups of pictures that look alike; see `findAlike`. Here, since it can take longer than the page may pause. */
  alike: (hashes: readonly (string | null)[]) => number[][]
}

/** The service over a shelf. Only a few pictures are decoded at a time (see `openPictures`). */
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
  const withPicture = openPictures()
  const withOpen = <Result>(
    picture: PictureSource,
    work: (bitmap: ImageBitmap) => Result | Promise<Result>,
  ): Promise<Result> => withPicture(typeof picture === 'string' ? picture : null, () => open(picture), work)
  return {
    examine: (blob, name) =>
      withPicture(
        null,
        () => openPicture(blob, name),
        async (bitmap) => {
          const { width, height } = bitmap
          const hash = await hashOf(blob, `“${name}”`)
          const small = reduce(bitmap)
          await shelf.put('thumbnail', hash, await thumbnailOf(small))
          await shelf.put('picture', hash, blob)
          return { hash, perceptualHash: perceptualHash(small.pixels, small.width, small.height), width, height }
        },
      ),
    fetch: (kind, hash) => shelf.get(kind, hash),
    decode: (picture, target, change) => withOpen(picture, (bitmap) => toPixels(bitmap, target, change)),
    preview: (picture, preprocessing, changes, channels) =>
      withOpen(picture, (bitmap) =>
        Promise.all(changes.map((change) => seenOf(bitmap, { ...preprocessing, channels }, change))),
      ),
    meet: () => undefined,
    lookInto,
    planAgain,
    alike: findAlike,
  }
}

async function seenOf(
  bitmap: ImageBitmap,
  preprocessing: Preprocessing & { readonly channels: 1 | 3 | 4 },
  change: CopyChange | null,
): Promise<PreparedPicture> {
  const { width, height, range, order, channels } = preprocessing
  const pixels = toPixels(bitmap, preprocessing, change)
  const shown = channels === 1 ? inGrey(pixels) : order === 'rgb' ? pixels : withRedAndBlueSwapped(pixels)
  const picture = await encode(shown, width, height, { type: 'image/png' })
  const values = toInput(pixels, range, order, channels)
  return {
    picture,
    values: {
      min: values.reduce((least, value) => Math.min(least, value), Infinity),
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      max: values.reduce((most, value) => Math.max(most, value), -Infinity),
    },
  }
}

function inGrey(pixels: Uint8Array): Uint8Array {
  const grey = new Uint8Array(pixels.length)
  for (let at = 0; at < pixels.length; at += 3) {
    grey.fill(greyOf(pixels[at], pixels[at + 1], pixels[at + 2]), at, at + 3)
  }
  return grey
}

function withRedAndBlueSwapped(pixels: Uint8Array): Uint8Array {
  return pixels.map((byte, at) => (at % 3 === 0 ? pixels[at + 2] : at % 3 === 2 ? pixels[at - 2] : byte))
}

interface Small {
  pixels: Uint8Array<ArrayBuffer>
  width: number
  height: number
}

function reduce(bitmap: ImageBitmap): Small {
  const side = Math.min(thumbnailSide, Math.max(bitmap.width, bitmap.height))
  const { width, height } = place(bitmap.width, bitmap.height, { width: side, height: side, fit: 'contain' }).to
  return { pixels: toPixels(bitmap, { width, height, fit: 'stretch' }), width, height }
}

async function thumbnailOf({ pixels, width, height }: Small): Promise<Blob> {
  const webp = await encode(pixels, width, height, { type: 'image/webp', quality: 0.8 })
  // A browser that cannot write WebP gives PNG instead, several times as large.
  return webp.type === 'image/webp' ? webp : encode(pixels, width, height, { type: 'image/jpeg', quality: 0.8 })
}
