import { expect, it } from 'vitest'
import type { LabelledImage } from '../features/labelled-image'
import { comparingPhotos } from './photos'

const photo = (id: string, label: string, change: Partial<LabelledImage> = {}): LabelledImage => ({
  ...{ id, name: id, hash: id, label, part: 'train', group: null, perceptualHash: null },
  ...change,
})

it('cuts are compared with photos that are trained on, and no others', () => {
  const all = [
    ...[photo('1', 'a'), photo('2', 'a'), photo('3', 'b'), photo('4', 'b')],
    ...[photo('5', 'a', { part: 'test' }), photo('6', 'b', { part: 'validation' })],
  ]
  const { images, classes } = comparingPhotos(all, ['b', 'a'])
  expect(images.map(({ id }) => id)).toEqual(['1', '2', '3', '4'])
  expect([...classes]).toEqual([1, 1, 0, 0])
})

it('of very many photos there are as many of each label as fit', () => {
  const many = Array.from({ length: 30 }, (_, at) => photo(`many ${at}`, 'a'))
  const few = Array.from({ length: 4 }, (_, at) => photo(`few ${at}`, 'b'))
  const { images } = comparingPhotos([...many, ...few], ['a', 'b'], 12)
  expect(images).toHaveLength(12)
  expect(images.filter(({ label }) => label === 'b')).toHaveLength(4)
})

it('says what is missing: photos, a second label, photos that can be held out', () => {
  const codeOf = (images: readonly LabelledImage[], labels: readonly string[]): unknown => {
    try {
      return comparingPhotos(images, labels)
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  expect(codeOf([], ['a', 'b'])).toBe('no-images')
  expect(codeOf([photo('1', 'a'), photo('2', 'a')], ['a'])).toBe('one-label')
  expect(codeOf([photo('1', 'a'), photo('2', 'a'), photo('3', 'b')], ['a', 'b'])).toBe('no-images')
  const recorded = { group: 'recording' }
  expect(
    codeOf([photo('1', 'a'), photo('2', 'a'), photo('3', 'b', recorded), photo('4', 'b', recorded)], ['a', 'b']),
  ).toBe('no-images')
})
