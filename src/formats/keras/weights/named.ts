import type { StoredWeight } from '../../weights/store'
import type { FindWeights } from '../lowering'
import type { LayerConfig } from '../config/model'
import type { LayerWeight } from '../types'

/** A weight under the path by which its file knows it: `conv1/kernel`, `model/head/dense/bias:0`. */
export interface NamedWeight {
  readonly path: string
  readonly stored: StoredWeight
  /** The layer of the whole model it belongs to, where the file says. */
  readonly group?: string
}

interface Entry extends NamedWeight {
  /** The path's parts without TensorFlow's `:0`. */
  readonly parts: readonly string[]
}

/**
 * Finds the weights of layers among weights known by path, as HDF5 files and TensorFlow.js manifests have them: those
 * whose path has the layer's name in it, and what follows it is the weight's own name. Where a name is there more than
 * once, the models around the layer decide.
 */
export function namedWeights(weights: readonly NamedWeight[]): FindWeights {
  const byPart = new Map<string, Entry[]>()
  const byGroup = new Map<string, Entry[]>()
  for (const weight of weights) {
    const entry = { ...weight, parts: weight.path.replace(/:\d+$/, '').split('/') }
    for (const part of new Set(entry.parts.slice(0, -1))) push(byPart, part, entry)
    if (weight.group !== undefined) push(byGroup, weight.group, entry)
  }
  return (path) => {
    const layer = path.at(-1)
    if (layer === undefined) return []
    const found = bestPlace(path, (byPart.get(layer.name.split('/')[0]) ?? []).filter(inGroupOf(path)))
    const group = path.length === 1 ? (byGroup.get(layer.name) ?? []) : []
    if (group.length > found.length) return withoutCommonFolder(group)
    return found
  }
}

function push(lists: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = lists.get(key)
  if (list) list.push(entry)
  else lists.set(key, [entry])
}

function inGroupOf([outermost]: readonly LayerConfig[]): (entry: Entry) => boolean {
  return ({ group }) => group === undefined || group === outermost.name
}

/** The weights that follow the layer's name at the place that fits the models around it best. */
function bestPlace(path: readonly LayerConfig[], entries: readonly Entry[]): LayerWeight[] {
  const name = path.at(-1)?.name.split('/') ?? []
  const around = new Set(path.slice(0, -1).map((model) => model.name))
  const places = new Map<string, { fit: number; weights: LayerWeight[] }>()
  for (const { parts, stored } of entries) {
    const at = parts.findIndex(
      (_, i) => i + name.length < parts.length && name.every((part, j) => parts[i + j] === part),
    )
    if (at < 0) continue
    const before = parts.slice(0, at)
    const fit = before.filter((part) => around.has(part)).length - before.filter((part) => !around.has(part)).length
    const place = places.get(before.join('/')) ?? { fit, weights: [] }
    place.weights.push({ name: parts.slice(at + name.length).join('/'), stored })
    places.set(before.join('/'), place)
  }
  return [...places.values()].sort((a, b) => b.fit - a.fit).at(0)?.weights ?? []
}

/** Weights of one layer whose paths do not name it: what they have in common is not part of their names. */
function withoutCommonFolder(entries: readonly Entry[]): LayerWeight[] {
  const [first] = entries
  let common = 0
  while (entries.every(({ parts }) => common + 1 < parts.length && parts[common] === first.parts[common])) common += 1
  return entries.map(({ parts, stored }) => ({ name: plainName(parts.slice(common).join('/')), stored }))
}

/** Names that say nothing (`param_0`, Keras 1's `dense_1_W`) are none: such weights are known by their order. */
function plainName(name: string): string {
  return /^(param_\d+|.*_(W|b|gamma|beta|running_mean|running_std))$/.test(name) ? '' : name
}
