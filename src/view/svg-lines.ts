import { edgePath } from '../layout/path'
import type { Direction, Point, Rect } from '../layout/types'
import { mixed } from './svg-colours'
import { escaped, round, textWidth } from './svg-text'
import type { PictureLook, Scene, SceneBox } from './types'

/** How a line is drawn, those drawn first first. */
const kinds = ['faded', 'plain', 'skip', 'cut'] as const
type Kind = (typeof kinds)[number]

/** The lines of all tensors, with arrowheads. */
export function drawEdges({ edges, direction, marks }: Scene, cut: ReadonlySet<string>, look: PictureLook): string {
  const lit = marks.lit && new Set(marks.lit)
  const paths: Record<Kind, string[]> = { faded: [], plain: [], skip: [], cut: [] }
  for (const { tensor, from, to, points, spans } of edges) {
    const isLit = lit === null || (lit.has(from) && lit.has(to))
    const kind = cut.has(tensor) ? 'cut' : !isLit ? 'faded' : spans > 1 ? 'skip' : 'plain'
    paths[kind].push(`<path d="${edgePath(points, direction)}"/>`)
  }
  const looks: Readonly<Record<Kind, string>> = {
    faded: `stroke="${escaped(look.line)}" opacity=".35"`,
    plain: `stroke="${escaped(look.line)}"`,
    // Lines that pass other boxes are stronger, so that the eye can follow them.
    skip: `stroke="${escaped(mixed(look.line, look.text, 0.55))}" stroke-width="1.9"`,
    cut: `stroke="${escaped(look.cut)}" stroke-dasharray="4 4"`,
  }
  const drawn = kinds.map((kind) =>
    paths[kind].length > 0 ? `<g data-lines="${kind}" ${looks[kind]}>${paths[kind].join('\n')}</g>` : '',
  )
  return `<g fill="none" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${drawn.join('')}</g>\n`
}

/** How far after its box a cut line runs, through the tensor's shape, how near it comes to what stands beside, and how
 * far it sticks out of the graph; in pixels. */
const line = { after: 12.5, gap: 8, reach: 24 } as const

/** A line across the frame in which a cut tensor's box stands, as far as nothing else stands beside, and what it means. */
export function drawCutLines(scene: Scene, cut: ReadonlySet<string>, look: PictureLook): string {
  const boxes = new Map(scene.boxes.map((box) => [box.id, box]))
  const drawn = new Set<string>()
  const lines: string[] = []
  for (const box of scene.boxes) {
    if (box.unfolded) continue
    for (const port of box.ports) {
      if (!cut.has(port.tensor) || drawn.has(port.tensor)) continue
      drawn.add(port.tensor)
      const beside = scene.boxes.filter((other) => other.parent === box.parent && other !== box)
      const frame = box.parent === null ? undefined : boxes.get(box.parent)
      lines.push(drawCutLine(lineAcross(port, frame, beside, scene), scene.direction, look))
    }
  }
  return lines.join('')
}

interface Line {
  readonly from: Point
  readonly to: Point
}

function lineAcross(port: Point, frame: SceneBox | undefined, beside: readonly SceneBox[], scene: Scene): Line {
  if (scene.direction === 'down') return levelLine(port, frame, beside, scene.width)
  const { from, to } = levelLine(turned(port), frame && turnedRect(frame), beside.map(turnedRect), scene.height)
  return { from: turned(from), to: turned(to) }
}

function levelLine(port: Point, frame: Rect | undefined, beside: readonly Rect[], width: number): Line {
  const y = port.y + line.after
  let left = frame ? frame.x : -line.reach
  let right = frame ? frame.x + frame.width : width + line.reach
  for (const other of beside) {
    if (other.y - line.gap > y || other.y + other.height + line.gap < y) continue
    if (other.x + other.width <= port.x) left = Math.max(left, other.x + other.width + line.gap)
    else if (other.x >= port.x) right = Math.min(right, other.x - line.gap)
  }
  return { from: { x: left, y }, to: { x: right, y } }
}

const turned = ({ x, y }: Point): Point => ({ x: y, y: x })
const turnedRect = ({ x, y, width, height }: Rect): Rect => ({ x: y, y: x, width: height, height: width })

function drawCutLine({ from, to }: Line, direction: Direction, look: PictureLook): string {
  const ends = `x1="${round(from.x)}" y1="${round(from.y)}" x2="${round(to.x)}" y2="${round(to.y)}"`
  const text = direction === 'down' ? 'Cut: kept above' : 'Cut: kept left'
  const width = textWidth(text, 11, true)
  const [x, y] = direction === 'down' ? [to.x - width - 4, to.y - 7] : [from.x - width - 8, from.y + 16]
  return (
    `<line ${ends} stroke="${escaped(look.cut)}" stroke-width="2.6" stroke-dasharray="9 6" stroke-linecap="round"/>` +
    `<text class="l b f" x="${round(x)}" y="${round(y)}" fill="${escaped(look.cut)}">${text}</text>\n`
  )
}
