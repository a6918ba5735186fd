import type { Direction } from '../layout/types'
import { drawScissors } from './svg-boxes'
import { escaped, round, textWidth } from './svg-text'
import type { PictureLook, Port, SceneBox } from './types'

/** Above this number a box's outputs are dots, as their shapes would not fit side by side. */
const mostWritten = 2
/** Pixels. */
const chip = { size: 10.5, height: 17, padding: 7, gap: 4, mark: 14, dot: 4.5 } as const

/** The tensors that leave a box, each with its shape. */
export function drawPorts(
  box: SceneBox,
  direction: Direction,
  faded: boolean,
  cut: ReadonlySet<string>,
  look: PictureLook,
): string {
  const written = box.ports.length <= mostWritten
  return box.ports
    .map((port) => drawPort(port, { direction, written, faded, cut: cut.has(port.tensor) }, look))
    .join('')
}

interface PortState {
  readonly direction: Direction
  readonly written: boolean
  readonly faded: boolean
  readonly cut: boolean
}

function drawPort(port: Port, state: PortState, look: PictureLook): string {
  const marked = state.cut || port.recommended
  const shown = (state.written || state.cut) && (port.shape !== '' || marked)
  const opacity = state.faded && !state.cut ? ' opacity=".5"' : ''
  const drawn = shown ? drawChip(port, state, marked, look) : drawDot(port, state.direction, look)
  return `<g data-tensor="${escaped(port.tensor)}"${opacity}><title>${escaped(port.tensor)}</title>${drawn}</g>\n`
}

function drawDot({ x, y }: Port, direction: Direction, look: PictureLook): string {
  const after = chip.gap + chip.dot
  const [cx, cy] = direction === 'down' ? [x, y + after] : [x + after, y]
  return `<circle cx="${round(cx)}" cy="${round(cy)}" r="${chip.dot}" fill="${escaped(look.box)}" stroke="${escaped(look.line)}"/>`
}

function drawChip({ x, y, shape }: Port, { direction, cut }: PortState, marked: boolean, look: PictureLook): string {
  const text = textWidth(shape, chip.size, cut)
  const width = text + 2 * chip.padding + (marked ? chip.mark : 0) - (shape === '' ? 3 : 0)
  const [left, top] = direction === 'down' ? [x - width / 2, y + chip.gap] : [x + chip.gap, y - chip.height / 2]
  const fill = cut ? look.cut : look.box
  const place = `x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${chip.height}" rx="8.5"`
  const ink = cut ? look.box : look.quiet
  const from = left + chip.padding + (marked ? chip.mark : 0)
  const written =
    shape === ''
      ? ''
      : `<text class="${cut ? 'c b' : 'c'}" x="${round(from)}" y="${round(top + 12.3)}" fill="${escaped(ink)}" textLength="${round(text)}" lengthAdjust="spacingAndGlyphs">${escaped(shape)}</text>`
  const mark = marked ? drawScissors(left + chip.padding - 1, top + 3, cut ? look.box : look.cut) : ''
  return `<rect ${place} fill="${escaped(fill)}" stroke="${escaped(cut ? look.cut : look.border)}"/>${mark}${written}`
}
