import { expect, it } from 'vitest'
import { noCopies } from '../../augment-options'
import type { Part } from '../../types'
import { withVariants } from './variants'

const augment = { ...noCopies, variants: 3, flip: true, crop: 0.2, scale: 0.1, brightness: 0.1 }
const image = (id: string, part: Part): { id: string; name: string; hash: string; part: Part } => ({
  id,
  name: id,
  hash: `hash ${id}`,
  part,
})
const images = [image('a', 'train'), image('b', 'test'), image('c', 'train'), image('d', 'validation')]

it('photos stand first, unchanged; only those trained on have changed copies', () => {
  const rows = withVariants(images, augment, 1)
  expect(rows.slice(0, 4)).toEqual(images)
  expect(rows.slice(4).map(({ id, part }) => [id, part])).toEqual(
    ['a', 'a', 'a', 'c', 'c', 'c'].map((id) => [id, 'train']),
  )
  expect(new Set(rows.slice(4).map(({ change }) => JSON.stringify(change))).size).toBe(6)
})

it('without copies there are the photos alone', () => {
  expect(withVariants(images, { ...augment, variants: 0 }, 1)).toEqual(images)
})
