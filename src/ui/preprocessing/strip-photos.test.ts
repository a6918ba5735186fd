import { expect, it } from 'vitest'
import type { Photo } from '../../store/state/types'
import { stripPhotos } from './strip-photos'

const photo = (id: string, label: string): Photo => ({
  id,
  label,
  name: id,
  part: 'train',
  pinned: false,
  hash: id,
  perceptualHash: '',
  group: null,
  width: 1,
  height: 1,
})
const photos = [photo('b1', 'b'), photo('a1', 'a'), photo('b2', 'b'), photo('a2', 'a'), photo('b3', 'b')]
const ids = (round: number, chosen: string | null = null): string[] =>
  stripPhotos(['a', 'b', 'empty'], photos, round, chosen).map(({ id }) => id)

it('shows a photo of each label, others each round, and begins again', () => {
  expect([0, 1, 2, 3].map((round) => ids(round))).toEqual([
    ['a1', 'b1'],
    ['a2', 'b2'],
    ['a1', 'b3'],
    ['a2', 'b1'],
  ])
})

it('shows the chosen one first, and once', () => {
  expect(ids(0, 'b2')).toEqual(['b2', 'a1', 'b1'])
  expect(ids(0, 'b1')).toEqual(['b1', 'a1'])
  expect(ids(0, 'gone')).toEqual(['a1', 'b1'])
})
