import { useMemo, useState } from 'react'
import type { Edge, Rect } from '../../layout/types'
import { visibleBoxes, type Visible } from '../../layout/visible'
import { createBoxNodes, type BoxNode } from './boxes/box-nodes'
import type { Colouring } from './boxes/colours'
import { onView } from './viewport/glide'
import { byReading, lookupsOf } from './lookups'
import type { Area } from './viewport/useArea'
import { useGradually } from './useGradually'
import { trainedBoxes } from '../../view/scene/trained-boxes'
import type { Marks, Scene, SceneBox } from '../../view/scene/types'

/** Everything to be drawn for what is on screen. */
export interface DrawnScene {
  readonly flat: ReadonlySet<string>
  readonly nodes: BoxNode[]
  /** The boxes of `nodes`. */
  readonly boxes: readonly SceneBox[]
  readonly frames: readonly SceneBox[]
  readonly edges: readonly Edge[]
  /** Boxes whose outputs are drawn: all that are no frames, or where nothing can be read those that are marked. */
  readonly chipped: readonly SceneBox[]
  readonly lit: ReadonlySet<string> | null
}

interface DrawnFrom {
  readonly scene: Scene | null
  readonly marks: Marks | null
  readonly area: Area | null
  readonly legible: boolean
  readonly colours: Colouring
  readonly cut: readonly string[]
  readonly freeze: string | null
  /** The selected tensor. */
  readonly tensor: string | null
  /** Id of the selected box. */
  readonly selected: string | null
  /** Id of the box at which the keyboard was last. */
  readonly current: string | null
}

const noBoxes: ReadonlySet<string> = new Set()

const nothing: Visible<SceneBox> = { boxes: [], edges: [], flat: new Set() }

/** Works out what is drawn; many new boxes come in over several frames, and the one with the keyboard always stays. */
export function useDrawn(from: DrawnFrom): DrawnScene {
  const { scene, marks, area, legible, colours, cut, freeze, tensor, selected, current } = from
  const [makeNodes] = useState(createBoxNodes)
  const visible = useMemo(() => (scene && area ? visibleBoxes(scene, area, area.zoom) : nothing), [scene, area])
  const ordered = useMemo(
    () => withFocused(visible.boxes, scene, area, current).toSorted(byReading(scene?.direction ?? 'down')),
    [visible, scene, area, current],
  )
  const boxes = useGradually(ordered, 12)
  const edges = useGradually(visible.edges, 100)
  const lit = useMemo(() => (marks?.lit ? new Set(marks.lit) : null), [marks])
  const trained = useMemo(
    () => (scene ? trainedBoxes(scene, marks?.lit ?? null, freeze) : noBoxes),
    [scene, marks, freeze],
  )
  const cutInside = useMemo(() => new Set(marks?.cutInside), [marks])
  const tabStop = useMemo(() => stopOf(boxes, [current, selected]), [boxes, current, selected])
  const { fills } = colours
  const nodes = useMemo(
    () => makeNodes(boxes, visible.flat, { lit, trained, selected, cutInside, tabStop, fills }),
    [makeNodes, boxes, visible.flat, lit, trained, selected, cutInside, tabStop, fills],
  )
  const frames = useMemo(() => visible.boxes.filter((box) => box.unfolded), [visible])
  const marked = useMemo(() => new Set(tensor === null ? cut : [...cut, tensor]), [cut, tensor])
  const chipped = useMemo(
    () => boxes.filter((box) => !box.unfolded && (legible || box.ports.some((port) => marked.has(port.tensor)))),
    [boxes, legible, marked],
  )
  return { flat: visible.flat, nodes, boxes, frames, edges, chipped, lit }
}

/** The box with the keyboard stays when it leaves the screen, else the keyboard would be nowhere. */
function withFocused(
  boxes: readonly SceneBox[],
  scene: Scene | null,
  area: Area | null,
  current: string | null,
): readonly SceneBox[] {
  const box = scene && current !== null ? lookupsOf(scene).boxes.get(current) : undefined
  return !box || !area || onView(toView(box, area), area) ? boxes : [...boxes, box]
}

const toView = (box: Rect, area: Rect): Rect => ({
  x: box.x - area.x,
  y: box.y - area.y,
  width: box.width,
  height: box.height,
})

/** Where Tab leads: the first wish that is drawn, else the first box. */
function stopOf(boxes: readonly SceneBox[], wishes: readonly (string | null)[]): string | null {
  const wish = wishes.find((id) => id !== null && boxes.some((box) => box.id === id))
  return wish ?? boxes.find((box) => !box.unfolded)?.id ?? boxes.at(0)?.id ?? null
}
