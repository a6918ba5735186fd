import { formatCount } from '../../../graph/op-tables/text'
import type { ColourBy } from '../../../store/graph-view/view'
import { actionTexts } from '../../../texts/page/actions'
import { formatBytes } from '../../common/format'
import type { Marks, Scene, SceneBox } from '../../../view/scene/types'

type Rgb = readonly [number, number, number]

/** The colour of a box and of the text on it, each as CSS for light and dark pages. */
export interface Fill {
  readonly fill: string
  readonly text: string
}

/** A scale as its legend shows it. */
export interface Scale {
  readonly title: string
  /** A CSS gradient from the least to the most. */
  readonly gradient: string
  /** What the ends mean, and the middle where there is one. */
  readonly ends: readonly string[]
}

export interface Colouring {
  /** By box id; boxes without an amount are absent. */
  readonly fills: ReadonlyMap<string, Fill>
  /** null where there is nothing to tell. */
  readonly scale: Scale | null
}

type Amount = Exclude<ColourBy, 'category' | 'distance'>

/**
 * Stops after ColorBrewer's YlGnBu and PuOr: lightness runs one way from end to end (from the middle, for PuOr), so that
 * they can be told apart without telling hues. On a dark page the least is dark, so that the most always stands out.
 */
const amountStops = {
  light: ['#f4fae0', '#b5dfc0', '#4fb0c0', '#2468a8', '#0f2760'],
  dark: ['#1e2b4d', '#235d9c', '#3fa3b8', '#a9dcb6', '#fbfbd0'],
}
const distanceStops = {
  light: ['#3d2a7d', '#8b80bd', '#f5f3f0', '#eda552', '#9a4c08'],
  dark: ['#b9aef2', '#6f63ad', '#2a2f3a', '#b0701f', '#ffc271'],
}

export const colourTitles: Readonly<Record<ColourBy, string>> = actionTexts.colourings

const none: Colouring = { fills: new Map(), scale: null }

/** What boxes are coloured by; amounts on a logarithmic scale from the least to the most that is seen. */
export function colouring(scene: Scene, marks: Marks | null, colourBy: ColourBy): Colouring {
  if (colourBy === 'category') return none
  const boxes = scene.boxes.filter((box) => !box.unfolded)
  return colourBy === 'distance' ? byDistance(boxes, marks) : byAmount(boxes, colourBy)
}

function byAmount(boxes: readonly SceneBox[], colourBy: Amount): Colouring {
  let [least, most] = [Infinity, 0]
  for (const { cost } of boxes) {
    const amount = cost?.[colourBy] ?? 0
    if (amount <= 0) continue
    least = Math.min(least, amount)
    most = Math.max(most, amount)
  }
  if (most === 0) return none
  const fills = new Map<string, Fill>()
  for (const { id, cost } of boxes) {
    const amount = cost?.[colourBy] ?? 0
    if (amount > 0) fills.set(id, fillAt(amountStops, logShare(amount, least, most)))
  }
  const written = colourBy === 'outputBytes' ? formatBytes : formatCount
  return {
    fills,
    scale: { title: colourTitles[colourBy], gradient: gradient(amountStops), ends: [written(least), written(most)] },
  }
}

/** Where an amount stands between the least (0) and the most (1), each step as far as its factor. */
export function logShare(amount: number, least: number, most: number): number {
  return least === most ? 1 : Math.log(amount / least) / Math.log(most / least)
}

function byDistance(boxes: readonly SceneBox[], marks: Marks | null): Colouring {
  const distances = boxes.flatMap(({ id }) => {
    const distance = marks?.distance[id]
    return distance === undefined ? [] : [[id, distance] as const]
  })
  if (distances.length === 0) return none
  const before = distances.reduce((far, [, distance]) => Math.min(far, distance), 0)
  const after = distances.reduce((far, [, distance]) => Math.max(far, distance), 0)
  const fills = new Map(
    distances.map(([id, distance]) => [id, fillAt(distanceStops, distanceShare(distance, before, after))]),
  )
  return {
    fills,
    scale: {
      title: colourTitles.distance,
      gradient: gradient(distanceStops),
      ends: [`${-before} before (kept)`, 'the cut', `${after} after`],
    },
  }
}

/** Before the cut from 0 (farthest) to 0.5, after it from 0.5 to 1; logarithmic, as near the cut each step counts more. */
export function distanceShare(distance: number, before: number, after: number): number {
  const far = Math.abs(distance < 0 ? before : after)
  if (distance === 0 || far === 0) return 0.5
  return 0.5 + (Math.sign(distance) * 0.5 * Math.log1p(Math.abs(distance))) / Math.log1p(far)
}

interface Stops {
  readonly light: readonly string[]
  readonly dark: readonly string[]
}

const gradient = ({ light, dark }: Stops): string =>
  `linear-gradient(to right, ${light.map((colour, i) => `light-dark(${colour}, ${dark[i]})`).join(', ')})`

function fillAt({ light, dark }: Stops, share: number): Fill {
  const [onLight, onDark] = [mixed(light, share), mixed(dark, share)]
  return {
    fill: `light-dark(${css(onLight)}, ${css(onDark)})`,
    text: `light-dark(${inkOn(onLight)}, ${inkOn(onDark)})`,
  }
}

function mixed(stops: readonly string[], share: number): Rgb {
  const place = Math.max(0, Math.min(1, share)) * (stops.length - 1)
  const index = Math.min(stops.length - 2, Math.floor(place))
  const [a, b] = [parsed(stops[index]), parsed(stops[index + 1])]
  const mix = (i: 0 | 1 | 2) => Math.round(a[i] + (b[i] - a[i]) * (place - index))
  return [mix(0), mix(1), mix(2)]
}

const parsed = (hex: string): Rgb => {
  const value = parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`

/** Black or white, whichever has more contrast on a colour (relative luminance as in WCAG 2). */
export function inkOn(colour: Rgb): string {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return luminance > 0.179 ? '#10151c' : '#ffffff'
}

/** The boxes' colours by id, as CSS, for a picture; null where they are those of their categories. */
export function pictureFills({ fills }: Colouring): Record<string, string> | null {
  return fills.size === 0 ? null : Object.fromEntries([...fills].map(([id, { fill }]) => [id, fill]))
}
