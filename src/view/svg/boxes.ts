import { coloursOf, type Colours } from './colours'
import { escaped, fitted, heldLength, round, twoLines } from '../text-width'
import type { SceneBox } from '../scene/types'
import type { PictureLook } from './types'

/** Pixels; as the stylesheets of the page have them. */
export const type = { title: 12, line: 11, row: 15 } as const
const radius = 5
const bar = 4
const inset = { left: 13, right: 10 } as const
/** Of a folded group: the strip of its categories, and how far the sheet behind it shows. */
const group = { strip: 4, sheet: 3, heading: 20 } as const

/** How a box is to be drawn beside what it is. */
export interface BoxState {
  readonly faded: boolean
  /** The cut is inside, out of sight. */
  readonly hidesCut: boolean
}

/** An operation, a constant or a folded group, with its text. */
export function drawBox(box: SceneBox, { faded, hidesCut }: BoxState, look: PictureLook): string {
  const colours = coloursOf(box, look)
  const drawn = box.kind === 'node' ? drawNode(box, colours) : drawGroup(box, colours, hidesCut, look)
  const state = faded ? ' class="faded"' : ''
  const place = `translate(${round(box.x)} ${round(box.y)})`
  return `<g data-box="${escaped(box.id)}"${state} transform="${place}"><title>${wholeName(box)}</title>${drawn}</g>\n`
}

function drawNode(box: SceneBox, colours: Colours): string {
  const isConstant = box.look === 'constant'
  const room = box.width - inset.left - inset.right
  const titles = box.titleRows === 2 ? twoLines(box.title, room, type.title, true) : [box.title]
  const rows = [
    ...titles.map((text) => ({ text, look: 't', colour: colours.title })),
    ...box.lines.map((text) => ({ text, look: 'l', colour: colours.text })),
    ...(box.label ? [{ text: box.label, look: 'l', colour: colours.quiet }] : []),
  ]
  const top = (box.height - rows.length * type.row) / 2
  return (
    sheet(box, colours, isConstant ? 16 : radius, isConstant) +
    drawBar(box, colours) +
    rows.map((row, i) => drawText(row, inset.left, top + i * type.row + 11, room)).join('')
  )
}

function drawGroup(box: SceneBox, colours: Colours, hidesCut: boolean, look: PictureLook): string {
  const isPattern = box.look === 'pattern'
  const x = isPattern ? inset.left : 12
  const room = box.width - x - (hidesCut ? 28 : inset.right)
  const titles = isPattern ? twoLines(box.title, room, type.title, true) : [box.title]
  const below = [box.label, ...box.lines].filter(Boolean)
  // A title of two lines leaves room for one more; one of one line, for two in a pattern's box.
  const shown = isPattern && titles.length === 1 ? below.slice(0, 2) : [below.join(' · ')].filter(Boolean)
  const rows = [
    ...titles.map((text) => ({ text, look: 't', colour: colours.title })),
    ...shown.map((text) => ({ text, look: 'l', colour: colours.quiet })),
  ]
  const top = (box.height - group.strip - rows.length * type.row) / 2
  const { width, height } = box
  const behind = `translate(${group.sheet} ${group.sheet})`
  return (
    `<g transform="${behind}">${sheet(box, colours, radius, false)}</g>` +
    sheet(box, colours, radius, false) +
    drawBar(box, colours) +
    (look.fills?.[box.id] === undefined ? drawShares(box, look) : '') +
    rows.map((row, i) => drawText(row, x, top + i * type.row + 11, room)).join('') +
    (hidesCut ? drawScissors(width - 20, (height - group.strip) / 2 - 6, look.cut) : '')
  )
}

function sheet({ width, height }: SceneBox, { fill, border }: Colours, corner: number, dashed: boolean): string {
  // Half a pixel in, so that the line is one pixel wide and not two.
  const size = `x=".5" y=".5" width="${round(width - 1)}" height="${round(height - 1)}" rx="${corner - 0.5}"`
  const dashes = dashed ? ' stroke-dasharray="3 2"' : ''
  return `<rect ${size} fill="${escaped(fill)}" stroke="${escaped(border)}"${dashes}/>`
}

function drawBar({ height }: SceneBox, { bar: colour }: Colours): string {
  if (colour === null) return ''
  const straight = round(height - 2 * radius)
  return `<path d="M${bar} 0V${round(height)}a${radius} ${radius} 0 0 1 -${bar} -${radius}v-${straight}a${radius} ${radius} 0 0 1 ${bar} -${radius}z" fill="${escaped(colour)}"/>`
}

/** The categories inside, side by side along the lower border; the clip paths of `groupClips` round their corners. */
function drawShares({ width, height, categories }: SceneBox, look: PictureLook): string {
  let x = 0
  const strips = categories.map(({ category, share }) => {
    const strip = `<rect x="${round(x)}" y="${round(height - group.strip)}" width="${round(width * share)}" height="${group.strip}" fill="${escaped(look.categories[category])}"/>`
    x += width * share
    return strip
  })
  return `<g clip-path="url(#${clipId(width, height)})">${strips.join('')}</g>`
}

const clipId = (width: number, height: number): string => `box-${Math.round(width)}-${Math.round(height)}`

/** One clip path for each size of a folded group. */
export function groupClips(boxes: readonly SceneBox[]): string {
  const sizes = new Map(
    boxes
      .filter((box) => box.kind === 'group' && !box.unfolded)
      .map(({ width, height }) => [clipId(width, height), { width, height }]),
  )
  return [...sizes]
    .map(([id, { width, height }]) => {
      const size = `width="${round(width)}" height="${round(height)}"`
      return `<clipPath id="${id}"><rect ${size} rx="${radius}"/></clipPath>`
    })
    .join('')
}

interface Row {
  readonly text: string
  /** The class: a title or a line. */
  readonly look: string
  readonly colour: string
}

function drawText({ text, look, colour }: Row, x: number, y: number, room: number): string {
  const bold = look === 't'
  const size = bold ? type.title : type.line
  const shown = fitted(text, room, size, bold)
  const held = heldLength(shown, room, size, bold)
  return `<text class="${look}" x="${x}" y="${round(y)}" fill="${escaped(colour)}"${held}>${escaped(shown)}</text>`
}

/** A small pair of scissors, 11 pixels wide and high. */
export function drawScissors(x: number, y: number, colour: string): string {
  const place = `translate(${round(x)} ${round(y)})`
  return (
    `<g transform="${place}" fill="none" stroke="${escaped(colour)}" stroke-width="1.2" stroke-linecap="round">` +
    '<circle cx="2.6" cy="2.6" r="1.7"/><circle cx="2.6" cy="8.4" r="1.7"/><path d="M4 3.8 10 9M4 7.2 10 2"/></g>'
  )
}

/** What a box says when it is pointed at. */
export const wholeName = ({ title, name }: SceneBox): string => escaped(name === '' ? title : name)
