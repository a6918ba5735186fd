import { opCategory } from '../../graph/op-tables/ops'
import { formatCount, shortenPath } from '../../graph/op-tables/text'
import { opTitle, runTitle, tensorShapeText } from '../../graph/op-tables/titles'
import type { Group, Item, NodeItem } from '../../layout/group/grouping'
import { titleRows } from '../../layout/sizes'
import type { Box } from '../../layout/types'
import type { ViewedModel } from '../viewed-model'
import { textWidth } from '../text-width'
import type { BoxLook, SceneBox } from './types'

/** What is written on a box and said of it. */
export type BoxText = Pick<SceneBox, 'look' | 'title' | 'label' | 'lines' | 'titleRows' | 'spoken' | 'nested'>

/** Room for text on a box of an operation and on that of a folded group, and for a group's title beside its signs; in pixels. */
const room = { node: 174, group: 200, heading: 150 } as const
const sizes = { title: 12, line: 11 } as const
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
    label: shortName(item.label, room.node),
    lines: item.lines,
    titleRows: titleRows(item),
    nested: false,
    spoken: [title, spokenName(item), ...(shape ? [`output ${tensorShapeText(output, shape, index)}`] : [])].join(', '),
  }
}

/** The name with at least the scope it stands in: by itself it often says little. */
function spokenName({ name, label }: NodeItem): string {
  if (label.includes('/')) return label
  return name.split('/').slice(-2).join('/')
}

function groupText(group: Group, box: Box, { index }: ViewedModel, multiplyAdds: number | null): BoxText {
  const own = group.title ?? index.graph.scopes.get(group.path)?.layerClass ?? null
  const name = runTitle(group.label)
  const count = `${group.size} ${group.size === 1 ? 'op' : 'ops'}`
  const amounts = multiplyAdds !== null && multiplyAdds > 0 ? ` · ${formatCount(multiplyAdds)} multiply-adds` : ''
  const title = own ?? (box.unfolded ? shortPath(name, box) : shortName(name, room.heading, sizes.title))
  const named = own !== null && own !== name
  // A folded group has one line for its name and its size, but for a pattern with a short title, which has two.
  const shares = named && !box.unfolded && !(group.look === 'pattern' && titleRows(group) === 1)
  const line = shares ? count : count + amounts
  const left = shares ? room.group - textWidth(` · ${line}`, sizes.line) : room.group
  return {
    look: group.look,
    title,
    label: named ? (box.unfolded ? shortPath(name, box) : shortName(name, left)) : '',
    lines: [line],
    titleRows: titleRows(group),
    nested: group.items.some((item) => item.kind === 'group' || item.title !== null),
    spoken: [own ?? words[group.look], ...(own === name ? [] : [name]), operations(group), folding(box)].join(', '),
  }
}

/** A frame has as much room as it is wide. */
const shortPath = (name: string, { width }: Box): string =>
  shortenPath(name, Math.floor((width - frame.signs) / frame.character))

/** A name as far as it fits into so many pixels, shortened once and from its middle. */
export function shortName(name: string, width: number, size: number = sizes.line): string {
  const whole = textWidth(name, size, size === sizes.title)
  if (whole <= width) return name
  let shown = name
  for (let length = Math.ceil((name.length * width) / whole) + 2; length > fewest; length--) {
    shown = shortenPath(name, length)
    if (textWidth(shown, size, size === sizes.title) <= width) break
  }
  return shown
}

/** Fewer characters of a name tell nothing. */
const fewest = 6

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
