/** Where a picture goes in the rectangle a network wants. */
import type { Fit } from '../types'

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
 */
export function place(width: number, height: number, target: Target): Placement {
  const whole = { x: 0, y: 0, width, height }
  const filled = { x: 0, y: 0, width: target.width, height: target.height }
  switch (target.fit) {
    case 'stretch':
      return { from: whole, to: filled }
    case 'crop': {
      const scale = Math.min(width / target.width, height / target.height)
      return { from: centred(whole, target.width * scale, target.height * scale), to: filled }
    }
    case 'contain': {
      const scale = Math.min(target.width / width, target.height / height)
      const fitted = { width: atLeastOne(width * scale), height: atLeastOne(height * scale) }
      const { x, y } = centred(filled, fitted.width, fitted.height)
      return { from: whole, to: { x: Math.floor(x), y: Math.floor(y), ...fitted } }
    }
  }
}

function centred(outer: Rectangle, width: number, height: number): Rectangle {
  return { x: (outer.width - width) / 2, y: (outer.height - height) / 2, width, height }
}

function atLeastOne(length: number): number {
  return Math.max(1, Math.round(length))
}
