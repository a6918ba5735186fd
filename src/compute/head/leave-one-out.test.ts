import { describe, expect, it } from 'vitest'
import { fitHead, refitOf } from '../../heads/fits'
import type { LabelledImage } from '../features/labelled-image'
import type { Fittable } from './types'
import { quietJob } from './testing/quiet-job'
import { leaveOneOut, type LeaveOneOutOptions } from './leave-one-out'
import { probabilities } from './probabilities'
import { synthesise } from './testing/synthetic'
import type { TrainingRows } from './training-rows'

const length = 30
const labels = 3
const { features: data, labels: classes } = synthesise(18, length, labels, 4)
const places = Int32Array.from(classes.keys())
const rows: TrainingRows = { data, classes, photos: places, units: places }

function photos(change: (index: number) => Partial<LabelledImage> = () => ({})): LabelledImage[] {
  return Array.from(classes, (label, index) => ({
    id: `photo ${index}`,
    name: `${index}.jpg`,
    hash: `hash ${index}`,
    label: String(label),
    part: 'train',
    group: null,
    perceptualHash: null,
    ...change(index),
  }))
}

const linear = { kind: 'linear' as const, l2: 0.01, scale: 'global' as const }

const fittable = (training: TrainingRows): Fittable => ({
  training,
  validation: null,
  length,
  lengths: [length],
  classes: labels,
  classWeights: 'none',
  seed: 1,
})

/** Trains a linear head on all rows, and then again on those it is given. */
async function refitting(all: TrainingRows): Promise<LeaveOneOutOptions['refit']> {
  const { layers } = await fitHead('linear', linear, fittable(all), quietJob)
  const refit = refitOf('linear', linear)
  if (!refit) throw new Error('linear heads are not trained again')
  return (rest) => refit(fittable(rest), layers, quietJob)
}

async function run(images: LabelledImage[], training = rows, limit = Infinity) {
  return leaveOneOut({ images, classes, data, length }, training, { refit: await refitting(training), limit })
}

/** What a head says of photo `index` that was trained on all photos but those given. */
async function without(index: number, hidden: readonly number[]) {
  const rest = [...classes.keys()].filter((row) => !hidden.includes(row))
  const features = Float32Array.from(rest.flatMap((row) => [...data.subarray(row * length, (row + 1) * length)]))
  const training = {
    data: features,
    classes: Int32Array.from(rest, (row) => classes[row]),
    photos: Int32Array.from(rest),
    units: Int32Array.from(rest),
  }
  const { layers } = await fitHead('linear', linear, fittable(training), quietJob)
  return Math.max(...probabilities(data.subarray(index * length, (index + 1) * length), length, layers))
}

describe('leaving each photo out', () => {
  it('evaluates it by a head that was trained on all others', async () => {
    const result = await run(photos())
    expect(result?.evaluated).toHaveLength(18)
    for (const index of [0, 5, 17]) {
      expect(result?.evaluated[index].confidence).toBeCloseTo(await without(index, [index]), 1)
      expect(result?.evaluated[index]).toMatchObject({ image: `photo ${index}`, label: classes[index] })
    }
    const right = result?.evaluated.filter(({ label, predicted }) => label === predicted).length ?? 0
    expect(result?.accuracy).toBeCloseTo(right / 18)
  })

  it('is given up where it takes more work than allowed, whatever the clock says', async () => {
    expect(await run(photos(), rows, 17 * length * labels)).toBeNull()
  })

  it('leaves out its duplicates, its recording and its copies too', async () => {
    // 0, 3, 6 … are of one label.
    const images = photos((index) => ({
      hash: index === 3 ? 'hash 0' : `hash ${index}`,
      group: index === 6 || index === 9 ? 'one' : null,
    }))
    const result = await run(images)
    expect(result?.evaluated[0].confidence).toBeCloseTo(await without(0, [0, 3]), 2)
    expect(result?.evaluated[6].confidence).toBeCloseTo(await without(6, [6, 9]), 2)

    const copied: TrainingRows = {
      data: Float32Array.from([...data, ...data.subarray(0, length)]),
      classes: Int32Array.from([...classes, classes[0]]),
      photos: Int32Array.from([...places, 0]),
      units: Int32Array.from([...places, 0]),
    }
    expect((await run(photos(), copied))?.evaluated[0].confidence).toBeCloseTo(await without(0, [0]), 2)
  })

  it('evaluates no photo whose label no other has, and none where each label has one', async () => {
    // 0 and 3 are of one label, 1 and 2 of one each.
    const first = async (count: number) => {
      const given = {
        images: photos().slice(0, count),
        classes: classes.slice(0, count),
        data: data.slice(0, count * length),
        length,
      }
      const photosOf = places.slice(0, count)
      const training = { data: given.data, classes: given.classes, photos: photosOf, units: photosOf }
      return leaveOneOut(given, training, { refit: await refitting(training) })
    }
    expect(await first(3)).toBeNull()
    const some = await first(4)
    expect(some?.evaluated.map(({ image }) => image)).toEqual(['photo 0', 'photo 3'])
  })

  it('keeps the rest of a recording that is all its label has', async () => {
    const images = photos((index) => ({ group: index % 3 === 0 ? 'all' : null }))
    const result = await run(images)
    expect(result?.evaluated[0].confidence).toBeCloseTo(await without(0, [0]), 2)
  })
})
