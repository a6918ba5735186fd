import type { Direction, Point, Rect } from '../../layout/types'
import type { SceneBox } from '../../view/types'
import type { Lookups } from './lookups'

/** A line across the picture at which the data is cut. */
export interface CutLine {
  readonly tensor: string
  readonly from: Point
  readonly to: Point
  /** Where it is told what the line means: past the end of the box. */
  readonly label: Point
}

/** How far after the box the line runs, through the tensor's chip, and how near it comes to what stands beside. */
const after = 13
const gap = 8
/** How far past the box the label stands: a second tensor's chip may stick out. */
const past = 46
/** How far it sticks out of the picture. */
const reach = 28

/** For each cut tensor that is seen: across the frame its box stands in, as far as nothing else stands beside. */
export function cutLines(
  cut: readonly string[],
  lookups: Lookups,
  size: { readonly width: number; readonly height: number },
  direction: Direction,
): CutLine[] {
  return cut.flatMap((tensor) => {
    const found = lookups.ports.get(tensor)
    if (!found) return []
    const { box, port } = found
    const frame = box.parent === null ? undefined : lookups.boxes.get(box.parent)
    const beside = lookups.order.filter((other) => other.parent === box.parent && other !== box)
    return [
      direction === 'down'
        ? lineAt({ tensor, port, box, frame, beside, size })
        : turned({ tensor, port, box, frame, beside, size }),
    ]
  })
}

interface CutAt {
  readonly tensor: string
  readonly port: Point
  readonly box: Rect
  readonly frame: Rect | undefined
  /** What else stands in the frame. */
  readonly beside: readonly Rect[]
  readonly size: { readonly width: number; readonly height: number }
}

function lineAt({ tensor, port, box, frame, beside, size }: CutAt): CutLine {
  const y = port.y + after
  let left = frame ? frame.x : -reach
  let right = frame ? frame.x + frame.width : size.width + reach
  for (const other of beside) {
    if (other.y - gap > y || other.y + other.height + gap < y) continue
    if (other.x + other.width <= port.x) left = Math.max(left, other.x + other.width + gap)
    else if (other.x >= port.x) right = Math.min(right, other.x - gap)
  }
  return { tensor, from: { x: left, y }, to: { x: right, y }, label: { x: box.x + box.width + past, y } }
}

/** The same with the axes exchanged, for data that flows to the right. */
function turned({ tensor, port, box, frame, beside, size }: CutAt): CutLine {
  const swap = ({ x, y }: Point): Point => ({ x: y, y: x })
  const turn = ({ x, y, width, height }: Rect): Rect => ({ x: y, y: x, width: height, height: width })
  const line = lineAt({
    tensor,
    port: swap(port),
    box: turn(box),
    frame: frame && turn(frame),
    beside: beside.map(turn),
    size: { width: size.height, height: size.width },
  })
  return { tensor, from: swap(line.from), to: swap(line.to), label: { x: port.x + after, y: box.y - gap } }
}

/** The box of a selection in what is shown: its own, or the innermost folded group around it. */
export function boxOfPlace(
  place: { readonly box: string; readonly unfold: readonly string[] },
  boxes: ReadonlyMap<string, SceneBox>,
): SceneBox | undefined {
  const own = boxes.get(place.box)
  if (own) return own
  const around = place.unfold.map((path) => boxes.get(`g:${path}`)).filter((box) => box !== undefined)
  return around.find((box) => !box.unfolded) ?? around.at(-1)
}
