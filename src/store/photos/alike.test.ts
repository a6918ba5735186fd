import { expect, it } from 'vitest'
import { compare } from './alike'
import type { Photo } from '../state/types'

const photo = (id: string, label: string, hash: string, group: string | null = null): Photo => ({
  id,
  name: id,
  label,
  part: 'train',
  pinned: false,
  hash,
  perceptualHash: null,
  group,
  width: 1,
  height: 1,
})

it('tells copies within a label, the same file under another one, and photos that look alike', () => {
  const photos = [
    photo('a', 'cat', '1'),
    photo('b', 'cat', '1'),
    photo('c', 'dog', '1'),
    photo('d', 'dog', '2'),
    photo('e', 'cat', '3'),
    photo('f', 'owl', '4'),
  ]
  // a, b and c are one file; d and e look like it.
  expect(compare(photos, [[0, 1, 2, 3, 4]])).toEqual({
    cat: { copies: ['b'], also: [{ label: 'dog', ids: ['a', 'b'] }], near: ['e'] },
    dog: { copies: [], also: [{ label: 'cat', ids: ['c'] }], near: ['d'] },
  })
})

it('does not tell frames of one recording, but those of another one that look like them', () => {
  const photos = [
    photo('a', 'cat', '1', 'first'),
    photo('b', 'cat', '2', 'first'),
    photo('c', 'cat', '3', 'second'),
    photo('d', 'cat', '4', 'second'),
  ]
  expect(compare(photos, [[0, 1, 2, 3]])).toEqual({ cat: { copies: [], also: [], near: ['c'] } })
  expect(compare(photos, [[0, 1]])).toEqual({})
})
