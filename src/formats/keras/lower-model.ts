import { CutpointError } from '../../errors'
import type { Graph, ScopeInfo, SignatureEntry } from '../../graph/types'
import type { StoredWeight } from '../weights/store'
import { isRecord, own } from '../json'
import { badConfig } from './bad-config'
import { createBuilder, forgetWeights, type WeightNodes } from './builder'
import { bindCall, tensorsIn } from './calls'
import type { OutputReference, Reference } from './calls-config'
import { callOrder, type PlannedCall } from './call-order'
import { createDraft, type Draft } from './draft'
import { inputDtype, inputShape } from './input-layer'
import type { LayerConfig, ModelConfig } from './model-config'
import { opaqueLayer } from './opaque'
import {
  NotLowered,
  isBuiltIn,
  isSymbolic,
  loweringKeys,
  type Call,
  type Layer,
  type LayerWeight,
  type Lower,
  type Symbolic,
} from './types'

/** Where layers find their weights; `path` is the layer with the models around it, outermost first. */
export type FindWeights = (path: readonly LayerConfig[]) => readonly LayerWeight[]

export interface LoweringOptions {
  readonly file: string
  readonly kerasVersion: number
  readonly lowerings: ReadonlyMap<string, Lower>
  readonly findWeights: FindWeights
}

export interface LoweredModel {
  readonly graph: Graph
  readonly weights: Map<string, StoredWeight>
  readonly warnings: readonly string[]
}

/** What stays the same while a model and the models in it are lowered. */
interface Lowering extends LoweringOptions {
  readonly draft: Draft
  readonly layers: Map<LayerConfig, Layer>
  readonly made: WeightNodes
  /** How many calls of layers there were. */
  readonly count: { calls: number }
  /** Layers that stay opaque, with why. */
  readonly opaque: { readonly layer: Layer; readonly why: string }[]
}

/** Where in the models within models the lowering is. */
interface Place {
  readonly scope: string
  readonly path: readonly LayerConfig[]
  /** Whether a model around is called as in training, which goes for the layers in it that are not told otherwise. */
  readonly training: boolean
}

/**
 * A model of layers as a graph of operations, each layer's under a scope of its name. A layer that cannot be lowered
 * becomes one node of its class. Throws CutpointError `bad-graph` or `bad-weight`.
 */
export function lowerModel(model: ModelConfig, options: LoweringOptions): LoweredModel {
  const draft = createDraft()
  const lowering: Lowering = { ...options, draft, layers: new Map(), made: new Map(), count: { calls: 0 }, opaque: [] }
  const byName = new Map(model.layers.map((layer) => [layer.name, layer]))
  const inputs = inputLayers(model).map((name) => {
    const layer = byName.get(name)
    if (layer === undefined) throw badConfig(options.file, `its input layer “${name}” is not there`, { layer: name })
    return draft.placeholder(nodeName(name), inputDtype(layer), inputShape(layer, options.file))
  })
  const outputs = callModel(model, inputs, { scope: '', path: [], training: false }, lowering)
  const graph: Graph = {
    nodes: draft.nodes,
    weights: new Map([...draft.weights].map(([id, weight]) => [id, weight.info])),
    inputs: inputs.map((input, i) => entry(inputLayers(model)[i], input)),
    outputs: outputs.map((output, i) => entry(uniqueKey(model.outputs, i), output)),
    functions: [],
    scopes: draft.scopes,
  }
  return { graph, weights: draft.weights, warnings: warningsOf(lowering.opaque) }
}

function entry(key: string, { tensor, dtype, shape }: Symbolic): SignatureEntry {
  return { key, tensor, dtype, shape }
}

/** Two outputs of one layer bear its name. */
function uniqueKey(outputs: readonly OutputReference[], index: number): string {
  const { key } = outputs[index]
  const before = outputs.slice(0, index).filter((output) => output.key === key).length
  return before === 0 ? key : `${key}_${before}`
}

/** Input layers in the order of the call, and those the model does not list. */
function inputLayers(model: ModelConfig): string[] {
  const listed = model.inputs.map((input) => input.layer)
  const others = model.layers.filter(({ className, calls }) => className === 'InputLayer' && calls.length === 0)
  return [...new Set([...listed, ...others.map((layer) => layer.name)])]
}

/** One call of a model: its layers in the order of their calls. `inputs` stand for its input layers. */
function callModel(model: ModelConfig, inputs: readonly Symbolic[], place: Place, lowering: Lowering): Symbolic[] {
  const { file } = lowering
  const names = inputLayers(model)
  if (inputs.length < names.length) throw badConfig(file, `its model “${model.name}” is called with too few tensors`)
  const made = new Map<string, readonly Symbolic[]>(names.map((name, i) => [callKey(name, 0), [inputs[i]]]))
  const find = ({ layer, node, tensor }: Reference): Symbolic => {
    const outputs = made.get(callKey(layer, node))
    // An opaque node stands for all that its layer gives.
    const found = outputs?.at(tensor) ?? (outputs?.length === 1 ? outputs[0] : undefined)
    if (found) return found
    throw badConfig(file, `its layer “${layer}” has no output ${node}.${tensor} that another takes`, { layer })
  }
  const reserved = new Set(model.layers.map((layer) => insideScope(place.scope, layer.name)))
  for (const planned of callOrder(model, file)) {
    const { layer, index, call } = planned
    if (made.has(callKey(layer.name, index))) continue
    made.set(callKey(layer.name, index), callLayer(planned, bindCall(call, find), reserved, place, lowering))
  }
  return model.outputs.map(find)
}

function callLayer(
  { layer: config }: PlannedCall,
  given: Call,
  reserved: ReadonlySet<string>,
  place: Place,
  lowering: Lowering,
): readonly Symbolic[] {
  const { draft } = lowering
  if (++lowering.count.calls > mostCalls) throw badConfig(lowering.file, 'its layers are called too many times')
  const info: ScopeInfo = { layerClass: config.className, config: config.config }
  const scope = draft.openScope(insideScope(place.scope, config.name), reserved, info)
  const path = [...place.path, config]
  const training = (given.kwargs.training ?? place.training) === true
  if (config.model)
    return callModel(config.model, modelInputs(config.model, given), { scope, path, training }, lowering)
  const call = training ? { ...given, kwargs: { ...given.kwargs, training } } : given
  const layer = layerOf(config, path, lowering)
  const lower = loweringKeys(layer)
    .map((key) => lowering.lowerings.get(key))
    .find((found) => found !== undefined)
  const build = createBuilder(draft, scope, lowering.made)
  const before = draft.nodes.length
  try {
    if (config.refused !== undefined) throw new NotLowered(config.refused)
    if (lower === undefined) throw new NotLowered(unknownClass(layer))
    return lower(layer, call, build)
  } catch (error) {
    if (!(error instanceof NotLowered)) throw nameLayer(error, layer, lowering.file)
    forgetWeights(lowering.made, layer, draft.keepFirst(before))
    noteOpaque(layer, call, error.message, lowering)
    return [opaqueLayer(layer, call, build)]
  }
}

function unknownClass(layer: Layer): string {
  return isBuiltIn(layer)
    ? 'Cutpoint does not know this class of layer'
    : 'it is a class of its author’s own, whose Python code is not in the file'
}

/** Remembers why a layer stays opaque; of those after another, whose shapes nobody knows, that is why. */
function noteOpaque(layer: Layer, call: Call, why: string, { opaque }: Lowering): void {
  const inputs = tensorsIn([...call.args, ...Object.values(call.kwargs)])
  const isAfterAnother = opaque.length > 0 && inputs.some(({ shape }) => shape === null)
  if (!isAfterAnother && !opaque.some((known) => known.layer === layer)) opaque.push({ layer, why })
}

/**
 * What a nested model's input layers stand for: tensors in order; or by the names of the inputs, else of their layers.
 * Source: `_standardize_inputs` in keras/src/models/functional.py.
 */
function modelInputs(model: ModelConfig, call: Call): Symbolic[] {
  const names = inputLayers(model)
  const [first = call.kwargs.inputs] = call.args
  if (!isRecord(first) || isSymbolic(first)) {
    return tensorsIn([...call.args, ...Object.values(call.kwargs)]).slice(0, names.length)
  }
  const keys = new Map(model.inputs.map(({ layer, key }) => [layer, key]))
  return names.flatMap((name) => {
    const found = own(first, keys.get(name) ?? name) ?? own(first, name)
    return isSymbolic(found) ? [found] : []
  })
}

/** The same Layer for every call, so that its weights are there once. */
function layerOf(config: LayerConfig, path: readonly LayerConfig[], lowering: Lowering): Layer {
  const known = lowering.layers.get(config)
  if (known) return known
  const { name, className, module } = config
  const weights = lowering.findWeights(path)
  const layer: Layer = {
    name,
    className,
    module,
    config: config.config,
    kerasVersion: lowering.kerasVersion,
    weights,
  }
  lowering.layers.set(config, layer)
  return layer
}

/** Errors of a lowering with the file they are about. */
function nameLayer(error: unknown, layer: Layer, file: string): unknown {
  if (!(error instanceof CutpointError)) return error
  return new CutpointError(error.code, `${file}: ${error.message}`, error.next, {
    layer: layer.name,
    ...error.details,
    path: file,
  })
}

/** Models within models, each called twice, would be as many as two to the power of their depth. */
const mostCalls = 100_000
const mostWarnings = 5

function warningsOf(opaque: Lowering['opaque']): string[] {
  const shown = opaque.slice(0, mostWarnings).map(({ layer, why }) => {
    const reason = why.replace(/\.$/, '')
    return `The layer “${layer.name}” (${layer.className}) cannot be run here: ${reason}. It is shown as one box; cut before it.`
  })
  const more = opaque.length - shown.length
  return more > 0 ? [...shown, `${more} more layers cannot be run here.`] : shown
}

function callKey(layer: string, index: number): string {
  return `${index} ${layer}`
}

function insideScope(scope: string, name: string): string {
  return scope === '' ? nodeName(name) : `${scope}/${nodeName(name)}`
}

/** A layer's name as TensorFlow takes it in names of operations. */
function nodeName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_.\\/>-]/gu, '_').replace(/^[/_>\\-]+/, '')
  return plain === '' ? 'layer' : plain
}
