import { expect, it } from 'vitest'
import { quietJob } from '../../compute/head/testing/quiet-job'
import { synthesise } from '../../compute/head/testing/synthetic'
import type { Fittable } from '../../compute/head/types'
import { linearFit } from './fit'
import { linear } from './spec'

const [length, classes] = [24, 3]
const auto = { ...linear.defaults, l2: 'auto' } as const

/** `count` photos of each of three labels, each by itself. */
function photos(count: number): Fittable {
  const { features, labels } = synthesise(count * classes, length, classes, 7)
  const places = Int32Array.from(labels.keys())
  const training = { data: features, classes: labels, photos: places, units: places }
  return { training, validation: null, length, lengths: [length], classes, classWeights: 'none', seed: 1 }
}

it('settles on a penalty that was chosen by cross-validation', async () => {
  const settled = await linearFit.settle?.(photos(8), auto, quietJob)
  expect(settled?.l2).toBeTypeOf('number')
})

it('claims to have chosen none where no photo can be held out, and trains as with that of the head offered first', async () => {
  const given = photos(1)
  const settled = await linearFit.settle?.(given, auto, quietJob)
  expect(settled).toBe(auto)
  const [unsettled, offered] = [
    await linearFit.fit(given, auto, quietJob),
    await linearFit.fit(given, linear.defaults, quietJob),
  ]
  expect(unsettled.layers).toEqual(offered.layers)
})
