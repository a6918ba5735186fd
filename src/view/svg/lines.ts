import { edgePath } from '../../layout/edge-path'
import type { Edge, Rect } from '../../layout/types'
import { bundled } from '../scene/bundles'
import { cutLines, cutWords, wordsPlace, type CutLine } from '../scene/cut-lines'
import { mixed } from './colours'
import { escaped, heldLength, round, textWidth } from '../text-width'
import type { Scene } from '../scene/types'
import type { PictureLook } from './types'

/** How a line is drawn, those drawn first first. */
const kinds = ['faded', 'plain', 'skip', 'bundle', 'cut'] as const
type SvgLineKind = (typeof kinds)[number]

/** The lines of all tensors, with arrowheads. */
export function drawEdges({ edges, direction, marks }: Scene, cut: ReadonlySet<string>, look: PictureLook): string {
  const lit = marks.lit && new Set(marks.lit)
  const paths: Record<SvgLineKind, string[]> = { faded: [], plain: [], skip: [], bundle: [], cut: [] }
  const { lines, bundles } = bundled(edges, (tensor) => cut.has(tensor))
  const isLit = ({ from, to }: Edge): boolean => lit === null || (lit.has(from) && lit.has(to))
  const add = (kind: SvgLineKind, { points }: Edge): void => {
    paths[kind].push(`<path d="${edgePath(points, direction)}"/>`)
  }
  for (const edge of lines) {
    add(cut.has(edge.tensor) ? 'cut' : !isLit(edge) ? 'faded' : edge.spans > 1 ? 'skip' : 'plain', edge)
  }
  for (const edge of bundles) add(isLit(edge) ? 'bundle' : 'faded', edge)
  const looks: Readonly<Record<SvgLineKind, string>> = {
    faded: `stroke="${escaped(look.line)}" opacity=".35"`,
    plain: `stroke="${escaped(look.line)}"`,
    // Lines that pass other boxes are stronger, so that the eye can follow them.
    skip: `stroke="${escaped(mixed(look.line, look.text, 0.55))}" stroke-width="1.9"`,
    // One for many.
    bundle: `stroke="${escaped(look.line)}" stroke-width="4.5"`,
    cut: `stroke="${escaped(look.cut)}" stroke-dasharray="4 4"`,
  }
  const drawn = kinds.map((kind) =>
    paths[kind].length > 0 ? `<g data-lines="${kind}" ${looks[kind]}>${paths[kind].join('\n')}</g>` : '',
  )
  return `<g fill="none" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${drawn.join('')}</g>\n`
}

/** The lines of the cut, each with what it means. */
export function drawCutLines(scene: Scene, cut: readonly string[], look: PictureLook): string {
  const { width, height } = scene
  const picture = { x: -edge, y: -edge, width: width + 2 * edge, height: height + 2 * edge }
  return cutLines(scene, scene.marks.lit, cut)
    .map((line) => {
      const words = cutWords(line, scene.direction)
      const size = { width: textWidth(words, text.size, true) + 2 * text.padding, height: text.height }
      const place = wordsPlace(line, size, scene.direction, picture)
      return drawCutLine(line, look) + (place ? drawWords(words, { ...place, ...size }, look) : '')
    })
    .join('')
}

/** How far words may stick out of the graph; the picture has that much room around it. */
const edge = 30
/** Of the words on a line, in pixels. */
const text = { size: 11, height: 17, padding: 6 } as const

function drawCutLine({ from, to }: CutLine, look: PictureLook): string {
  const ends = `x1="${round(from.x)}" y1="${round(from.y)}" x2="${round(to.x)}" y2="${round(to.y)}"`
  return `<line ${ends} stroke="${escaped(look.cut)}" stroke-width="2.6" stroke-dasharray="9 6" stroke-linecap="round"/>`
}

function drawWords(words: string, { x, y, width, height }: Rect, look: PictureLook): string {
  const place = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${height}" rx="4"`
  const held = heldLength(words, width - 2 * text.padding, text.size, true)
  return (
    `<rect ${place} fill="${escaped(look.background)}"/>` +
    `<text class="l b" x="${round(x + text.padding)}" y="${round(y + 12.5)}" fill="${escaped(look.cut)}"${held}>${words}</text>\n`
  )
}
