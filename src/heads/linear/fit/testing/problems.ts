import type { LinearFit } from '../solve'
import type { LinearProblem } from '../types'
import { synthesise } from '../../../../compute/head/testing/synthetic'
import { standardised } from './reference'
import { expect } from 'vitest'
import { CutpointError } from '../../../../errors'

/** A problem that is made up. */
export function made(images: number, length: number, classes: number, seed: number): LinearProblem {
  return { ...synthesise(images, length, classes, seed), length, classes }
}

/** Weights and bias on standardised features, from what was folded. */
export function unfolded(problem: LinearProblem, fit: LinearFit): { weights: Float64Array; bias: Float64Array } {
  const { mean, deviation } = standardised(problem)
  const weights = Float64Array.from(
    fit.kernel,
    (value, index) => value * deviation[Math.floor(index / problem.classes)],
  )
  const bias = Float64Array.from(fit.bias)
  fit.kernel.forEach((value, index) => {
    bias[index % problem.classes] += value * mean[Math.floor(index / problem.classes)]
  })
  return { weights, bias }
}

/** The largest difference between two lists of numbers of one length. */
export function largestDifference(left: ArrayLike<number>, right: ArrayLike<number>): number {
  expect(left.length).toBe(right.length)
  return Array.from(left).reduce((largest, value, index) => Math.max(largest, Math.abs(value - right[index])), 0)
}

/** The code with which something fails. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing thrown',
    (error: unknown) => (error instanceof CutpointError ? error.code : String(error)),
  )
}
