import type { CutAdvice } from '../../types'

/** A single cut, and where along the depth it is made, from 0 to 1. */
export interface PlacedCut {
  readonly cut: CutAdvice
  readonly depth: number
}

export interface CurveScaleOf {
  /** The shares at its two ends. */
  readonly low: number
  readonly high: number
  /** Where a share is between them, in percent of the width. */
  readonly of: (share: number) => number
}

/** A scale from one tenth to another that holds all intervals. */
export function scaleOf(cuts: readonly CutAdvice[]): CurveScaleOf {
  const lows = cuts.map(({ accuracy, error }) => accuracy - error)
  const highs = cuts.map(({ accuracy, error }) => accuracy + error)
  const low = Math.max(0, Math.floor(10 * Math.min(1, ...lows)) / 10)
  const high = Math.min(1, Math.max(low + 0.1, Math.ceil(10 * Math.max(0, ...highs)) / 10))
  return { low, high, of: (share) => (100 * (Math.min(high, Math.max(low, share)) - low)) / (high - low) }
}

/** Paths of the band between the ends of the intervals, and of the line through the accuracies, on a field of 100 by 100. */
export function shapes(placed: readonly PlacedCut[], { of }: CurveScaleOf): { band: string; line: string } {
  const point = (share: number, depth: number): string => `${of(share).toFixed(2)} ${(100 * depth).toFixed(2)}`
  const path = (points: readonly string[]): string => (points.length === 0 ? '' : `M${points.join('L')}`)
  const low = placed.map(({ cut, depth }) => point(cut.accuracy - cut.error, depth))
  const high = placed.map(({ cut, depth }) => point(cut.accuracy + cut.error, depth))
  return {
    band: placed.length === 0 ? '' : `${path([...low, ...high.toReversed()])}Z`,
    line: path(placed.map(({ cut, depth }) => point(cut.accuracy, depth))),
  }
}
