import { CutpointError } from '../../errors'
import type { Graph, ScopeInfo, Shape, SignatureEntry } from '../../graph/types'
import type { StoredWeight } from '../weights/store'
import { isRecord, own } from '../json'
import { badConfig } from './config/bad-config'
import { createBuilder, forgetWeights } from './builder'
import { bindCall, referencesIn, tensorsIn } from './calls'
import type { OutputReference, Reference } from './config/calls'
import { callOrder, type PlannedCall } from './call-order'
import { createDraft } from './draft'
import { inputDtype, inputShape } from './input-layer'
import type { LayerConfig, ModelConfig } from './config/model'
import { tensorsOf } from './opaque'
import { requireTellable } from './told'
import { opaque, unknownLayer, warningsOf } from './opaque-call'
import type { Lowering, LoweringOptions } from './lowering'
import { storedOtherwise } from './weights/stored-otherwise'
import { NotLowered, isBuiltIn, isSymbolic, loweringKeys, type Call, type KerasLayer, type Symbolic } from './types'

export interface LoweredModel {
  readonly graph: Graph
  readonly weights: Map<string, StoredWeight>
  readonly warnings: readonly string[]
}

/** Where in the models within models the lowering is. */
interface LoweringContext {
  readonly scope: string
  readonly path: readonly LayerConfig[]
  /** The shapes of layers' outputs, where the file states them. */
  readonly stated: ReadonlyMap<string, Shape>
  /** Whether a model around is called as in training, which goes for the layers in it that are not told otherwise. */
  readonly training: boolean
}

/**
 * A model of layers as a graph of operations, each layer's under a scope of its name. A layer that cannot be lowered
 * becomes one node of its class, unless it was told what it does. Throws CutpointError `bad-graph`, `bad-weight`,
 * `bad-formula` or `cannot-tell`.
 */
export function lowerModel(model: ModelConfig, options: LoweringOptions): LoweredModel {
  const draft = createDraft()
  const lowering: Lowering = {
    ...options,
    told: new Map(options.told?.map(({ layer, told }) => [layer, told])),
    guessed: new Set(),
    draft,
    layers: new Map(),
    made: new Map(),
    count: { calls: 0 },
    opaque: [],
  }
  const byName = new Map(model.layers.map((layer) => [layer.name, layer]))
  const inputs = inputLayers(model).map((name) => {
    const layer = byName.get(name)
    if (layer === undefined) throw badConfig(options.file, `its input layer “${name}” is not there`, { layer: name })
    return draft.placeholder(nodeName(name), inputDtype(layer), inputShape(layer, options.file))
  })
  const outputs = callModel(model, inputs, { scope: '', path: [], stated: new Map(), training: false }, lowering)
  requireTellable(lowering.told.keys(), draft.scopes, options.file)
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

/** Two outputs of one layer have its name. */
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
function callModel(
  model: ModelConfig,
  inputs: readonly Symbolic[],
  place: LoweringContext,
  lowering: Lowering,
): Symbolic[] {
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
  const inside = { ...place, stated: statedShapes(model) }
  const reserved = new Set(model.layers.map((layer) => insideScope(place.scope, layer.name)))
  for (const planned of callOrder(model, file)) {
    const { layer, index, call } = planned
    if (made.has(callKey(layer.name, index))) continue
    made.set(callKey(layer.name, index), callLayer(planned, bindCall(call, find), reserved, inside, lowering))
  }
  return model.outputs.map(find)
}

/** What the calls of a model's layers say of the shapes of the first outputs of others. */
function statedShapes({ layers }: ModelConfig): ReadonlyMap<string, Shape> {
  const references = layers
    .flatMap(({ calls }) => calls)
    .flatMap(({ args, kwargs }) => referencesIn([...args, ...Object.values(kwargs)]))
  return new Map(
    references.flatMap(({ layer, node, tensor, stated }) =>
      stated && tensor === 0 ? [[callKey(layer, node), stated] as const] : [],
    ),
  )
}

function callLayer(
  { layer: config, index }: PlannedCall,
  given: Call,
  reserved: ReadonlySet<string>,
  place: LoweringContext,
  lowering: Lowering,
): readonly Symbolic[] {
  const { draft } = lowering
  if (++lowering.count.calls > mostCalls) throw badConfig(lowering.file, 'its layers are called too many times')
  const info: ScopeInfo = { layerClass: config.className, config: config.config }
  const scope = draft.openScope(insideScope(place.scope, config.name), reserved, info)
  const path = [...place.path, config]
  const training = (given.kwargs.training ?? place.training) === true
  if (config.model)
    return callModel(config.model, modelInputs(config.model, given), { ...place, scope, path, training }, lowering)
  const call = training ? { ...given, kwargs: { ...given.kwargs, training } } : given
  const layer = layerOf(config, path, lowering)
  const lower = loweringKeys(layer)
    .map((key) => lowering.lowerings.get(key))
    .find((found) => found !== undefined)
  const build = createBuilder(draft, scope, lowering.made)
  const before = draft.nodes.length
  const isGuess = tensorsOf(call).some(({ tensor }) => lowering.guessed.has(tensor))
  try {
    const why = config.refused ?? (lower ? storedOtherwise(layer) : unknownClass(layer))
    if (lower === undefined || why !== null) throw new NotLowered(why ?? unknownClass(layer))
    const outputs = lower(layer, call, build)
    if (isGuess) for (const { tensor } of outputs) lowering.guessed.add(tensor)
    return outputs
  } catch (error) {
    // What does not fit a guess need not be wrong.
    const isExpected = error instanceof NotLowered || (isGuess && error instanceof CutpointError)
    if (!isExpected) throw nameLayer(error, layer, lowering.file)
    forgetWeights(lowering.made, layer, draft.keepFirst(before))
    const stated = place.stated.get(callKey(config.name, index))
    const isUnknown = config.refused === undefined && (lower === undefined || config.className === 'Lambda')
    const canTell = isUnknown && tensorsOf(call).length === 1
    const one = { layer, call, build, scope, path, stated, why: error.message, canTell }
    return [canTell ? unknownLayer(one, lowering) : opaque(one, lowering)]
  }
}

function unknownClass(layer: KerasLayer): string {
  return isBuiltIn(layer)
    ? 'Cutpoint does not know this class of layer'
    : 'it is a class of its author’s own, whose Python code is not in the file'
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
function layerOf(config: LayerConfig, path: readonly LayerConfig[], lowering: Lowering): KerasLayer {
  const known = lowering.layers.get(config)
  if (known) return known
  const { name, className, module } = config
  const weights = lowering.findWeights(path)
  const layer: KerasLayer = {
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
function nameLayer(error: unknown, layer: KerasLayer, file: string): unknown {
  if (!(error instanceof CutpointError)) return error
  return new CutpointError(error.code, `${file}: ${error.message}`, error.next, {
    layer: layer.name,
    ...error.details,
    path: file,
  })
}

/** Models within models, each called twice, would be as many as two to the power of their depth. */
const mostCalls = 100_000

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
