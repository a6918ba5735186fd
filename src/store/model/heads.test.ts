import { expect, test } from 'vitest'
import { beginStore } from '../testing/begin'

test('a head that is chosen brings back whether the last layers learnt with it, and is not out of date', async () => {
  const { getState } = await beginStore()
  const { cut } = await import('./cut')
  const { chooseHead } = await import('./heads')
  const { addPhotos } = await import('../photos/photos')
  const { train } = await import('../training/training')
  const { isOutOfDate } = await import('../training/trained-on')
  await cut(['pool:0'])
  const photo = (label: string) => ({ name: label, label, blob: new Blob([label]), part: 'train' as const })
  await addPhotos([photo('first'), photo('second')])
  await train({ tail: { layers: 2 } })
  const tuned = getState().heads[0]
  await train({ tail: null })
  await chooseHead(tuned.id)
  expect(getState().options.tail).toEqual(tuned.options.tail)
  expect(isOutOfDate(getState())).toBe(false)
})
