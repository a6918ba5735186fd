import { mostWritten } from '../../layout/sizes'
import type { Direction } from '../../layout/types'
import { chip } from '../scene/chip-size'
import { drawScissors } from './boxes'
import { escaped, round, textWidth } from '../text-width'
import type { Port, SceneBox } from '../scene/types'
import type { PictureLook } from './types'

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
    .map((port) => {
      const other = written ? box.ports.find((one) => one !== port) : undefined
      return drawPort(port, { other, direction, written, faded, cut: cut.has(port.tensor) }, look)
    })
    .join('')
}

interface PortState {
  /** The only other one of its box, if there is one and both are written. */
  readonly other: Port | undefined
  readonly direction: Direction
  readonly written: boolean
  readonly faded: boolean
  readonly cut: boolean
}

function drawPort(port: Port, state: PortState, look: PictureLook): string {
  const marked = state.cut || port.marked
  const shown = (state.written || state.cut) && (port.shape !== '' || marked)
  const drawn = shown ? drawChip(port, state, marked, look) : drawDot(port, state.direction, look)
  return `<g data-tensor="${escaped(port.tensor)}"><title>${escaped(port.tensor)}</title>${drawn}</g>\n`
}

function drawDot({ x, y }: Port, direction: Direction, look: PictureLook): string {
  const after = chip.gap + chip.dot
  const [cx, cy] = direction === 'down' ? [x, y + after] : [x + after, y]
  return `<circle cx="${round(cx)}" cy="${round(cy)}" r="${chip.dot}" fill="${escaped(look.box)}" stroke="${escaped(look.line)}"/>`
}

function drawChip(port: Port, state: PortState, marked: boolean, look: PictureLook): string {
  const { shape } = port
  const isDown = state.direction === 'down'
  const beside = 2 * chip.padding + (marked ? chip.mark : 0) - (shape === '' ? 3 : 0)
  const whole = textWidth(shape, chip.size, state.cut)
  const width = whole + beside
  const along = placeAlong(isDown ? port.x : port.y, state.other && (isDown ? state.other.x : state.other.y))
  const [left, top] = isDown ? [along(width), port.y + chip.gap] : [port.x + chip.gap, along(chip.height)]
  const [fill, border, ink, mark] = state.cut
    ? [look.cut, look.cut, look.box, look.box]
    : [look.box, look.border, look.quiet, look.cut]
  const from = left + chip.padding + (marked ? chip.mark : 0)
  const held = `font-size="${chip.size}" textLength="${round(whole)}" lengthAdjust="spacingAndGlyphs"`
  const bold = state.cut ? ' class="b"' : ''
  const written = `<text x="${round(from)}" y="${round(top + 12.3)}" fill="${escaped(ink)}" ${held}${bold}>${escaped(shape)}</text>`
  // What stands on it fades, not the chip itself, as the line would be seen through it.
  const fades = state.faded && !state.cut
  const on = (marked ? drawScissors(left + chip.padding - 1, top + 3, mark) : '') + (shape === '' ? '' : written)
  const place = `x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${chip.height}" rx="8.5"`
  const rect = `<rect ${place} fill="${escaped(fill)}" stroke="${escaped(border)}"${fades ? ' stroke-opacity=".4"' : ''}/>`
  return rect + (fades ? `<g opacity=".45">${on}</g>` : on)
}

/** Where a chip begins along its box's border: in the middle of its port, but not past the middle between two ports. */
function placeAlong(own: number, other: number | undefined): (length: number) => number {
  return (length) => {
    const middled = own - length / 2
    if (other === undefined) return middled
    const middle = (own + other) / 2
    return own < other ? Math.min(middled, middle - 1 - length) : Math.max(middled, middle + 1)
  }
}
