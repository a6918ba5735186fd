import type { SceneBox } from '../scene/types'
import type { PictureLook } from './types'

type Rgb = readonly [red: number, green: number, blue: number]

/** `share` of one CSS colour and the rest of another; for colours not written as `#rrggbb`, left to whoever shows it. */
export function mixed(colour: string, with_: string, share: number): string {
  const [a, b] = [parsed(colour), parsed(with_)]
  if (!a || !b) return `color-mix(in srgb, ${colour} ${Math.round(share * 100)}%, ${with_})`
  const parts = a.map((value, i) => Math.round(value * share + b[i] * (1 - share)))
  return `#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** Dark or light, whichever can be read on a colour (relative luminance as in WCAG 2); null for colours that cannot be told. */
export function inkOn(colour: string): string | null {
  const rgb = parsed(colour)
  if (!rgb) return null
  const [red, green, blue] = rgb.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#10151c' : '#ffffff'
}

function parsed(colour: string): Rgb | null {
  const match = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour)
  return match && [parseInt(match[1], 16), parseInt(match[2], 16), parseInt(match[3], 16)]
}

/** The colours of a box and what stands on it. */
export interface Colours {
  readonly fill: string
  readonly border: string
  readonly title: string
  readonly text: string
  readonly quiet: string
  /** Of the bar at the left; null for none. */
  readonly bar: string | null
}

/** By what the picture is coloured by, else by the category of what is inside. */
export function coloursOf(box: SceneBox, look: PictureLook): Colours {
  const fill = look.fills?.[box.id]
  if (fill !== undefined) {
    const ink = inkOn(fill) ?? look.text
    return { fill, border: mixed(fill, look.text, 0.7), title: ink, text: ink, quiet: ink, bar: null }
  }
  const { text, quiet } = look
  const category = look.categories[box.categories.at(0)?.category ?? 'other']
  if (box.look === 'constant') {
    return { fill: look.box, border: mixed(category, look.box, 0.42), title: category, text, quiet, bar: null }
  }
  if (box.kind === 'group' && box.look !== 'pattern') {
    return { fill: look.box, border: look.border, title: text, text, quiet, bar: null }
  }
  const strength = box.kind === 'node' ? { fill: 0.09, border: 0.42 } : { fill: 0.08, border: 0.48 }
  return {
    fill: mixed(category, look.box, strength.fill),
    border: mixed(category, look.box, strength.border),
    ...{ title: category, text, quiet, bar: category },
  }
}
