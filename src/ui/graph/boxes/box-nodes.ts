import type { Node } from '@xyflow/react'
import type { Fill } from './colours'
import type { SceneBox } from '../../../view/scene/types'

/** What is written and drawn on a box; the same object for as long as it stays the same. */
export type Face = Pick<
  SceneBox,
  | 'name'
  | 'kind'
  | 'look'
  | 'title'
  | 'titleRows'
  | 'label'
  | 'lines'
  | 'spoken'
  | 'categories'
  | 'unfolded'
  | 'blocked'
>

/** How a box stands to the cut, the selection and the keyboard. */
export interface BoxState {
  readonly faded: boolean
  /** Whether it learns with the head. */
  readonly trained: boolean
  readonly selected: boolean
  /** A cut tensor is made somewhere inside. */
  readonly cutInside: boolean
  readonly flat: boolean
  /** Whether Tab leads here. */
  readonly tabStop: boolean
  readonly fill: Fill | null
}

export interface BoxData extends Record<string, unknown>, BoxState {
  readonly face: Face
}

export type BoxNode = Node<BoxData, 'box'>

/** What of the page's state shows on boxes. */
export interface BoxMarks {
  /** null where nothing is cut. */
  readonly lit: ReadonlySet<string> | null
  /** Boxes that learn with the head. */
  readonly trained: ReadonlySet<string>
  readonly selected: string | null
  readonly cutInside: ReadonlySet<string>
  readonly tabStop: string | null
  readonly fills: ReadonlyMap<string, Fill>
}

interface Made {
  readonly box: SceneBox
  readonly node: BoxNode
}

/** Id of the element that tells the neighbours of the box with the keyboard. */
export const neighboursId = 'graph-box-neighbours'

/** More than this are not remembered. */
const mostKept = 4000

/**
 * Makes React Flow's nodes from boxes. What did not change comes back as the same object, so that React leaves it alone;
 * where only the place changed, at least what is drawn inside.
 */
export function createBoxNodes(): (
  boxes: readonly SceneBox[],
  flat: ReadonlySet<string>,
  marks: BoxMarks,
) => BoxNode[] {
  const made = new Map<string, Made>()
  return (boxes, flat, { lit, trained, selected, cutInside, tabStop, fills }) => {
    if (made.size > mostKept) made.clear()
    return boxes.map((box) => {
      const { id } = box
      const state: BoxState = {
        faded: lit !== null && !lit.has(id),
        trained: trained.has(id),
        selected: selected === id,
        cutInside: cutInside.has(id),
        flat: flat.has(id),
        tabStop: tabStop === id,
        fill: fills.get(id) ?? null,
      }
      const known = made.get(id)
      const sameData = known && sameState(known.node.data, state) && sameFace(known.node.data.face, box)
      if (sameData && samePlace(known.box, box)) return known.node
      const node = asNode(box, sameData ? known.node.data : { face: faceOf(box), ...state })
      made.set(id, { box, node })
      return node
    })
  }
}

const sameState = (a: BoxState, b: BoxState): boolean =>
  a.faded === b.faded &&
  a.trained === b.trained &&
  a.selected === b.selected &&
  a.cutInside === b.cutInside &&
  a.flat === b.flat &&
  a.tabStop === b.tabStop &&
  a.fill?.fill === b.fill?.fill

const sameFace = (a: Face, b: Face): boolean =>
  a.spoken === b.spoken &&
  a.title === b.title &&
  a.label === b.label &&
  a.unfolded === b.unfolded &&
  a.blocked === b.blocked &&
  a.lines.length === b.lines.length &&
  a.lines.every((line, i) => line === b.lines[i])

const samePlace = (a: SceneBox, b: SceneBox): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height && a.depth === b.depth

function faceOf({
  name,
  kind,
  look,
  title,
  titleRows,
  label,
  lines,
  spoken,
  categories,
  unfolded,
  blocked,
}: SceneBox): Face {
  return { name, kind, look, title, titleRows, label, lines, spoken, categories, unfolded, blocked }
}

function asNode(box: SceneBox, data: BoxData): BoxNode {
  const { id, x, y, width, height, depth, unfolded, kind } = box
  const { tabStop, selected } = data
  return {
    id,
    // One type for all: where the type of a box changes, React Flow measures it at once, which costs a layout of the page.
    type: 'box',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    zIndex: depth,
    data,
    ariaRole: 'button',
    domAttributes: {
      tabIndex: tabStop ? 0 : -1,
      'aria-roledescription': undefined,
      ...(tabStop ? { 'aria-describedby': neighboursId } : {}),
      ...(kind === 'group' ? { 'aria-expanded': unfolded } : { 'aria-pressed': selected }),
    },
    // A frame lets clicks through to the lines inside it; its header takes them.
    ...(unfolded ? { style: { pointerEvents: 'none' } } : {}),
  }
}
