import type { OpCategory } from '../../../graph/op-tables/ops'
import type { Rect } from '../../../layout/types'
import type { Scene } from '../../../view/scene/types'

/** The picture on a map: pixels of the map for each of the layout, which may differ by axis for very long pictures. */
export interface MapScale {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Pixels; the legend ends where a map of this width begins. */
const most = { down: { width: 120, height: 240 }, right: { width: 200, height: 110 } } as const
/** Pixels between the map's picture and the right and lower edges of the view: its frame, the buttons, a gap. */
const around = { right: 80, bottom: 48 } as const
/** Pixels; in a view that is narrower, the map is shown only when asked for. */
export const narrowForMap = 700

/** The scale of a scene's map, whose largest size depends on the direction of the flow. */
export const scaleOf = (scene: Scene): MapScale => mapScale(scene, most[scene.direction])

/** How much of the view's lower right corner the map takes, in pixels. */
export function mapRoom(scene: Scene): { readonly width: number; readonly height: number } {
  const { width, height } = scaleOf(scene)
  return { width: width + around.right, height: height + around.bottom }
}

/** Pixels; a picture far longer than wide is stretched to at least `thinnest`. */
const thinnest = 26

/** The scale at which a scene fits in `most`: at most a fifth of its size, but no side under `thinnest`. */
export function mapScale(
  scene: { readonly width: number; readonly height: number },
  most: { readonly width: number; readonly height: number },
): MapScale {
  const [sceneWidth, sceneHeight] = [Math.max(1, scene.width), Math.max(1, scene.height)]
  const scale = Math.min(most.width / sceneWidth, most.height / sceneHeight, 0.2)
  const width = Math.max(Math.min(thinnest, most.width), Math.min(most.width, sceneWidth * scale))
  const height = Math.max(Math.min(thinnest, most.height), Math.min(most.height, sceneHeight * scale))
  return { x: width / sceneWidth, y: height / sceneHeight, width, height }
}

/** A rectangle of the layout on the map, kept inside of it. */
export function onMap(rect: Rect, { x, y, width, height }: MapScale): Rect {
  const [left, top] = [clamp(rect.x * x, width), clamp(rect.y * y, height)]
  const [right, bottom] = [clamp((rect.x + rect.width) * x, width), clamp((rect.y + rect.height) * y, height)]
  return { x: left, y: top, width: right - left, height: bottom - top }
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value))

/** One SVG path for each kind of box: frames, and boxes by their main category. What is too small to see is left out. */
export function mapPaths(scene: Scene, scale: MapScale): { kind: OpCategory | 'frame'; path: string }[] {
  const paths = new Map<OpCategory | 'frame', string[]>([['frame', []]])
  const taken = new Set<number>()
  for (const box of scene.boxes) {
    const [x, y] = [round(box.x * scale.x), round(box.y * scale.y)]
    const [width, height] = [Math.max(0.8, round(box.width * scale.x)), Math.max(0.8, round(box.height * scale.y))]
    // Of boxes that would be drawn over one another in one pixel, the first is enough.
    const pixel = Math.floor(x) * 4096 + Math.floor(y)
    if (width < 1.5 && height < 1.5) {
      if (taken.has(pixel)) continue
      taken.add(pixel)
    }
    const kind = box.unfolded ? 'frame' : (box.categories.at(0)?.category ?? 'other')
    const list = paths.get(kind)
    const rect = `M${x} ${y}h${width}v${height}h${-width}z`
    if (list) list.push(rect)
    else paths.set(kind, [rect])
  }
  return [...paths].map(([kind, rects]) => ({ kind, path: rects.join('') }))
}

const round = (value: number): number => Math.round(value * 10) / 10
