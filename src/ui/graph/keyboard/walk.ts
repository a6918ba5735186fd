import type { Arrow } from '../../../actions/boxes'
import { lookupsOf } from '../lookups'
import type { Scene, SceneBox } from '../../../view/scene/types'

/**
 * The box an arrow key leads to: with and against the flow along a tensor (into a frame from its header, out to the
 * header where nothing is before), across it to the nearest box beside.
 */
export function neighbour(scene: Scene, from: SceneBox, arrow: Arrow): SceneBox | undefined {
  const turned = scene.direction === 'right'
  const forward = turned ? 'right' : 'down'
  const backward = turned ? 'left' : 'up'
  if (arrow !== forward && arrow !== backward) return beside(scene, from, arrow === 'left' || arrow === 'up' ? -1 : 1)
  const { boxes, leaving, entering } = lookupsOf(scene)
  const frame = from.parent === null ? undefined : boxes.get(from.parent)
  if (from.unfolded) return arrow === backward ? frame : firstIn(scene, from)
  const ids =
    arrow === forward
      ? (leaving.get(from.id) ?? []).map((edge) => edge.to)
      : (entering.get(from.id) ?? []).map((edge) => edge.from)
  const reached = [...new Set(ids)].flatMap((id) => boxes.get(id) ?? [])
  return reached.length > 0 ? nearest(reached, from) : arrow === backward ? frame : undefined
}

/** The next or previous box in reading order, of those accepted; undefined at the end. */
export function following(
  scene: Scene,
  from: SceneBox | undefined,
  step: 1 | -1,
  accepted: (box: SceneBox) => boolean = () => true,
): SceneBox | undefined {
  const { order } = lookupsOf(scene)
  const start = from ? order.indexOf(from) : step > 0 ? -1 : order.length
  for (let i = start + step; i >= 0 && i < order.length; i += step) if (accepted(order[i])) return order[i]
  return undefined
}

/** Whether a box is a step of the whole: a scope, a block, a loop; not a pattern of single operations, of which there are many. */
export const isLandmark = ({ kind, look, nested }: SceneBox): boolean =>
  kind === 'group' && (look !== 'pattern' || nested)

/** More names than this are not told one by one. */
const mostNamed = 4

/** The neighbours of a box for a screen reader: `from 2: Conv2D a, ReLU b; to 1: Add c`. */
export function spokenNeighbours(scene: Scene, box: SceneBox): string {
  const { boxes, leaving, entering } = lookupsOf(scene)
  if (box.unfolded) {
    const inside = scene.boxes.filter((other) => other.parent === box.id).length
    return `${inside} ${inside === 1 ? 'box' : 'boxes'} inside`
  }
  const named = (ids: readonly string[]): string => {
    const found = [...new Set(ids)].flatMap((id) => boxes.get(id) ?? [])
    if (found.length === 0) return 'nothing'
    const names = found.slice(0, mostNamed).map(({ title, label }) => [title, label].filter(Boolean).join(' '))
    const more = found.length - names.length
    return `${found.length}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  }
  const from = named((entering.get(box.id) ?? []).map((edge) => edge.from))
  const to = named((leaving.get(box.id) ?? []).map((edge) => edge.to))
  return `from ${from}; to ${to}`
}

function firstIn(scene: Scene, frame: SceneBox): SceneBox | undefined {
  return lookupsOf(scene).order.find((box) => box.parent === frame.id)
}

/** @param weights how much a step along x and along y counts */
function nearest(boxes: readonly SceneBox[], from: SceneBox, weights = { x: 1, y: 1 }): SceneBox | undefined {
  const distance = (box: SceneBox) =>
    Math.hypot(weights.x * (middleX(box) - middleX(from)), weights.y * (middleY(box) - middleY(from)))
  return boxes.reduce<SceneBox | undefined>(
    (best, box) => (best && distance(best) <= distance(box) ? best : box),
    undefined,
  )
}

/** How much farther a step along the flow counts when looking for a box beside. */
const aside = 4

function beside(scene: Scene, from: SceneBox, sign: -1 | 1): SceneBox | undefined {
  const down = scene.direction === 'down'
  const candidates = scene.boxes.filter((box) => {
    if (box.unfolded || box.id === from.id) return false
    const [dx, dy] = [middleX(box) - middleX(from), middleY(box) - middleY(from)]
    const across = (down ? dx : dy) * sign
    return across > 0 && across >= Math.abs(down ? dy : dx)
  })
  return nearest(candidates, from, down ? { x: 1, y: aside } : { x: aside, y: 1 })
}

const middleX = (box: SceneBox): number => box.x + box.width / 2
const middleY = (box: SceneBox): number => box.y + box.height / 2
