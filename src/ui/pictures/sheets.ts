import type { PictureSize } from './size'

/** What fits both on A4 and on Letter with 10 mm at each side, in CSS pixels: 190 × 255 mm. */
const paper = { short: 718, long: 963 }
/** Text smaller than this share of its size on screen is hard to read on paper. */
const legible = 0.5
/** Where even the width of one sheet makes text smaller than this, more sheets would not help. */
const hopeless = 0.2
/** CSS pixels between the strips on a sheet. */
const gap = 14
const mostStrips = 12

/** A strip of the picture across the flow, in its pixels along the flow. */
export interface Strip {
  readonly from: number
  readonly to: number
}

/** How a picture is put on paper. */
export interface Sheets {
  readonly landscape: boolean
  /** CSS pixels for each of the picture's. */
  readonly scale: number
  readonly sheets: readonly (readonly Strip[])[]
}

/**
 * Lays a picture whose flow goes down on one sheet, long ones in strips side by side; on several where it could not be
 * read on one. `breaks` are the places along the flow where it may be cut without cutting a box. For a flow to the
 * right, give width for height and take landscape for portrait.
 */
export function sheetsFor({ width, height }: PictureSize, breaks: readonly number[]): Sheets {
  const sorted = [...breaks].sort((one, other) => one - other)
  const single = [false, true].flatMap((landscape) => {
    const { across, along } = sides(landscape)
    return Array.from({ length: mostStrips }, (_, index) => {
      const strips = index + 1
      const most = Math.min(1, (across - index * gap) / (strips * width))
      const scale = scaleOfStrips(height, sorted, strips, most, along)
      return { landscape, scale, sheets: [stripsOf(height, sorted, along / scale)] }
    })
  })
  const best = single.reduce((one, other) => (other.scale > one.scale ? other : one))
  const { across, along } = sides(false)
  const scale = Math.min(legible, across / width)
  if (best.scale >= scale || scale < hopeless) return best
  const perSheet = Math.max(1, Math.floor((across + gap) / (width * scale + gap)))
  return { landscape: false, scale, sheets: inSheets(stripsOf(height, sorted, along / scale), perSheet) }
}

const sides = (landscape: boolean) =>
  landscape ? { across: paper.long, along: paper.short } : { across: paper.short, along: paper.long }

/** The largest scale up to `most` at which so many strips hold the whole picture. */
function scaleOfStrips(height: number, breaks: readonly number[], strips: number, most: number, along: number): number {
  let scale = Math.min(most, (along * strips) / height)
  while (stripsOf(height, breaks, along / scale).length > strips) scale *= 0.98
  return scale
}

/** Cuts the picture at the last break before each strip is full; anywhere where there is none in its second half. */
function stripsOf(height: number, breaks: readonly number[], longest: number): Strip[] {
  const strips: Strip[] = []
  let from = 0
  // What rounding leaves over is no strip.
  while (from < height - 0.5) {
    const full = from + longest
    const last = breaks.findLast((at) => at <= full && at > full - longest / 2) ?? full
    const to = full >= height - 0.5 ? height : last
    strips.push({ from, to })
    from = to
  }
  return strips
}

function inSheets(strips: readonly Strip[], perSheet: number): Strip[][] {
  const sheets: Strip[][] = []
  for (let at = 0; at < strips.length; at += perSheet) sheets.push(strips.slice(at, at + perSheet))
  return sheets
}
