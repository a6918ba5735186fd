import type { Node } from '@xyflow/react'
import { splitTensor, tensorName } from '../../graph/names'
import { opCategory, type OpCategory } from '../../graph/ops'
import { totalCost, type NodeCost } from '../../graph/cost'
import { nodesIn } from '../../layout/grouping'
import type { Box } from '../../layout/types'
import type { TensorSummary } from '../../types'
import { formatCount, shorten } from '../common/format'
import { categoryShares, itemOf, shownBox, type GraphFacts } from './facts'
import { brief, opTitle, runTitle, shapeText } from '../../graph/titles'

/** What is written on a box. */
export interface BoxText {
  readonly title: string
  readonly name: string
  readonly brief: string
  readonly spoken: string
  /** Full name, shown when pointed at. */
  readonly whole: string
  readonly categories: readonly { category: OpCategory; share: number }[]
}

/** How a box stands to the cut and the selection. */
export interface BoxState {
  readonly faded: boolean
  readonly selected: boolean
  /** A cut tensor is made somewhere inside. */
  readonly cutInside: boolean
  readonly flat: boolean
}

export interface BoxData extends Record<string, unknown>, BoxState {
  readonly box: Box
  readonly text: BoxText
}

export type BoxNode = Node<BoxData, 'op' | 'scope' | 'frame'>

/** What of the page's state shows on boxes. */
export interface BoxMarks {
  /** null where nothing is cut. */
  readonly lit: ReadonlySet<string> | null
  readonly selected: string | null
  /** Boxes that hold the producer of a cut tensor without showing the tensor. */
  readonly cutInside: ReadonlySet<string>
}

interface Made {
  readonly box: Box
  readonly node: BoxNode
}

/**
 * Makes React Flow's nodes from boxes. What did not change comes back as the same object, so that React leaves it alone.
 */
export function createBoxNodes(
  facts: GraphFacts,
  tensors: ReadonlyMap<string, TensorSummary>,
  costs: ReadonlyMap<string, NodeCost> | undefined,
): (boxes: readonly Box[], flat: ReadonlySet<string>, marks: BoxMarks) => BoxNode[] {
  const texts = new Map<string, BoxText>()
  const made = new Map<string, Made>()
  const textOf = (box: Box): BoxText => {
    const key = `${box.id} ${box.unfolded}`
    const known = texts.get(key)
    if (known) return known
    const text = box.kind === 'node' ? opText(box, facts, tensors) : groupText(box, facts, costs)
    texts.set(key, text)
    return text
  }
  return (boxes, flat, { lit, selected, cutInside }) =>
    boxes.map((box) => {
      const state: BoxState = {
        faded: lit !== null && !lit.has(box.id),
        selected: selected === box.id,
        cutInside: cutInside.has(box.id),
        flat: flat.has(box.id),
      }
      const known = made.get(box.id)
      if (known?.box === box && sameState(known.node.data, state)) return known.node
      const node = asNode(box, textOf(box), state)
      made.set(box.id, { box, node })
      return node
    })
}

const sameState = (a: BoxState, b: BoxState): boolean =>
  a.faded === b.faded && a.selected === b.selected && a.cutInside === b.cutInside && a.flat === b.flat

function asNode(box: Box, text: BoxText, state: BoxState): BoxNode {
  const { id, x, y, width, height, depth, unfolded, kind } = box
  return {
    id,
    type: kind === 'node' ? 'op' : unfolded ? 'frame' : 'scope',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    zIndex: depth,
    data: { box, text, ...state },
    ariaLabel: text.spoken,
    ariaRole: 'button',
    domAttributes: kind === 'group' ? { 'aria-expanded': unfolded } : { 'aria-pressed': state.selected },
    // A frame lets clicks through to the lines inside it; its header takes them.
    ...(unfolded ? { style: { pointerEvents: 'none' } } : {}),
  }
}

function opText(box: Box, { index }: GraphFacts, tensors: ReadonlyMap<string, TensorSummary>): BoxText {
  const node = index.nodes.get(box.name)
  const title = node ? opTitle(node) : box.name
  const shape = shapeText(tensors.get(box.outputs.at(0)?.tensor ?? tensorName(box.name))?.shape)
  return {
    title,
    name: shorten(box.label, 25),
    brief: node ? brief(node, index) : '',
    spoken: `${title}, ${box.label}, output ${shape}`,
    whole: node ? `${box.name}\n${node.op}` : box.name,
    categories: [{ category: opCategory(node?.op ?? ''), share: 1 }],
  }
}

function groupText(box: Box, facts: GraphFacts, costs: ReadonlyMap<string, NodeCost> | undefined): BoxText {
  const item = itemOf(facts, { kind: 'scope', name: box.name })
  const title = runTitle(box.label)
  const names = item ? nodesIn(item).map((node) => node.name) : []
  const multiplyAdds = costs ? totalCost(facts.index.graph, costs, names).multiplyAdds : 0
  const operations = `${box.size} ops`
  const cost = multiplyAdds > 0 ? ` · ${formatCount(multiplyAdds)} multiply-adds` : ''
  return {
    title: shorten(title, box.unfolded ? 60 : 26),
    name: operations + cost,
    brief: '',
    spoken: `${isRun(box.name) ? 'Run' : 'Scope'} ${title}, ${box.size} operations${box.unfolded ? ', unfolded' : ''}`,
    whole: isRun(box.name) ? title : box.name,
    categories: item ? categoryShares(item) : [],
  }
}

const isRun = (path: string): boolean => /#\d+$/.test(path)

/** Folded groups with a cut tensor inside that does not leave them, so that its own mark is not seen. */
export function boxesWithHiddenCut(
  facts: GraphFacts,
  boxes: ReadonlyMap<string, Box>,
  cut: readonly string[],
): ReadonlySet<string> {
  const found = new Set<string>()
  for (const tensor of cut) {
    const box = shownBox(facts, boxes, { kind: 'node', name: splitTensor(tensor).node })
    if (box?.kind === 'group' && !box.outputs.some((output) => output.tensor === tensor)) found.add(box.id)
  }
  return found
}
