import type { Hdf5File } from '../../hdf5/types'
import { joined, storedWeight } from './stored-dataset'
import type { FindWeights } from '../lowering'
import { snakeCase, type LayerConfig, type ModelConfig } from '../config/model'
import type { LayerWeight } from '../types'

/** Folders of a model's layers; Keras called them otherwise before 3. */
const containers = ['layers', '_layer_checkpoint_dependencies']

/**
 * Finds the weights of layers in the files of Keras 3, where a layer lies at `layers/<class>`, the second of its class at
 * `layers/<class>_1`, and so on, and those of models within models below them.
 * Source: `_save_state` and `_save_container_state` in keras/src/saving/saving_lib.py.
 */
export function pathWeights(h5: Hdf5File, model: ModelConfig): FindWeights {
  const folders = new Map<LayerConfig, string>()
  placeLayers(h5, model, '/', folders)
  return (path) => {
    const layer = path.at(-1)
    const folder = layer && folders.get(layer)
    return folder === undefined ? [] : weightsIn(h5, folder)
  }
}

function placeLayers(h5: Hdf5File, model: ModelConfig, folder: string, folders: Map<LayerConfig, string>): void {
  const there = new Set(h5.names(folder))
  const container = containers.find((name) => there.has(name))
  if (container === undefined) return
  const inside = joined(folder, container)
  const children = h5.names(inside)
  const numbered = foldersByKind(model, children)
  const counts = new Map<string, number>()
  for (const layer of model.layers) {
    // Operations are no layers and are not saved.
    if (/(^|\.)ops(\.|$)/.test(layer.module)) continue
    const kind = snakeCase(layer.className)
    const count = counts.get(kind) ?? 0
    counts.set(kind, count + 1)
    const expected = numbered.get(kind)?.[count] ?? (count === 0 ? kind : `${kind}_${count}`)
    const child = childNamed(h5, inside, children, expected, layer.name)
    if (child === undefined) continue
    folders.set(layer, joined(inside, child))
    if (layer.model) placeLayers(h5, layer.model, joined(inside, child), folders)
  }
}

/**
 * The folders of each kind of layer in their order, where there are as many as layers: TensorFlow 2.13 counts layers with
 * weights twice, so that the second of a kind is `_2` and the third `_4`.
 */
function foldersByKind({ layers }: ModelConfig, children: readonly string[]): Map<string, readonly string[]> {
  const counts = new Map<string, number>()
  for (const { className } of layers) counts.set(snakeCase(className), (counts.get(snakeCase(className)) ?? 0) + 1)
  const folders = new Map<string, string[]>()
  for (const child of children) {
    const kind = counts.has(child) ? child : child.replace(/_\d+$/, '')
    folders.set(kind, [...(folders.get(kind) ?? []), child])
  }
  const number = (kind: string, child: string): number => Number(child.slice(kind.length + 1))
  return new Map(
    [...folders]
      .filter(([kind, names]) => counts.get(kind) === names.length)
      .map(([kind, names]) => [kind, names.toSorted((a, b) => number(kind, a) - number(kind, b))]),
  )
}

/** The folder expected, unless it says that it is another layer's and one other says that it is this layer's. */
function childNamed(
  h5: Hdf5File,
  inside: string,
  children: readonly string[],
  expected: string,
  layer: string,
): string | undefined {
  const nameOf = (child: string): string | undefined => variablesName(h5, joined(inside, child))
  const isThere = children.includes(expected)
  const stated = isThere ? nameOf(expected) : undefined
  if (isThere && (stated === undefined || stated === layer)) return expected
  const others = children.filter((child) => nameOf(child) === layer)
  return others.length === 1 ? others[0] : isThere ? expected : undefined
}

function variablesName(h5: Hdf5File, folder: string): string | undefined {
  return h5.names(folder).includes('vars') ? h5.text(joined(folder, 'vars'), 'name') : undefined
}

/** Parts of a layer more deeply nested than any layer has them. */
const mostNested = 8
/** In this order Keras lists the weights of a MultiHeadAttention. */
const attention = ['query', 'key', 'value', 'attention_output']

/** The layer's own variables by their order, then those of its parts. */
function weightsIn(h5: Hdf5File, folder: string, depth = 0): LayerWeight[] {
  const names = h5.names(folder)
  const own = names.includes('vars') ? variables(h5, joined(folder, 'vars')) : []
  if (depth >= mostNested) return own
  const parts = names
    .filter((name) => name !== 'vars' && !name.includes('seed_generator'))
    .map((name) => ({ name: partName(name), weights: weightsIn(h5, joined(folder, name), depth + 1) }))
    .sort((a, b) => attention.indexOf(a.name) - attention.indexOf(b.name))
  return [...own, ...parts.flatMap(({ name, weights }) => weights.map((weight, i) => partWeight(name, weight, i)))]
}

function variables(h5: Hdf5File, folder: string): LayerWeight[] {
  const numbers = [...h5.names(folder)].sort((a, b) => Number(a) - Number(b))
  return numbers.flatMap((number) => {
    const dataset = h5.dataset(joined(folder, number))
    return dataset ? [{ name: '', stored: storedWeight(number, dataset) }] : []
  })
}

/** `query_dense` and `_query_dense` are the part `query`; `output_dense` is called `attention_output`. */
function partName(folder: string): string {
  const name = folder.replace(/^_/, '').replace(/_dense$/, '')
  return name === 'output' && folder !== name ? 'attention_output' : name
}

function partWeight(part: string, { name, stored }: LayerWeight, index: number): LayerWeight {
  const own = attention.includes(part) ? (['kernel', 'bias'][index] ?? String(index)) : String(index)
  return { name: `${part}/${name === '' ? own : name}`, stored }
}
