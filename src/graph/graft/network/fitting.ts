import { sizeOf } from '../../optimise/constant'
import type { Shape } from '../../types'
import type { RowPool } from '../pools'

/** What is known of a cut: how many tensors it is of, and what they give. */
export interface CutSizes {
  readonly tensors: number
  /** Of the first one, with the batch. */
  readonly shape: Shape
  /** How many features there are where values are taken together over space. */
  readonly featureLength: number
  /** Whether a map has its channels before its places. */
  readonly channelsFirst?: boolean
}

/** A shape that a cut can give for each photo, and how it is pooled for that. */
export interface GivenShape {
  readonly shape: readonly number[]
  readonly pool: RowPool
}

/** The shapes that a network may take to fit a cut, each once: averaged over space, as it is, and one number after the other. */
export function givenShapes({ tensors, shape, featureLength, channelsFirst }: CutSizes): readonly GivenShape[] {
  const averaged: GivenShape = { shape: [featureLength], pool: 'average' }
  const sizes = shape.slice(1).filter((size) => size !== null)
  const isMap = tensors === 1 && sizes.length === shape.length - 1 && sizes.length > 1 && channelsFirst !== true
  const all: GivenShape[] = isMap
    ? [averaged, { shape: sizes, pool: 'flatten' }, { shape: [sizeOf(sizes)], pool: 'flatten' }]
    : [averaged]
  return all.filter((one, at) => all.findIndex((other) => isSame(one.shape, other.shape)) === at)
}

/** How the value at a cut is pooled for a network that takes this shape; null where it does not fit. */
export const fittingPool = (taken: readonly number[], cut: CutSizes): RowPool | null =>
  givenShapes(cut).find(({ shape }) => isSame(shape, taken))?.pool ?? null

const isSame = (one: readonly number[], other: readonly number[]): boolean => one.join() === other.join()
