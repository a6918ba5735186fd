import { keyedAugment } from '../../augment-options'
import { specOf, type HeadOptionsOf } from '../../heads/specs'
import { keyedTail } from '../../tail-options'
import { hash32 } from '../../images/hash32'
import type { CutSummary, HeadOptions, TrainedOn } from '../../types'
import type { State } from '../state/state'
import type { HeadEntry, Photo } from '../state/types'

/** What a training depends on. */
export interface TrainingInput extends Pick<State, 'photos' | 'options' | 'preprocessing' | 'model'> {
  readonly cut: { readonly summary: Pick<CutSummary, 'tensors'> } | null
}

/**
 * What a head would be trained on now, as short keys: heads with equal ones are of the same photos, parts, cut,
 * preparation and settings, in this visit or another. Only what makes a difference to the head counts; labels without
 * photos and the order of labels do not.
 */
export function trainingKey({ photos, options, preprocessing, cut, model }: TrainingInput): TrainedOn {
  return { photos: photosKey(photos), settings: settingsKey(options, preprocessing, cut, model) }
}

/**
 * What cuts would be compared with now, as keys of the same kind: the photos that are trained on, how they are prepared,
 * and the linear head that is trained at each cut. Where the network is cut now makes no difference.
 */
export function adviceKey({ photos, options, preprocessing, model }: Omit<TrainingInput, 'cut'>): TrainedOn {
  return { photos: trainedPhotosKey(photos), settings: adviceSettingsKey(options, preprocessing, model) }
}

/** The head that is trained at each cut that is compared: as it is chosen where that is a linear one. */
export const adviceHead = ({ head }: Pick<State['options'], 'head'>): HeadOptionsOf['linear'] =>
  head.kind === 'linear' ? head : specOf('linear').defaults

/** Whether anything has changed since cuts were compared that makes a difference to that. */
export function isAdviceOutOfDate(state: Omit<TrainingInput, 'cut'> & Pick<State, 'advice'>): boolean {
  return state.advice !== null && !isSameKey(state.advice.on, adviceKey(state))
}

/** Whether two heads are of the same photos and of the same settings. */
export const isSameKey = (one: TrainedOn | null, other: TrainedOn | null): boolean =>
  one?.photos === other?.photos && one?.settings === other?.settings

/** The head that predicts and is exported; null before one is trained. */
export const currentHead = ({ heads, headId }: Pick<State, 'heads' | 'headId'>): HeadEntry | null =>
  headId === null ? null : (heads.find(({ id }) => id === headId) ?? null)

/** Report of the current head; null before one is trained. */
export const currentReport = (state: Pick<State, 'heads' | 'headId'>): HeadEntry['report'] | null =>
  currentHead(state)?.report ?? null

/** Whether model, cut, photos or settings have changed since the current head was trained. */
export function isOutOfDate(state: TrainingInput & Pick<State, 'heads' | 'headId'>): boolean {
  const head = currentHead(state)
  return head !== null && !isSameKey(head.trainedOn, trainingKey(state))
}

/** Two hashes of what a photo is to a training, which is asked for each photo at each change. */
const hashes = new WeakMap<Photo, readonly [number, number]>()

function hashesOf(photo: Photo): readonly [number, number] {
  const known = hashes.get(photo)
  if (known) return known
  const { id, label, part, group } = photo
  const text = JSON.stringify([id, label, part, group])
  const made = [hash32(text), hash32(`photo ${text}`)] as const
  hashes.set(photo, made)
  return made
}

const photosKey = rememberLast(keyOfPhotos)

const trainedPhotosKey = rememberLast((photos: State['photos']) =>
  keyOfPhotos(photos.filter(({ part }) => part === 'train')),
)

function keyOfPhotos(photos: State['photos']): string {
  let [left, right] = [1, 1]
  for (const photo of photos) {
    const [one, other] = hashesOf(photo)
    left = Math.imul(left, 31) + one
    right = Math.imul(right, 37) + other
  }
  return hex(left) + hex(right)
}

const settingsKey = rememberLast(
  (
    { head, tail, classWeights, augment, seed }: State['options'],
    preprocessing: State['preprocessing'],
    cut: TrainingInput['cut'],
    model: State['model'],
  ): string => {
    const copies = keyedAugment(augment)
    // Without anything random in the head's training and copies to change at random, it makes no difference.
    const random = specOf(head.kind).random || copies || tail ? seed : null
    const tensors = cut?.summary.tensors ?? null
    const weights = specOf(head.kind).weighs ? classWeights : null
    const text = JSON.stringify(
      [
        asKeyed(head),
        weights,
        copies,
        random,
        ...computedBy(preprocessing, tensors, model),
        ...(tail ? [keyedTail(tail)] : []),
      ],
      sorted,
    )
    return hex(hash32(text)) + hex(hash32(`settings ${text}`))
  },
)

const adviceSettingsKey = rememberLast(
  (options: State['options'], preprocessing: State['preprocessing'], model: State['model']): string => {
    const head = asKeyed(adviceHead(options))
    const text = JSON.stringify([head, options.classWeights, ...computedBy(preprocessing, null, model)], sorted)
    return hex(hash32(text)) + hex(hash32(`advice ${text}`))
  },
)

/** What features depend on beside the photos and the network's files. */
function computedBy(
  preprocessing: State['preprocessing'],
  tensors: readonly string[] | null,
  model: State['model'],
): unknown[] {
  const prepared = preprocessing && { ...preprocessing, how: null }
  const inputs = model?.otherInputs.map(({ tensor, value }) => [tensor, value && [value.dtype, ...value.data]])
  const told = model?.tellable.map(({ layer, told: does }) => [layer, does])
  return [prepared, tensors, inputs, told]
}

/** The options of a head without those that were always so until they could be chosen: keys of before are right still. */
function asKeyed(head: HeadOptions): object {
  const before = Object.entries(specOf(head.kind).before)
  const isOld = ([name, value]: [string, unknown]): boolean =>
    before.some(([known, then]) => known === name && then === value)
  return Object.fromEntries(Object.entries(head).filter((entry) => !isOld(entry)))
}

/** For JSON: the fields of an object in the order of their names. */
const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0')

/** The function, which is not asked again as long as it is given the same. */
function rememberLast<Given extends unknown[], Made>(make: (...given: Given) => Made): (...given: Given) => Made {
  let last: { readonly given: Given; readonly made: Made } | null = null
  return (...given) => {
    if (!last?.given.every((part, place) => part === given[place])) last = { given, made: make(...given) }
    return last.made
  }
}
