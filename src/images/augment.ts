/** Changed copies of a photo, for training: which they are, always the same for the same photo and settings. */
import type { AugmentOptions } from '../augment-options'
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
  /** Degrees by which it is turned, to the left. */
  readonly rotation: number
  /** How far colours go round the circle of hues, as a share of it. */
  readonly hue: number
  /** By what the saturation of colours is multiplied: 1 leaves it. */
  readonly saturation: number
  /** What is covered by noise; null for nothing. */
  readonly erased: ErasedPlace | null
}

/** A rectangle of noise, in shares of the picture's sides. */
export interface ErasedPlace {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Of the noise. */
  readonly seed: number
}

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

/** Says a change in a few letters; the same for the same change. What could not be changed once is said where it is changed alone. */
export function changeKey(change: CopyChange): string {
  const { flip, crop, cropX, cropY, scale, brightness, rotation, hue, saturation, erased } = change
  return [
    ...[flip ? 1 : 0, crop, cropX, cropY, scale, brightness],
    ...(rotation === 0 ? [] : [`turned ${rotation}`]),
    ...(hue === 0 ? [] : [`hue ${hue}`]),
    ...(saturation === 1 ? [] : [`saturation ${saturation}`]),
    ...(erased ? [`erased ${Object.values(erased).join(' ')}`] : []),
  ].join()
}

/** A copy that is its photo. */
export const noChange: CopyChange = {
  flip: false,
  crop: 0,
  cropX: 0,
  cropY: 0,
  scale: 1,
  brightness: 0,
  rotation: 0,
  hue: 0,
  saturation: 1,
  erased: null,
}

const unchanged = changeKey(noChange)

/** The least share of a side's square that is erased, as Keras has it. */
const leastErased = 0.02

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
    rotation: Math.round((2 * draw('rotation') - 1) * augment.rotation * 10) / 10 + 0,
    hue: round((2 * draw('hue') - 1) * augment.hue) + 0,
    saturation: round(1 + (2 * draw('saturation') - 1) * augment.saturation),
    erased: augment.erase > 0 ? drawErased(draw, augment.erase) : null,
  }
}

/** As Keras' RandomErasing: each side's square is drawn, so that their ratio is too, and then the place. */
function drawErased(draw: (what: string) => number, most: number): ErasedPlace {
  const least = Math.min(leastErased, most)
  const side = (what: string): number => round(Math.sqrt(least + (most - least) * draw(what)))
  const [width, height] = [side('erased across'), side('erased down')]
  return {
    left: round((1 - width) * draw('erased left')),
    top: round((1 - height) * draw('erased top')),
    width,
    height,
    seed: Math.floor(draw('noise') * 2 ** 32),
  }
}

/** To a thousandth, so that keys are short. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
