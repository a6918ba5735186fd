/** From a decoded picture to the pixels a network gets. */
import { place, type Target } from './fit'
import { resampleColumns, resampleRows, triangleFilter } from './resample'

/** Bars of `contain`: middle grey, close to the mean of photos, so that they say little to the network. */
const barGrey = 128

/** Source pixels read back at a time, so that a large picture never lies in memory a second time as a whole. */
const stripPixels = 1 << 20

/**
 * The picture fitted into the target, transparent parts over white.
 *
 * @returns RGB bytes `[height, width, 3]`
 */
export function toPixels(bitmap: ImageBitmap, target: Target): Uint8Array<ArrayBuffer> {
  const { from, to } = place(bitmap.width, bitmap.height, target)
  // Only the whole source pixels that the part touches are read.
  const left = Math.floor(from.x)
  const top = Math.floor(from.y)
  const width = Math.min(bitmap.width, Math.ceil(from.x + from.width)) - left
  const height = Math.min(bitmap.height, Math.ceil(from.y + from.height)) - top

  const across = triangleFilter(width, from.x - left, from.width, to.width)
  const narrowed = new Float32Array(height * to.width * 3)
  forEachStrip(bitmap, { left, top, width, height }, (rows, y) => resampleRows(rows, width, across, narrowed, y))

  const pixels = new Uint8Array(target.width * target.height * 3)
  if (to.width < target.width || to.height < target.height) pixels.fill(barGrey)
  const down = triangleFilter(height, from.y - top, from.height, to.height)
  resampleColumns(narrowed, to.width, down, (row, y) => pixels.set(row, ((to.y + y) * target.width + to.x) * 3))
  return pixels
}

/** Hands out the picture's rows as RGBA, some at a time. Drawn without scaling, so no browser's filter has a say. */
function forEachStrip(
  bitmap: ImageBitmap,
  part: { left: number; top: number; width: number; height: number },
  visit: (rows: Uint8ClampedArray, y: number) => void,
): void {
  const stripHeight = Math.min(part.height, Math.max(1, Math.floor(stripPixels / part.width)))
  const context = openCanvas(part.width, stripHeight)
  for (let y = 0; y < part.height; y += stripHeight) {
    const rows = Math.min(stripHeight, part.height - y)
    context.fillStyle = 'white'
    context.fillRect(0, 0, part.width, rows)
    context.drawImage(bitmap, part.left, part.top + y, part.width, rows, 0, 0, part.width, rows)
    visit(context.getImageData(0, 0, part.width, rows).data, y)
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
