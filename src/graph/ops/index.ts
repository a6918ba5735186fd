import { namedOutputs } from '../op-tables/outputs'
import { activationOps } from './activation'
import { arithmeticOps } from './arithmetic'
import { controlOps } from './control'
import { convolutionOps } from './convolution'
import { createOps } from './create'
import { encodeOps } from './encode'
import { imageOps } from './image'
import { listOps } from './lists'
import { logicOps } from './logic'
import { mathOps } from './math'
import { matmulOps } from './matmul'
import { normaliseOps } from './normalise'
import { numberOps } from './numbers'
import { poolOps } from './pool'
import { reduceOps } from './reduce'
import { reshapeOps } from './reshape'
import { sliceOps } from './slice'
import { storedOps } from './stored'
import type { OpSpec } from './types'

/** The families of operations; a new one is a line here. */
export const families = [
  activationOps,
  arithmeticOps,
  controlOps,
  convolutionOps,
  createOps,
  encodeOps,
  imageOps,
  listOps,
  logicOps,
  mathOps,
  matmulOps,
  normaliseOps,
  numberOps,
  poolOps,
  reduceOps,
  reshapeOps,
  sliceOps,
  storedOps,
] as const

/** An operation as it is asked for: what its entry says, and what follows from that. */
export interface Op extends OpSpec {
  /** The names of its arguments in order. */
  readonly inputs: readonly string[]
  /** How many inputs it has at least. */
  readonly leastInputs: number
}

const ops: ReadonlyMap<string, Op> = new Map(
  families.flatMap((family) => [...family]).map(([name, spec]) => [name, withArguments(name, spec)]),
)

function withArguments(name: string, spec: OpSpec): Op {
  const inputs = spec.takes === '' ? [] : spec.takes.split(' ')
  const outputs = spec.outputs ?? namedOutputs.get(name)?.length
  const leastInputs = inputs.filter((input) => !input.endsWith('…')).length
  return { ...spec, inputs, leastInputs, ...(outputs !== undefined && { outputs }) }
}

/** What is known of an operation; undefined for one that is not known here. */
export const opOf = (name: string): Op | undefined => ops.get(name)

/** The names of all operations that are known. */
export const knownOps = (): readonly string[] => [...ops.keys()]
