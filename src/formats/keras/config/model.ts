import { CutpointError } from '../../../errors'
import type { Shape } from '../../../graph/types'
import { isArray, isRecord, own, type JsonRecord } from '../../json'
import { badConfig } from './bad-config'
import { readCalls, readReferences, shapeIn, type CallConfig, type OutputReference } from './calls'
import { cleanConfig, plainClass } from './clean-config'
import { fromKeras1 } from './keras1'

/** A model of layers, as every Keras writes it, in one form; a Sequential is a chain of calls. */
export interface ModelConfig {
  readonly name: string
  readonly layers: readonly LayerConfig[]
  /** The input layers, in the order in which the model is called. */
  readonly inputs: readonly OutputReference[]
  readonly outputs: readonly OutputReference[]
}

export interface LayerConfig {
  readonly name: string
  readonly className: string
  readonly module: string
  readonly config: JsonRecord
  /** Why the layer cannot be computed, where its configuration alone says so. */
  readonly refused?: string
  /** For a layer that is a model itself. */
  readonly model?: ModelConfig
  /** The shape of the tensor that the layer was made for, where the file says it. */
  readonly built?: Shape
  /** Calls of the layer in order; none for an input. */
  readonly calls: readonly CallConfig[]
}

/** More models within models than anyone makes. */
const mostNested = 32

interface ConfigContext {
  readonly file: string
  readonly version: number
  readonly depth: number
}

/**
 * A model's `{class_name, config}` of Keras 1, 2, 3 or TensorFlow.js in one form.
 * Sources: `get_config` and `from_config` in keras/src/models/functional.py and sequential.py, and in
 * tf_keras/src/engine/functional.py. Throws CutpointError `bad-graph`, or `not-a-model` for a subclassed model.
 */
export function readModelConfig(json: unknown, file: string, version: number): ModelConfig {
  return readModel(json, { file, version, depth: 0 })
}

function readModel(json: unknown, reading: ConfigContext): ModelConfig {
  if (!isRecord(json)) throw badConfig(reading.file, 'the configuration of its model is not an object')
  if (reading.depth > mostNested) throw badConfig(reading.file, 'its models are nested too deeply')
  const { className } = plainClass(json)
  const config = own(json, 'config')
  const layers = isRecord(config) ? own(config, 'layers') : config
  if (!isArray(layers)) throw subclassed(reading.file, className)
  const record = isRecord(config) ? config : {}
  const name = textOf(own(record, 'name')) ?? textOf(own(json, 'name')) ?? snakeCase(className)
  const read = layers.map((layer) => readLayer(layer, reading))
  if (!isSequential(className, record)) return readFunctional(name, read, record, reading)
  return readSequential(name, uniquelyNamed(read), sequentialShape(layers, record))
}

/** Functional models say what comes in and goes out; old files call both kinds by the name of their class. */
function isSequential(className: string, config: JsonRecord): boolean {
  return className === 'Sequential' || own(config, 'input_layers') === undefined
}

function readFunctional(
  name: string,
  layers: readonly LayerConfig[],
  config: JsonRecord,
  { file }: ConfigContext,
): ModelConfig {
  if (new Set(layers.map((layer) => layer.name)).size < layers.length) {
    throw badConfig(file, `two layers of its model “${name}” have the same name`)
  }
  const inputs = readReferences(own(config, 'input_layers'))
  const outputs = readReferences(own(config, 'output_layers')).map((output) => fromZero(output, layers, config))
  if (outputs.length === 0) throw badConfig(file, `its model “${name}” has no outputs`)
  return { name, layers, inputs, outputs }
}

/**
 * Keras 3 counts the calls of a functional model from 1 where an output names it, and from 0 where another layer does.
 * Source: `get_tensor` in keras/src/models/functional.py.
 */
function fromZero(output: OutputReference, layers: readonly LayerConfig[], config: JsonRecord): OutputReference {
  const layer = layers.find(({ name }) => name === output.layer)
  const isShifted = layer?.model !== undefined && layer.className !== 'Sequential' && isKeras3(own(config, 'layers'))
  return isShifted ? { ...output, node: Math.max(0, output.node - 1) } : output
}

/** Whether calls are written with arguments, as by Keras 3. */
function isKeras3(layers: unknown): boolean {
  const nodes = (isArray(layers) ? layers : []).flatMap((layer) => (isRecord(layer) ? own(layer, 'inbound_nodes') : []))
  return nodes.some((node) => isRecord(node) && own(node, 'args') !== undefined)
}

/** A chain; where no input layer stands first, one is made. */
function readSequential(name: string, layers: readonly LayerConfig[], shape: unknown): ModelConfig {
  const first = layers.at(0)
  const stated = first?.className === 'InputLayer' ? first : undefined
  const inputName = stated?.name ?? freshName(`${first?.name ?? name}_input`, layers)
  const input: LayerConfig = stated ?? {
    name: inputName,
    className: 'InputLayer',
    module: '',
    config: { batch_shape: shape },
    calls: [],
  }
  let last = inputName
  const chain = layers.slice(stated ? 1 : 0).map((layer) => {
    const { built } = layer
    const argument = { kind: 'tensor', layer: last, node: 0, tensor: 0, ...(built && { stated: built }) } as const
    const call: CallConfig = { args: [argument], kwargs: {} }
    last = layer.name
    return { ...layer, calls: [call] }
  })
  const reference = (layer: string): OutputReference => ({ key: layer, layer, node: 0, tensor: 0 })
  return { name, layers: [input, ...chain], inputs: [reference(inputName)], outputs: [reference(last)] }
}

/** The shape a Sequential's first layer is called with; undefined where the file does not say. */
function sequentialShape(layers: readonly unknown[], config: JsonRecord): unknown {
  const [first] = layers
  const inner = isRecord(first) ? own(first, 'config') : undefined
  const stated = isRecord(inner)
    ? (own(inner, 'batch_input_shape') ?? own(inner, 'batch_shape') ?? withBatch(own(inner, 'input_shape')))
    : undefined
  const nested = isRecord(inner) ? own(inner, 'layers') : inner
  return (
    stated ??
    (isArray(nested) ? sequentialShape(nested, isRecord(inner) ? inner : {}) : undefined) ??
    (isRecord(first) ? buildShape(first) : undefined) ??
    own(config, 'build_input_shape')
  )
}

function buildShape(layer: JsonRecord): unknown {
  const build = own(layer, 'build_config')
  return isRecord(build) ? own(build, 'input_shape') : undefined
}

function withBatch(shape: unknown): unknown {
  return isArray(shape) ? [null, ...shape] : undefined
}

function readLayer(json: unknown, reading: ConfigContext): LayerConfig {
  if (!isRecord(json)) throw badConfig(reading.file, 'one of its layers is not an object')
  const stated = own(json, 'config')
  const { className, module } = plainClass(json)
  const isModel = isArray(stated) || (isRecord(stated) && isArray(own(stated, 'layers')))
  const config = isRecord(stated) ? cleanConfig(stated) : {}
  const plain = reading.version === 1 ? fromKeras1(className, config) : { className, config }
  const model = isModel ? readModel(json, { ...reading, depth: reading.depth + 1 }) : undefined
  const isOperation = reading.version === 3 && !isModel && module === '' && !isLayerConfig(config)
  const name = textOf(own(json, 'name')) ?? textOf(own(config, 'name')) ?? model?.name ?? snakeCase(className)
  const calls = readCalls(own(json, 'inbound_nodes'), reading.file, name)
  const built = shapeIn(buildShape(json))
  return {
    name,
    ...plain,
    module: isOperation ? 'keras.ops' : module,
    ...(model && { model }),
    ...(built && { built }),
    calls,
  }
}

/** The HDF5 files of Keras 3 state no modules; operations have neither dtype nor weights. */
function isLayerConfig(config: JsonRecord): boolean {
  return Object.hasOwn(config, 'trainable') || Object.hasOwn(config, 'dtype')
}

/** Files without names (models in a list, say) get those Keras would give. */
function uniquelyNamed(layers: readonly LayerConfig[]): LayerConfig[] {
  const seen = new Set<string>()
  return layers.map((layer) => {
    let name = layer.name
    for (let number = 1; seen.has(name); number++) name = `${layer.name}_${number}`
    seen.add(name)
    return name === layer.name ? layer : { ...layer, name }
  })
}

function freshName(wanted: string, layers: readonly LayerConfig[]): string {
  return layers.some((layer) => layer.name === wanted) ? freshName(`${wanted}_0`, layers) : wanted
}

/** A class name as Keras writes it in paths. Source: `to_snake_case` in keras/src/utils/naming.py. */
export function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function subclassed(file: string, className: string): CutpointError {
  return new CutpointError(
    'not-a-model',
    `${file} holds a model of its own class “${className}”, whose layers stand in Python code and not in the file.`,
    'In Python, save it with model.export("folder"), and drop that folder; or build it from the same layers with keras.Model(inputs, outputs).',
    { path: file, kind: 'subclassed', className },
  )
}
