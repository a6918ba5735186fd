/** From a decoded picture to the pixels a network gets. */
import type { CopyChange } from '../augment'
import { changedPixels } from '../change'
import { place, type Target } from './fit'
import { halve, halvingsFor } from './halve'
import { mirrored, resampleColumns, resampleRows, triangleFilter, type Filter } from './resample'

/** Bars of `contain`: middle grey, close to the mean of photos, so that they say little to the network. */
const barGrey = 128

/** Source pixels read back at a time: quicker than all at once, and a large picture is not in memory twice. */
const stripPixels = 1 << 18

/**
 * The picture fitted into the target, transparent parts over white. It is read from the canvas unscaled and resized
 * here: browsers' own filters differ from each other and alias when reducing. What of a `change` only moves or scales is part of the one resize.
 *
 * @returns RGB bytes `[height, width, 3]`
 */
export function toPixels(
  bitmap: ImageBitmap,
  target: Target,
  change: CopyChange | null = null,
): Uint8Array<ArrayBuffer> {
  const { from, to } = place(bitmap.width, bitmap.height, target, change)
  const across = reach(bitmap.width, from.x, from.width, to.width)
  const down = reach(bitmap.height, from.y, from.height, to.height)
  const halvings = halvingsFor(Math.min(from.width / to.width, from.height / to.height))

  const straight = filterFor(across, halvings, to.width)
  const columns = change?.flip ? mirrored(straight) : straight
  const rows = filterFor(down, halvings, to.height)
  const narrowed = new Float32Array(halved(down.length, halvings) * to.width * 3)
  forEachStrip(bitmap, across, down, 2 ** halvings, (strip, y) => {
    let pixels = strip
    for (let times = 0; times < halvings; times++) pixels = halve(pixels, halved(across.length, times))
    resampleRows(pixels, halved(across.length, halvings), columns, narrowed, y / 2 ** halvings)
  })

  const pixels = new Uint8Array(target.width * target.height * 3)
  if (to.width < target.width || to.height < target.height) pixels.fill(barGrey)
  const left = change?.flip ? target.width - to.x - to.width : to.x
  const brightness = change?.brightness ?? 0
  resampleColumns(narrowed, to.width, rows, (row, y) => {
    // The array is a clamped one: nothing runs over.
    if (brightness !== 0) for (let at = 0; at < row.length; at++) row[at] += brightness
    pixels.set(row, ((to.y + y) * target.width + left) * 3)
  })
  return change ? changedPixels(pixels, target, change) : pixels
}

/** Along one axis, the whole source pixels that are looked at, and what of them is to be resized. */
interface Reach {
  start: number
  length: number
  /** Where the part to be resized begins, from `start`. */
  from: number
  extent: number
}

/** The filter also looks at pixels a little outside the part, where the picture has some. */
function reach(size: number, from: number, extent: number, count: number): Reach {
  const margin = Math.max(1, extent / count)
  const start = Math.max(0, Math.floor(from - margin))
  const end = Math.min(size, Math.ceil(from + extent + margin))
  return { start, length: end - start, from: from - start, extent }
}

function filterFor({ length, from, extent }: Reach, halvings: number, count: number): Filter {
  const factor = 2 ** halvings
  return triangleFilter(halved(length, halvings), from / factor, extent / factor, count)
}

function halved(length: number, times: number): number {
  return Math.ceil(length / 2 ** times)
}

/**
 * Hands out the picture's pixels some rows at a time, `[rows, across.length]`, RGBA in one number, red lowest.
 *
 * @param multiple every strip but the last has a multiple of so many rows
 */
function forEachStrip(
  bitmap: ImageBitmap,
  across: Reach,
  down: Reach,
  multiple: number,
  visit: (pixels: Uint32Array, y: number) => void,
): void {
  const width = across.length
  const most = multiple * Math.max(1, Math.floor(stripPixels / width / multiple))
  const context = openCanvas(width, Math.min(most, down.length))
  for (let y = 0; y < down.length; y += most) {
    const rows = Math.min(most, down.length - y)
    context.fillStyle = 'white'
    context.fillRect(0, 0, width, rows)
    context.drawImage(bitmap, across.start, down.start + y, width, rows, 0, 0, width, rows)
    visit(new Uint32Array(context.getImageData(0, 0, width, rows).data.buffer), y)
  }
}

/** RGB bytes `[height, width, 3]` as a picture file. */
export async function encode(
  pixels: Uint8Array,
  width: number,
  height: number,
  options: ImageEncodeOptions,
): Promise<Blob> {
  const context = openCanvas(width, height)
  const image = context.createImageData(width, height)
  for (let at = 0, to = 0; at < pixels.length; at += 3, to += 4) {
    image.data[to] = pixels[at]
    image.data[to + 1] = pixels[at + 1]
    image.data[to + 2] = pixels[at + 2]
    image.data[to + 3] = 255
  }
  context.putImageData(image, 0, 0)
  return context.canvas.convertToBlob(options)
}

function openCanvas(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false, willReadFrequently: true })
  if (!context) throw new Error(`no canvas of ${width} × ${height} pixels could be had`)
  return context
}
