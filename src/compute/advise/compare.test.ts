import { expect, it } from 'vitest'
import { CutpointError } from '../../errors'
import { specOf } from '../../heads/specs'
import { normal } from '../head/testing/synthetic'
import { quietJob } from '../head/testing/quiet-job'
import { compareCuts, type Comparing } from './compare'
import { shareError } from './held-out'

const photos = 60

/**
 * Photos of two labels, and cuts with a column each: how far a column tells the labels apart, or `left` and `right` for the
 * two halves of an exclusive or, which say something together only.
 */
function comparing(separations: readonly number[], seed = 3): Comparing {
  const random = normal(seed)
  const classes = Int32Array.from({ length: photos }, (_, photo) => photo % 2)
  const data = new Float32Array(photos * separations.length)
  for (let photo = 0; photo < photos; photo++) {
    separations.forEach((apart, cut) => {
      data[photo * separations.length + cut] = random() + apart * (classes[photo] - 0.5)
    })
  }
  return {
    photos: { images: [], classes, units: Int32Array.from(classes.keys()) },
    rows: { data, length: separations.length },
    lengths: separations.map(() => 1),
    labels: 2,
    head: specOf('linear').defaults,
    classWeights: 'none',
  }
}

it('a cut that tells the labels apart is named with its accuracy on photos that its heads did not see', async () => {
  const [nothing, clearly] = await compareCuts(comparing([0, 6]), quietJob)
  expect(nothing.places).toEqual([0])
  expect(nothing.accuracy).toBeLessThan(0.7)
  expect(clearly.accuracy).toBeGreaterThan(0.95)
  expect(clearly.error).toBeCloseTo(shareError(clearly.accuracy, photos), 10)
})

it('says nothing of what cannot be held out: chance where the labels are random', async () => {
  const given = comparing(new Array<number>(40).fill(0))
  // All columns belong to one cut: more features than photos to train on, which a head names all right by heart.
  const [only] = await compareCuts({ ...given, lengths: [40] }, quietJob)
  expect(Math.abs(only.accuracy - 0.5)).toBeLessThan(0.2)
})

it('tries cuts together, and names them where they gain more than a standard error', async () => {
  const all = await compareCuts(comparing([2, 2, 0, 2]), quietJob)
  const together = all.slice(4)
  expect(together.length).toBeGreaterThan(0)
  const best = Math.max(...all.slice(0, 4).map(({ accuracy }) => accuracy))
  expect(together[0].places).toHaveLength(2)
  expect(together[0].places).toEqual([...together[0].places].sort((a, b) => a - b))
  expect(together[0].accuracy).toBeGreaterThan(best)
})

it('does not name cuts together that gain nothing', async () => {
  expect(await compareCuts(comparing([0, 6]), quietJob)).toHaveLength(2)
})

it('keeps photos of one recording together, and counts them once', async () => {
  const given = comparing([6])
  const units = given.photos.classes.map((_, photo) => Math.floor(photo / 6) * 6 + (photo % 2))
  const [one] = await compareCuts({ ...given, photos: { ...given.photos, units } }, quietJob)
  expect(one.error).toBeCloseTo(shareError(one.accuracy, new Set(units).size), 10)
})

it('gives each cut of several a scale of its own: numbers a thousand times as large are not all that counts', async () => {
  const given = comparing([0, 4])
  const data = given.rows.data.map((value, index) => (index % 2 === 0 ? 1000 * value : value))
  const [, clearly] = await compareCuts({ ...given, rows: { ...given.rows, data } }, quietJob)
  expect(clearly.accuracy).toBeGreaterThan(0.9)
})

it('stops between cuts when it is cancelled', async () => {
  let turns = 0
  const yieldTurn = (): Promise<void> =>
    ++turns > 1 ? Promise.reject(new CutpointError('cancelled', 'It was.', '')) : Promise.resolve()
  await expect(compareCuts(comparing([1, 1, 1]), { ...quietJob, yieldTurn })).rejects.toMatchObject({
    code: 'cancelled',
  })
  expect(turns).toBe(2)
})

it('the standard error of a share is not 0 where all are right, and shrinks with the number', () => {
  expect(shareError(1, 10)).toBeGreaterThan(0.03)
  expect(shareError(0.5, 100)).toBeCloseTo(0.05, 3)
  expect(shareError(0.8, 400)).toBeLessThan(shareError(0.8, 100))
})
