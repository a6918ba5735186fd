import * as v from 'valibot'
import { CutpointError } from './errors'
import { count, number } from './stored-fields'

/** Changed copies of the photos that are trained on; held-out ones are never changed. */
export interface AugmentOptions {
  /** Changed copies of each photo beside itself; 0 for none. */
  variants: number
  /** Whether copies may be mirrored left to right. */
  flip: boolean
  /** Share of a side that may be cut off, 0 to 0.5. */
  crop: number
  /** How much larger or smaller, as a share, 0 to 0.5. */
  scale: number
  /** How much lighter or darker, as a share of full white, 0 to 0.5. */
  brightness: number
  /** Degrees by which a copy may be turned either way, 0 to 180. */
  rotation: number
  /** How far colours may go round the circle of hues either way, as a share of it, 0 to 0.5. */
  hue: number
  /** How much paler or stronger colours may become, as a share, 0 to 1. */
  saturation: number
  /** How much of the picture a rectangle of noise may cover, 0 to 0.5; 0 for none. */
  erase: number
}

/** What could be chosen later than the rest, with what was so until then. */
const before = { rotation: 0, hue: 0, saturation: 0, erase: 0 }

/** No copies, and none that would change. */
export const noCopies: AugmentOptions = { variants: 0, flip: false, crop: 0, scale: 0, brightness: 0, ...before }

/** The most copies that can be asked for. */
export const mostVariants = 20

/** The most that each change can be. */
export const mostChange = { crop: 0.5, scale: 0.5, brightness: 0.5, rotation: 180, hue: 0.5, saturation: 1, erase: 0.5 }

/** The changes that have a size. */
export const sizedChanges = ['crop', 'scale', 'brightness', 'rotation', 'hue', 'saturation', 'erase'] as const

/** The form in what is kept and in project files. */
export const storedAugment = v.looseObject({
  variants: count,
  flip: v.boolean(),
  crop: number,
  scale: number,
  brightness: number,
  rotation: v.optional(number, before.rotation),
  hue: v.optional(number, before.hue),
  saturation: v.optional(number, before.saturation),
  erase: v.optional(number, before.erase),
})

/** Copies made where something may change and nobody has said how many. */
export const usualVariants = 3

/** The options that are asked for; what was left out is off, but there are copies where something may change. Unchecked. */
export function completeAugment(asked: Partial<AugmentOptions>): AugmentOptions {
  const all = { ...noCopies, ...asked }
  return { ...all, variants: asked.variants ?? (changesAnything(all) ? usualVariants : 0) }
}

/** Whether copies may differ from their photo at all. */
export function changesAnything(augment: AugmentOptions): boolean {
  return augment.flip || sizedChanges.some((what) => augment[what] > 0)
}

/** What of the options heads depend on: none without copies, and without what is off that could not be chosen once, so that keys of then hold. */
export function keyedAugment(augment: AugmentOptions): Partial<AugmentOptions> | null {
  if (augment.variants === 0) return null
  const off = new Map<string, unknown>(Object.entries(before))
  return Object.fromEntries(Object.entries(augment).filter(([name, value]) => off.get(name) !== value))
}

/** Whether copies are the same by both. */
export function isSameAugment(one: AugmentOptions, other: AugmentOptions): boolean {
  const [left, right] = [one, other].map((each) => keyedAugment(each))
  if (!left || !right) return left === right
  return (
    left.variants === right.variants &&
    left.flip === right.flip &&
    sizedChanges.every((what) => left[what] === right[what])
  )
}

/** Throws CutpointError `bad-option`. */
export function checkAugment(augment: AugmentOptions): void {
  const { variants, flip }: { variants: number; flip: unknown } = augment
  if (!Number.isInteger(variants) || variants < 0 || variants > mostVariants) {
    throw refused(
      `There can be 0 to ${mostVariants} changed copies of a photo.`,
      'Use 0 for none, or something like 3.',
    )
  }
  if (typeof flip !== 'boolean') {
    throw refused('Whether changed copies are mirrored must be true or false.', 'Use flip: true or false.')
  }
  for (const what of sizedChanges) {
    const [size, most] = [augment[what], mostChange[what]]
    if (Number.isFinite(size) && size >= 0 && size <= most) continue
    const unit = what === 'rotation' ? 'in degrees' : 'a share'
    throw refused(
      `The ${what} of changed copies must be ${unit} from 0 to ${most}.`,
      `Use 0 for none, or ${what === 'rotation' ? 15 : 0.2}.`,
    )
  }
}

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
