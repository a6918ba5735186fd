/**
 * The picture turned to the left about its middle, between pixels by their distance (bilinear). Where the turned picture
 * does not reach, it goes on mirrored at its edges, as in Keras' RandomRotation: black corners would be something to learn.
 *
 * @param pixels `[height, width, 3]`
 */
export function turned(pixels: Uint8Array, width: number, height: number, degrees: number): Uint8Array<ArrayBuffer> {
  const angle = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2]
  const made = new Uint8Array(pixels.length)
  let to = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const fromX = mirroredInto(cos * (x - middleX) - sin * (y - middleY) + middleX, width)
      const fromY = mirroredInto(sin * (x - middleX) + cos * (y - middleY) + middleY, height)
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)]
      const [across, down] = [fromX - left, fromY - top]
      // At an edge, what is mirrored beyond it is the edge itself.
      const [left3, right3] = [3 * Math.max(left, 0), 3 * Math.min(left + 1, width - 1)]
      const [upper, lower] = [3 * width * Math.max(top, 0), 3 * width * Math.min(top + 1, height - 1)]
      for (let channel = 0; channel < 3; channel++) {
        const above = between(pixels[upper + left3 + channel], pixels[upper + right3 + channel], across)
        const below = between(pixels[lower + left3 + channel], pixels[lower + right3 + channel], across)
        made[to++] = Math.round(between(above, below, down))
      }
    }
  }
  return made
}

const between = (one: number, other: number, share: number): number => one + (other - one) * share

/** Where a place is in a row of pixels that goes on mirrored: from half a pixel before the first to half a one behind the last. */
function mirroredInto(place: number, length: number): number {
  const period = 2 * length
  const along = (((place + 0.5) % period) + period) % period
  return (along > length ? period - along : along) - 0.5
}
