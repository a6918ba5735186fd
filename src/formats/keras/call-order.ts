import { CutpointError } from '../../errors'
import { referencesIn } from './calls'
import type { CallConfig } from './config/calls'
import type { LayerConfig, ModelConfig } from './config/model'

/** One call of a layer, under the number by which others refer to it. */
export interface PlannedCall {
  readonly layer: LayerConfig
  readonly index: number
  readonly call: CallConfig
}

/** All calls of a model's layers, each after those it takes tensors from. Throws CutpointError `cyclic-graph`. */
export function callOrder(model: ModelConfig, file: string): PlannedCall[] {
  const offsets = callOffsets(model)
  const planned = new Map<string, PlannedCall>()
  for (const layer of model.layers) {
    layer.calls.forEach((call, i) => {
      const index = i + (offsets.get(layer.name) ?? 0)
      planned.set(keyOf(layer.name, index), { layer, index, call })
    })
  }
  const order: PlannedCall[] = []
  const state = new Map<PlannedCall, 'open' | 'done'>()
  for (const start of planned.values()) {
    const stack = [start]
    for (let next = stack.at(-1); next !== undefined; next = stack.at(-1)) {
      const call = next
      const seen = state.get(call)
      if (seen === undefined) {
        const needed = before(call, planned)
        if (needed.some((other) => other === call || state.get(other) === 'open')) throw cyclic(file, call.layer.name)
        state.set(call, 'open')
        stack.push(...needed.filter((other) => !state.has(other)))
        continue
      }
      stack.pop()
      if (seen === 'open') order.push(call)
      state.set(call, 'done')
    }
  }
  return order
}

function before({ call }: PlannedCall, planned: ReadonlyMap<string, PlannedCall>): PlannedCall[] {
  const references = referencesIn([...call.args, ...Object.values(call.kwargs)])
  return references.flatMap(({ layer, node }) => planned.get(keyOf(layer, node)) ?? [])
}

/**
 * By what number the first call of each layer is known, where not 0: a model's own making counts as its first call, so
 * those it gets as a layer are counted from 1. Source: `_should_skip_first_node` in tf_keras/src/engine/functional.py.
 */
function callOffsets(model: ModelConfig): ReadonlyMap<string, number> {
  const largest = new Map<string, number>()
  const calls = model.layers.flatMap((layer) => layer.calls)
  const references = [
    ...calls.flatMap((call) => referencesIn([...call.args, ...Object.values(call.kwargs)])),
    ...model.outputs,
  ]
  for (const { layer, node } of references) largest.set(layer, Math.max(node, largest.get(layer) ?? 0))
  const shifted = model.layers.filter(
    (layer) => layer.model !== undefined && (largest.get(layer.name) ?? 0) >= layer.calls.length,
  )
  return new Map(shifted.map((layer) => [layer.name, 1]))
}

function keyOf(layer: string, index: number): string {
  return `${index} ${layer}`
}

function cyclic(file: string, layer: string): CutpointError {
  return new CutpointError(
    'cyclic-graph',
    `${file}: its layer “${layer}” takes what it makes itself, in a circle.`,
    'The file is damaged or was edited by hand; save the model again.',
    { path: file, layer },
  )
}
