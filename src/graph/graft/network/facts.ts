import * as v from 'valibot'
import { count, positive } from '../../../stored-fields'

/** What stands behind the logits in the file: a softmax, a sigmoid, or neither. */
export type NetworkEnd = 'softmax' | 'sigmoid' | 'none'

/** What is said of a network that was read to be a head. */
export interface NetworkFacts {
  readonly name: string
  /** Of structure and numbers. */
  readonly hash: string
  readonly inputShape: readonly number[]
  readonly outputs: number
  /** Numbers that can learn. */
  readonly parameters: number
  readonly end: NetworkEnd
  /** How many numbers the last dense layer takes, where another can stand in its place; null where none can. */
  readonly lastInputs: number | null
}

/** The form of the shape that a network takes of each photo. */
export const inputShape = v.pipe(v.array(positive), v.minLength(1), v.maxLength(3))

/** The form of what is said of a network. */
export const storedFacts: v.GenericSchema<unknown, NetworkFacts> = v.looseObject({
  name: v.string(),
  hash: v.pipe(v.string(), v.nonEmpty()),
  inputShape,
  outputs: positive,
  parameters: count,
  end: v.picklist(['softmax', 'sigmoid', 'none']),
  lastInputs: v.nullable(positive),
})
