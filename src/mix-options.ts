import { CutpointError } from './errors'

/** Ways of mixing the photos of a step, which are trained on as two labels each: all of their numbers, or a part of their maps. */
export const mixes = ['none', 'mixup', 'cutmix'] as const

export type Mix = (typeof mixes)[number]

/** How photos are mixed where something learns in steps. */
export interface MixOptions {
  mix: Mix
  /** α of Beta(α, α), by which it is drawn how much of a photo is another one: small for next to nothing or all, 1 for any share. */
  mixAlpha: number
}

/** As it was until it could be chosen. */
export const noMix: MixOptions = { mix: 'none', mixAlpha: 0.2 }

/** The largest α: from there on all photos are mixed by half. */
const mostAlpha = 100

/** Throws CutpointError `bad-option`. */
export function checkMix({ mix, mixAlpha }: MixOptions): void {
  if (!mixes.includes(mix)) throw refused(`There is no mixing “${mix}”.`, `Use one of ${mixes.join(', ')}.`)
  if (!(Number.isFinite(mixAlpha) && mixAlpha > 0 && mixAlpha <= mostAlpha)) {
    throw refused(`The α of mixing must be a number above 0, at most ${mostAlpha}.`, 'Use something like 0.2, or 1.')
  }
}

const refused = (message: string, next: string): CutpointError => new CutpointError('bad-option', message, next)
