/** The perceptual hash of a picture: what it looks like in a few bytes, so that near duplicates are found without looking at pixels again. */

const columns = 9
const rows = 8

/**
 * The difference hash (dHash) of a picture: its brightness on a grid of 9 × 8, and a bit for each pair of neighbours in a row, set
 * where it rises to the right. Scaling, re-encoding and changes of brightness leave most bits as they are. On a plain ground
 * few bits are set, and different pictures share them; so the mean colours of its four quarters follow.
 *
 * @param pixels RGB bytes, row by row
 * @returns 16 hexadecimal digits of the hash, and 24 of the colours: red, green, blue of each quarter, row by row
 */
export function perceptualHash(pixels: Uint8Array, width: number, height: number): string {
  const grid = brightness(pixels, width, height)
  let hash = ''
  for (let row = 0; row < rows; row++) {
    let bits = 0
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column
      bits = bits * 2 + (grid[at + 1] - grid[at] > leastRise ? 1 : 0)
    }
    hash += byte(bits)
  }
  return hash + quarters(pixels, width, height).map(byte).join('')
}

const byte = (value: number): string => value.toString(16).padStart(2, '0')

/** Of 255. On a plain ground, smaller differences are the noise of the file format. */
const leastRise = 1

/** Mean luma (ITU-R BT.601) of each cell of the grid; a picture smaller than the grid lends a pixel to several cells. */
function brightness(pixels: Uint8Array, width: number, height: number): Float64Array {
  const grid = new Float64Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = cell(row, rows, height)
    for (let column = 0; column < columns; column++) {
      const [left, right] = cell(column, columns, width)
      let sum = 0
      for (let y = top; y < bottom; y++) {
        for (let at = (y * width + left) * 3; at < (y * width + right) * 3; at += 3) {
          sum += 0.299 * pixels[at] + 0.587 * pixels[at + 1] + 0.114 * pixels[at + 2]
        }
      }
      grid[row * columns + column] = sum / ((bottom - top) * (right - left))
    }
  }
  return grid
}

/** Mean red, green and blue of each quarter, rounded. */
function quarters(pixels: Uint8Array, width: number, height: number): number[] {
  const means: number[] = []
  for (const [top, bottom] of [cell(0, 2, height), cell(1, 2, height)]) {
    for (const [left, right] of [cell(0, 2, width), cell(1, 2, width)]) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0
        for (let y = top; y < bottom; y++) {
          for (let x = left; x < right; x++) sum += pixels[(y * width + x) * 3 + channel]
        }
        means.push(Math.round(sum / ((bottom - top) * (right - left))))
      }
    }
  }
  return means
}

function cell(index: number, count: number, size: number): [from: number, to: number] {
  const from = Math.floor((index * size) / count)
  return [from, Math.max(from + 1, Math.floor(((index + 1) * size) / count))]
}
