/** Where a picture goes in the rectangle a network wants. */
import type { Fit } from '../../types'
import type { CopyChange } from '../augment'

export interface Target {
  width: number
  height: number
  fit: Fit
}

/** In pixels, `x` to the right and `y` downwards; a source rectangle may lie between pixels. */
export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/** The part `from` of the picture is resized to the part `to` (whole pixels) of the target. */
export interface Placement {
  from: Rectangle
  to: Rectangle
}

/**
 * - `crop`: the largest centred part of the picture that has the target's aspect, filling the target
 * - `contain`: the whole picture, as large as it fits, centred; what is left are bars
 * - `stretch`: the whole picture, filling the target, its aspect lost
 *
 * A `change` cuts some of the picture off before, and shows it larger or smaller after. Mirroring is left to the resize.
 */
export function place(width: number, height: number, target: Target, change: CopyChange | null = null): Placement {
  const whole = { x: 0, y: 0, width, height }
  if (!change) return fitted(whole, target)
  const placement = fitted(cut(whole, change), target)
  return change.scale === 1 ? placement : scaled(placement, whole, target, change.scale)
}

function fitted(part: Rectangle, target: Target): Placement {
  const { width, height } = part
  const filled = { x: 0, y: 0, width: target.width, height: target.height }
  switch (target.fit) {
    case 'stretch':
      return { from: part, to: filled }
    case 'crop': {
      const scale = Math.min(width / target.width, height / target.height)
      return { from: centred(part, target.width * scale, target.height * scale), to: filled }
    }
    case 'contain': {
      const scale = Math.min(target.width / width, target.height / height)
      const inner = { width: atLeastOne(width * scale), height: atLeastOne(height * scale) }
      const { x, y } = centred(filled, inner.width, inner.height)
      return { from: part, to: { x: Math.floor(x), y: Math.floor(y), ...inner } }
    }
  }
}

function cut({ width, height }: Rectangle, { crop, cropX, cropY }: CopyChange): Rectangle {
  return { x: width * crop * cropX, y: height * crop * cropY, width: width * (1 - crop), height: height * (1 - crop) }
}

/**
 * The same `scale` times as large, about the target's middle. Where it then is smaller than the target, more of the
 * picture comes in as far as there is more of it, and bars are left where there is not.
 */
function scaled({ from, to }: Placement, whole: Rectangle, target: Target, scale: number): Placement {
  const across = scaledAlong(from.x, from.width, to.x, to.width, whole.width, target.width, scale)
  const down = scaledAlong(from.y, from.height, to.y, to.height, whole.height, target.height, scale)
  return {
    from: { x: across.from, y: down.from, width: across.extent, height: down.extent },
    to: { x: across.to, y: down.to, width: across.count, height: down.count },
  }
}

/** The same along one axis, all in pixels: where the part begins and how long it is, in the source and in the target. */
function scaledAlong(
  from: number,
  extent: number,
  to: number,
  count: number,
  length: number,
  size: number,
  scale: number,
): { from: number; extent: number; to: number; count: number } {
  const step = extent / count / scale
  // Where the picture's first pixel would lie, were the target large enough.
  const origin = size / 2 - (size / 2 - to + from / (extent / count)) * scale
  const start = Math.min(Math.max(0, Math.round(origin)), size - 1)
  const end = Math.min(size, Math.round(origin + length / step))
  // All of a picture that is so thin that it does not fill a pixel.
  if (end <= start) return { from: 0, extent: length, to: start, count: 1 }
  const first = Math.max(0, (start - origin) * step)
  return { from: first, extent: Math.min(length, (end - origin) * step) - first, to: start, count: end - start }
}

function centred(outer: Rectangle, width: number, height: number): Rectangle {
  return { x: outer.x + (outer.width - width) / 2, y: outer.y + (outer.height - height) / 2, width, height }
}

function atLeastOne(length: number): number {
  return Math.max(1, Math.round(length))
}
