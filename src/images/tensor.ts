/** RGB bytes to the numbers a network's image input wants. */
import { inRange, opaqueIn } from '../input-ranges'
import type { ChannelOrder, InputRange } from '../types'

/**
 * Pixels as the network's image input wants them.
 *
 * `range` scales each colour by its own numbers, and `order` only says in which order the colours then stand. So
 * red always gets red's mean, whatever the order. Keras' mode `caffe` swaps the channels itself: it is range `caffe`
 * with order `bgr` here. Mode `torch` is range `imagenet` with order `rgb`, mode `tf` is `minus1to1` with `rgb`.
 *
 * A network with one channel gets grey by luma, as Pillow's and Keras' conversion to grey has it; one with four gets an
 * alpha of 255, since pictures are laid over white.
 *
 * @param pixels `[n, height, width, 3]`, red first
 * @returns `[n, height, width, channels]`, channels in `order`
 */
export function toInput(
  pixels: Uint8Array,
  range: InputRange,
  order: ChannelOrder,
  channels: 1 | 3 | 4 = 3,
): Float32Array<ArrayBuffer> {
  if (channels === 1) return toGrey(pixels, range)
  const colours = toColours(pixels, range, order)
  return channels === 3 ? colours : withAlpha(colours, opaqueIn(range))
}

function toColours(pixels: Uint8Array, range: InputRange, order: ChannelOrder): Float32Array<ArrayBuffer> {
  const [red, green, blue] = ([0, 1, 2] as const).map((colour) =>
    Float32Array.from(allBytes, (byte) => inRange(range, colour, byte)),
  )
  const redAt = order === 'rgb' ? 0 : 2
  const blueAt = 2 - redAt
  const input = new Float32Array(pixels.length)
  for (let at = 0; at < pixels.length; at += 3) {
    input[at + redAt] = red[pixels[at]]
    input[at + 1] = green[pixels[at + 1]]
    input[at + blueAt] = blue[pixels[at + 2]]
  }
  return input
}

/** Shares of red, green and blue in grey: ITU-R BT.601. */
const luma = [0.299, 0.587, 0.114] as const

/** The grey of a pixel as Pillow works it out, in whole numbers of 1/65536. */
export const greyOf = (red: number, green: number, blue: number): number =>
  (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16

/** Where a range scales each colour by its own numbers, grey gets theirs in the shares that it has of them. */
function toGrey(pixels: Uint8Array, range: InputRange): Float32Array<ArrayBuffer> {
  const grey = Float32Array.from(
    allBytes,
    (byte) => luma[0] * inRange(range, 0, byte) + luma[1] * inRange(range, 1, byte) + luma[2] * inRange(range, 2, byte),
  )
  return Float32Array.from({ length: pixels.length / 3 }, (_, at) => {
    const first = 3 * at
    return grey[greyOf(pixels[first], pixels[first + 1], pixels[first + 2])]
  })
}

function withAlpha(colours: Float32Array, alpha: number): Float32Array<ArrayBuffer> {
  const input = new Float32Array((colours.length / 3) * 4).fill(alpha)
  for (let at = 0, to = 0; at < colours.length; at += 3, to += 4) input.set(colours.subarray(at, at + 3), to)
  return input
}

const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
