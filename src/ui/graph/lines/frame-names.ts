import type { Rect } from '../../../layout/types'
import type { SceneBox } from '../../../view/scene/types'

/** The name of a frame where its header is too small to read; coordinates are the layout's. */
export interface FrameName {
  readonly id: string
  readonly text: string
  readonly x: number
  readonly y: number
}

/** Pixels on screen. */
const letter = { width: 7.4, height: 15 } as const
const inset = 5
const fewestLetters = 4

/**
 * Names of frames at a readable size, where they fit and lie neither over one another nor over a box; outer ones first.
 * @param boxes what is drawn, frames before what stands in them
 */
export function frameNames(boxes: readonly SceneBox[], zoom: number): FrameName[] {
  const frames = boxes.filter((box) => box.unfolded)
  const taken = boxes
    .filter((box) => !box.unfolded)
    .map(({ x, y, width, height }): Rect => ({ x: x * zoom, y: y * zoom, width: width * zoom, height: height * zoom }))
  return frames.flatMap((frame) => {
    const room = Math.floor((frame.width * zoom - 2 * inset) / letter.width)
    if (room < fewestLetters || frame.height * zoom < letter.height + inset) return []
    const words = frame.title
    const text = words.length <= room ? words : `${words.slice(0, room - 1)}…`
    const place = {
      x: frame.x * zoom + inset,
      y: frame.y * zoom + inset,
      width: text.length * letter.width,
      height: letter.height,
    }
    if (taken.some((other) => overlap(place, other))) return []
    taken.push(place)
    return [{ id: frame.id, text, x: place.x / zoom, y: (place.y + letter.height * 0.75) / zoom }]
  })
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
