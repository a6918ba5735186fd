import type { Direction } from '../layout/types'
import { drawScissors } from './svg-boxes'
import { escaped, round, textWidth } from './svg-text'
import type { PictureLook, Port, SceneBox } from './types'

/** Above this number a box's outputs are dots, as their shapes would not fit side by side. */
const mostWritten = 2
/** Pixels. */
const chip = {
  size: 10.5,
  height: 17,
  padding: 7,
  gap: 4,
  mark: 14,
  dot: 4.5,
  longest: 68,
  shortest: 40,
  smallest: 7.5,
} as const

/** The tensors that leave a box, each with its shape. */
export function drawPorts(
  box: SceneBox,
  direction: Direction,
  faded: boolean,
  cut: ReadonlySet<string>,
  look: PictureLook,
): string {
  const few = box.ports.length <= mostWritten
  return box.ports
    .map((port) => {
      const room = roomOf(port, box.ports, direction)
      const written = few && room >= chip.shortest
      return drawPort(port, { room, direction, written, faded, cut: cut.has(port.tensor) }, look)
    })
    .join('')
}

/** How long a port's chip may be. Beside a box it ends before the next box; below it, before the next port's chip. */
function roomOf(port: Port, ports: readonly Port[], direction: Direction): number {
  if (direction === 'right') return chip.longest
  const others = ports.filter((other) => other !== port).map((other) => Math.abs(other.x - port.x))
  return Math.min(...others) - 2
}

interface PortState {
  /** Pixels for its chip. */
  readonly room: number
  readonly direction: Direction
  readonly written: boolean
  readonly faded: boolean
  readonly cut: boolean
}

function drawPort(port: Port, state: PortState, look: PictureLook): string {
  const marked = state.cut || port.recommended
  const shown = (state.written || state.cut) && (port.shape !== '' || marked)
  const drawn = shown ? drawChip(port, state, marked, look) : drawDot(port, state.direction, look)
  return `<g data-tensor="${escaped(port.tensor)}"><title>${escaped(port.tensor)}</title>${drawn}</g>\n`
}

function drawDot({ x, y }: Port, direction: Direction, look: PictureLook): string {
  const after = chip.gap + chip.dot
  const [cx, cy] = direction === 'down' ? [x, y + after] : [x + after, y]
  return `<circle cx="${round(cx)}" cy="${round(cy)}" r="${chip.dot}" fill="${escaped(look.box)}" stroke="${escaped(look.line)}"/>`
}

function drawChip(port: Port, { direction, cut, faded, room }: PortState, marked: boolean, look: PictureLook): string {
  const { x, y, shape } = port
  const beside = 2 * chip.padding + (marked ? chip.mark : 0) - (shape === '' ? 3 : 0)
  const whole = textWidth(shape, chip.size, cut)
  const text = Math.min(whole, room - beside)
  const size = whole === 0 ? chip.size : round(Math.max(chip.size * (text / whole), chip.smallest))
  const width = text + beside
  const [left, top] = direction === 'down' ? [x - width / 2, y + chip.gap] : [x + chip.gap, y - chip.height / 2]
  const [fill, border, ink, mark] = cut
    ? [look.cut, look.cut, look.box, look.box]
    : [look.box, look.border, look.quiet, look.cut]
  const place = `x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${chip.height}" rx="8.5"`
  const scissors = marked ? drawScissors(left + chip.padding - 1, top + 3, mark) : ''
  const from = left + chip.padding + (marked ? chip.mark : 0)
  const type = `font-size="${size}" textLength="${round(text)}" lengthAdjust="spacingAndGlyphs"${cut ? ' class="b"' : ''}`
  const written = `<text x="${round(from)}" y="${round(top + 12.3)}" fill="${escaped(ink)}" ${type}>${escaped(shape)}</text>`
  // What stands on it fades, not the chip itself, as the line would be seen through it.
  const on = `${scissors}${shape === '' ? '' : written}`
  const shown = faded && !cut ? `<g opacity=".45">${on}</g>` : on
  return `<rect ${place} fill="${escaped(fill)}" stroke="${escaped(border)}"${faded && !cut ? ' stroke-opacity=".4"' : ''}/>${shown}`
}
