import { useMemo } from 'react'
import { splitTensor } from '../../graph/names'
import type { Box, Edge, LaidOut, Point } from '../../layout/types'
import { visibleBoxes, type Visible } from '../../layout/visible'
import { boxesWithHiddenCut, createBoxNodes, type BoxNode } from './boxNodes'
import { factsOf, litBoxes, shownBox, type GraphFacts } from './facts'
import type { GraphViewProps } from './GraphView'
import type { Area } from './useArea'
import { useGradually } from './useGradually'

/** Everything to be drawn for what is on screen. */
export interface Scene {
  readonly facts: GraphFacts
  readonly visible: Visible
  readonly nodes: BoxNode[]
  readonly frames: readonly Box[]
  readonly edges: readonly Edge[]
  /** Boxes whose outputs are drawn: all that are no frames, or where nothing can be read those that are marked. */
  readonly chipped: readonly Box[]
  readonly lit: ReadonlySet<string> | null
  /** The box of what is selected, or the folded group that holds it. */
  readonly selectedBox: Box | undefined
  /** Where cut tensors leave their boxes. */
  readonly cutLines: readonly { readonly tensor: string; readonly box: Box; readonly at: Point }[]
}

const nothing: Visible = { boxes: [], edges: [], flat: new Set() }

/** From the top down, as Tab walks over them. */
const byReading = (a: Box, b: Box): number => a.y - b.y || a.x - b.x

export function useScene(props: GraphViewProps, laid: LaidOut | null, area: Area | null, legible: boolean): Scene {
  const { graph, tensors, costs, cut, trunk, selected } = props
  const facts = factsOf(graph)
  const makeNodes = useMemo(() => createBoxNodes(facts, tensors, costs), [facts, tensors, costs])
  const boxes = useMemo(() => new Map(laid?.boxes.map((box) => [box.id, box])), [laid])
  const visible = useMemo(() => (laid && area ? visibleBoxes(laid, area, area.zoom) : nothing), [laid, area])
  const lit = useMemo(() => litBoxes(facts, trunk), [facts, trunk])
  const cutInside = useMemo(() => boxesWithHiddenCut(facts, boxes, cut), [facts, boxes, cut])
  const selectedBox = useMemo(() => (selected ? shownBox(facts, boxes, selected) : undefined), [facts, boxes, selected])
  const marked = selected?.kind === 'tensor' ? null : (selectedBox?.id ?? null)
  const ordered = useMemo(() => visible.boxes.toSorted(byReading), [visible])
  const shown = useGradually(ordered, 24)
  const edges = useGradually(visible.edges, 80)
  const nodes = useMemo(
    () => makeNodes(shown, visible.flat, { lit, selected: marked, cutInside }),
    [makeNodes, shown, visible.flat, lit, marked, cutInside],
  )
  const frames = useMemo(() => visible.boxes.filter((box) => box.unfolded), [visible])
  const marks = useMemo(
    () => new Set([...cut, ...(selected?.kind === 'tensor' ? [selected.name] : [])]),
    [cut, selected],
  )
  const chipped = useMemo(
    () => shown.filter((box) => !box.unfolded && (legible || box.outputs.some(({ tensor }) => marks.has(tensor)))),
    [shown, legible, marks],
  )
  const cutLines = useMemo(
    () =>
      cut.flatMap((tensor) => {
        const box = shownBox(facts, boxes, { kind: 'node', name: splitTensor(tensor).node })
        const at = box?.outputs.find((port) => port.tensor === tensor)
        return box && at ? [{ tensor, box, at }] : []
      }),
    [facts, boxes, cut],
  )
  return { facts, visible, nodes, frames, edges, chipped, lit, selectedBox, cutLines }
}
