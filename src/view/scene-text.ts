import { opCategory } from '../graph/ops'
import { formatCount, shortenPath } from '../graph/text'
import { opTitle, runTitle, tensorShapeText } from '../graph/titles'
import type { Group, Item, NodeItem } from '../layout/grouping'
import type { Box } from '../layout/types'
import type { ViewedModel } from './model'
import type { BoxLook, SceneBox } from './types'

/** What is written on a box and said of it. */
export type BoxText = Pick<SceneBox, 'look' | 'title' | 'label' | 'lines' | 'spoken' | 'nested'>

/** Characters that fit on a box of an operation, and on that of a folded group. */
const fitting = { node: 28, group: 32 } as const
/** A frame has room beside its title for a few signs; units are pixels. */
const frame = { signs: 90, character: 7.5 } as const

/** @param multiplyAdds of a group; null where they are not known */
export function boxText(box: Box, item: Item, model: ViewedModel, multiplyAdds: number | null): BoxText {
  return item.kind === 'node' ? nodeText(item, box, model) : groupText(item, box, model, multiplyAdds)
}

function nodeText(item: NodeItem, box: Box, { index, facts }: ViewedModel): BoxText {
  const node = index.nodes.get(item.name)
  const isConstant = opCategory(item.op) === 'constant'
  const title = isConstant ? 'Constant' : (item.title ?? (node ? opTitle(node) : item.op))
  const output = box.outputs.at(0)?.tensor ?? `${item.name}:0`
  const shape = facts?.infos.get(output)?.shape
  return {
    look: isConstant ? 'constant' : 'op',
    title,
    label: shortenPath(item.label, fitting.node),
    lines: item.lines,
    nested: false,
    spoken: [title, spokenName(item), ...(shape ? [`output ${tensorShapeText(output, shape, index)}`] : [])].join(', '),
  }
}

/** The name with at least the scope it stands in: that of many an operation says little by itself. */
function spokenName({ name, label }: NodeItem): string {
  if (label.includes('/')) return label
  return name.split('/').slice(-2).join('/')
}

function groupText(group: Group, box: Box, { index }: ViewedModel, multiplyAdds: number | null): BoxText {
  const room = box.unfolded ? Math.floor((box.width - frame.signs) / frame.character) : fitting.group
  const name = runTitle(group.label)
  const own = group.title ?? index.graph.scopes.get(group.path)?.layerClass ?? null
  const count = `${group.size} ${group.size === 1 ? 'op' : 'ops'}`
  return {
    look: group.look,
    title: own ?? shortenPath(name, room),
    label: own === null || own === name ? '' : shortenPath(name, room),
    lines: [
      multiplyAdds !== null && multiplyAdds > 0 ? `${count} · ${formatCount(multiplyAdds)} multiply-adds` : count,
    ],
    nested: group.items.some((item) => item.kind === 'group' || item.title !== null),
    spoken: [own ?? words[group.look], ...(own === name ? [] : [name]), operations(group), folding(box)].join(', '),
  }
}

const operations = ({ size }: Group): string => `${size} ${size === 1 ? 'operation' : 'operations'}`
const folding = ({ unfolded }: Box): string => (unfolded ? 'unfolded' : 'folded')

/** For groups that are only called by their name. */
const words: Readonly<Record<BoxLook, string>> = {
  op: 'Operation',
  constant: 'Constant',
  pattern: 'Block',
  scope: 'Scope',
  run: 'Run',
  blocks: 'Blocks',
  function: 'Function',
  loop: 'Loop',
}
