/** Changed copies of a photo, for training: which they are, always the same for the same photo and settings. */
import type { AugmentOptions } from '../types'
import { hash32 } from './hash32'

/** What is done to one copy. */
export interface CopyChange {
  /** Mirrored left to right. */
  readonly flip: boolean
  /** Share of both sides that is cut off. */
  readonly crop: number
  /** Where it is cut off: at 0 all of it on the right (at the bottom), at 1 all of it on the left (at the top). */
  readonly cropX: number
  readonly cropY: number
  /** How much larger the picture is shown, about the middle: 1 is as it was. */
  readonly scale: number
  /** Added to every byte. */
  readonly brightness: number
}

/** The most copies that can be asked for. */
export const mostVariants = 20

/**
 * The changed copies of the photo with this hash. A slider only changes its own part of each copy, and one more copy
 * leaves the others as they are, so that little has to be computed again. Copies that would be the same as the photo or
 * as one another are left out.
 */
export function changesOf(hash: string, augment: AugmentOptions, seed: number): CopyChange[] {
  const changes = new Map<string, CopyChange>()
  for (let variant = 0; variant < augment.variants; variant++) {
    const change = drawChange((what) => hash32(`${hash}|${variant}|${seed}|${what}`) / 2 ** 32, variant, augment)
    const key = changeKey(change)
    if (key !== unchanged) changes.set(key, change)
  }
  return [...changes.values()]
}

/** Says a change in a few letters; the same for the same change. */
export function changeKey({ flip, crop, cropX, cropY, scale, brightness }: CopyChange): string {
  return [flip ? 1 : 0, crop, cropX, cropY, scale, brightness].join()
}

const unchanged = changeKey({ flip: false, crop: 0, cropX: 0, cropY: 0, scale: 1, brightness: 0 })

/** @param draw a number in [0, 1) for each name: so one slider does not move what another one does */
function drawChange(draw: (what: string) => number, variant: number, augment: AugmentOptions): CopyChange {
  const crop = round(draw('crop') * augment.crop)
  return {
    // Every other one, beginning with the first: drawn, a single copy would often be no other picture.
    flip: augment.flip && variant % 2 === 0,
    crop,
    cropX: crop > 0 ? round(draw('across')) : 0,
    cropY: crop > 0 ? round(draw('down')) : 0,
    scale: round(1 + (2 * draw('scale') - 1) * augment.scale),
    // Adding 0 makes no minus zero of it.
    brightness: Math.round((2 * draw('brightness') - 1) * augment.brightness * 255) + 0,
  }
}

/** To a thousandth, so that keys are short. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
