import { CutpointError } from '../../errors'
import type { DType, Quantisation } from '../../graph/types'
import { inMessage, isArray, isRecord, own } from '../json'
import { inWords } from '../source'
import type { WeightSpec } from '../weights/store'

/** One weight as the manifest of a model.json lists it. */
export interface ManifestSpec extends WeightSpec {
  /** Number of values. */
  readonly count: number
  /** Bytes of one value as stored; null for strings, whose lengths stand in the data. */
  readonly width: number | null
}

/** Weights that lie one after the other in the files `paths`, joined. */
export interface WeightGroup {
  readonly paths: readonly string[]
  readonly specs: readonly ManifestSpec[]
}

/** Bytes of one value of each dtype that is stored as itself. */
const readable = new Map<unknown, { readonly dtype: DType; readonly width: number | null }>([
  ['float32', { dtype: 'float32', width: 4 }],
  ['int32', { dtype: 'int32', width: 4 }],
  ['uint8', { dtype: 'uint8', width: 1 }],
  ['bool', { dtype: 'bool', width: 1 }],
  ['string', { dtype: 'string', width: null }],
])
const storedWidths = { float16: 2, uint8: 1, uint16: 2 } as const

/** The ways to store a weight that tfjs knows. */
export type TfjsQuantisation = Quantisation & { readonly dtype: keyof typeof storedWidths }

/** Whether tfjs can read what is stored so. */
export function isTfjsQuantisation(stored: Quantisation): stored is TfjsQuantisation {
  return Object.hasOwn(storedWidths, stored.dtype)
}

/**
 * The `weightsManifest` of a model.json.
 * Source: WeightsManifestConfig in tfjs-core, src/io/types.ts. Throws CutpointError `bad-weight` or `unknown-dtype`.
 */
export function readManifest(json: unknown, file: string): WeightGroup[] {
  if (json === undefined) return []
  if (!isArray(json)) throw badWeight(file, 'its weightsManifest is not a list')
  const groups = json.map((group) => readGroup(group, file))
  const names = new Set<string>()
  for (const { name } of groups.flatMap((group) => group.specs)) {
    if (names.has(name)) throw badWeight(file, `it lists the weight “${name}” twice`, { weight: name })
    names.add(name)
  }
  return groups
}

/** Bytes of the weights of a group, counting 4 for each string: the least its files must have. */
export function leastBytes(group: WeightGroup): number {
  return group.specs.reduce((sum, spec) => sum + spec.count * (spec.width ?? 4), 0)
}

function readGroup(json: unknown, file: string): WeightGroup {
  const paths = isRecord(json) ? own(json, 'paths') : undefined
  const weights = isRecord(json) ? own(json, 'weights') : undefined
  if (!isArray(paths) || !paths.every((path) => typeof path === 'string')) {
    throw badWeight(file, 'a group of its weightsManifest does not name its files')
  }
  if (!isArray(weights)) throw badWeight(file, 'a group of its weightsManifest does not list its weights')
  return { paths, specs: weights.map((weight) => readSpec(weight, file)) }
}

function readSpec(json: unknown, file: string): ManifestSpec {
  const name = isRecord(json) ? own(json, 'name') : undefined
  if (!isRecord(json) || typeof name !== 'string') throw badWeight(file, 'it lists a weight without a name')
  const shape = own(json, 'shape')
  if (!isArray(shape) || !shape.every(isSize)) {
    throw badWeight(file, `the shape of its weight “${name}” is not a list of sizes`, { weight: name, shape })
  }
  const count = shape.reduce((product, size) => product * size, 1)
  const stored = readQuantisation(own(json, 'quantization'), file, name)
  const { dtype, width } = readLayout(own(json, 'dtype'), stored, `${file}, weight “${name}”`)
  if (!Number.isSafeInteger(count * (width ?? 4))) {
    throw badWeight(file, `its weight “${name}” would have ${inWords(count * (width ?? 4))}`, { weight: name, shape })
  }
  return { name, shape, dtype, ...(stored && { stored }), count, width }
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

/** The dtype once read, and its bytes as stored; only float32 and int32 are quantised, and int32 not as float16. */
function readLayout(json: unknown, stored: TfjsQuantisation | undefined, where: string) {
  const plain = readable.get(json)
  if (plain === undefined) throw unknownDtype(where, inMessage(json))
  if (stored === undefined) return plain
  if (plain.dtype !== 'float32' && (plain.dtype !== 'int32' || stored.dtype === 'float16')) {
    throw unknownDtype(where, `${plain.dtype} stored as ${stored.dtype}`)
  }
  return { dtype: plain.dtype, width: storedWidths[stored.dtype] }
}

function readQuantisation(json: unknown, file: string, weight: string): TfjsQuantisation | undefined {
  if (json === undefined || json === null) return undefined
  if (!isRecord(json)) throw badWeight(file, `how its weight “${weight}” is quantised is not an object`, { weight })
  const dtype = own(json, 'dtype')
  if (dtype === 'float16') return { dtype }
  if (dtype !== 'uint8' && dtype !== 'uint16') {
    throw unknownDtype(`${file}, weight “${weight}”`, `quantised as ${inMessage(dtype)}`)
  }
  const scale = own(json, 'scale')
  const min = own(json, 'min')
  if (typeof scale !== 'number' || typeof min !== 'number') {
    throw badWeight(file, `its weight “${weight}” is stored as ${dtype} without scale and min`, { weight })
  }
  return { dtype, scale, min }
}

function unknownDtype(where: string, dtype: string): CutpointError {
  return new CutpointError(
    'unknown-dtype',
    `${where}: data of type ${dtype} cannot be read.`,
    'Convert the model again; float32, int32, bool, uint8 and string can be read, also stored as float16, uint8 or uint16.',
    { where, dtype },
  )
}

/** The error for weights that cannot be what the manifest says. */
export function badWeight(file: string, what: string, details: Readonly<Record<string, unknown>> = {}): CutpointError {
  return new CutpointError('bad-weight', `${file}: ${what}.`, 'Convert the model again, or use another copy of it.', {
    path: file,
    ...details,
  })
}
