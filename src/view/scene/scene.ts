import { splitTensor } from '../../graph/lookup/names'
import { opCategory } from '../../graph/op-tables/ops'
import { tensorShapeText } from '../../graph/op-tables/titles'
import type { Crossing } from '../../layout/group/border-crossings'
import type { Group, Item } from '../../layout/group/grouping'
import type { Box, Direction, LaidOut, OutputPort } from '../../layout/types'
import type { ViewedModel } from '../viewed-model'
import { blockedIn } from './blocked'
import { bytesOf, leavingBytes, nodeCost, type GroupCosts } from './costs'
import { endsOfParts, type Ends } from './ends'
import { sharesOf, type GroupShares } from './shares'
import { boxText } from './text'
import type { GroupTree } from './tree'
import type { BoxCost, Marks, Port, Scene, SceneBox } from './types'

/** What a scene is made from, beside the layout. */
export interface SceneParts {
  readonly model: ViewedModel
  readonly tree: GroupTree
  readonly shares: GroupShares
  /** null until the facts come. */
  readonly costs: GroupCosts | null
  readonly ways: ReadonlyMap<Group, readonly Crossing[]>
}

const inFunction = 'It is made inside a function, where the network cannot be cut.'

/** What is drawn: the boxes of a layout with all that stands on them. */
export function makeScene(laid: LaidOut, direction: Direction, marks: Marks, parts: SceneParts): Scene {
  const { edges, width, height } = laid
  const ends = endsOfParts(parts.ways)
  const blocked = blockedIn(parts.model.grouping, parts.model.facts)
  const boxes = laid.boxes.map((box) => sceneBox(box, parts, ends, blocked))
  return { boxes, edges, width, height, direction, marks, complete: parts.model.facts !== null }
}

/** The item a box stands for. */
export function itemOfBox({ kind, name }: Box, { grouping }: ViewedModel): Item | undefined {
  return kind === 'node' ? grouping.nodes.get(name) : grouping.groups.get(name)
}

function sceneBox(box: Box, parts: SceneParts, ends: Ends, blocked: ReadonlyMap<string, number>): SceneBox {
  const { model } = parts
  const item = itemOfBox(box, model)
  if (!item) throw new Error(`the layout shows ${box.id}, which is not in the grouping`)
  const cost = costOf(box, item, parts)
  return {
    ...box,
    ...boxText(box, item, model, cost?.multiplyAdds ?? null),
    categories: item.kind === 'node' ? [{ category: opCategory(item.op), share: 1 }] : sharesIn(item, parts),
    cost,
    blocked: blocked.get(item.id) ?? 0,
    ports: box.outputs.map((output) => asPort(output, model, ends(item, output.tensor))),
  }
}

function sharesIn(group: Group, { tree, shares }: SceneParts): SceneBox['categories'] {
  return sharesOf(shares, tree.numbers.get(group) ?? 0)
}

function costOf(box: Box, item: Item, { model, tree, costs, ways }: SceneParts): BoxCost | null {
  const { facts } = model
  if (!facts || !costs) return null
  if (item.kind === 'node') return nodeCost(item.name, model.index, facts)
  const number = tree.numbers.get(item) ?? 0
  return {
    parameters: costs.parameters[number],
    multiplyAdds: costs.multiplyAdds[number],
    weightBytes: costs.weightBytes[number],
    outputBytes: box.unfolded
      ? leavingBytes(item, ways.get(item) ?? [], model, facts)
      : bytesOf(
          box.outputs.map(({ tensor }) => tensor),
          facts,
        ),
  }
}

/** @param isEnd whether a part of the network ends there */
function asPort(output: OutputPort, { index, facts, functionOf }: ViewedModel, isEnd: boolean): Port {
  const info = facts?.infos.get(output.tensor)
  const verdict = facts?.verdicts.get(output.tensor)
  return {
    ...output,
    shape: info?.shape ? tensorShapeText(output.tensor, info.shape, index) : '',
    dtype: info?.dtype ?? '',
    canCut: verdict?.canCut ?? false,
    why: verdict?.why ?? (functionOf.has(splitTensor(output.tensor).node) ? inFunction : null),
    recommended: verdict?.recommended ?? false,
    marked: verdict?.recommended === true && (isEnd || output.tensor === facts?.suggested),
  }
}
