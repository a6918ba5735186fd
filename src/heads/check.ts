import { CutpointError } from '../errors'

/** Whether it is a whole number from `least` to `most`. */
export function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

/** An option that cannot be taken, and which can. */
export function badOption(message: string, next: string): CutpointError {
  return new CutpointError('bad-option', message, next)
}
