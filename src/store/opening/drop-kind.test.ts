import { describe, expect, it } from 'vitest'
import { dropKind } from './drop-kind'

describe('a drop beside an open model', () => {
  it.each([
    ['photos', ['cats/1.jpg', 'cats/labels.csv']],
    ['model', ['mobilenet/model.json', 'mobilenet/group1-shard1of1.bin']],
    ['model', ['run/model.ckpt-3.meta']],
    ['model-else-photos', ['photos.zip']],
    ['model-else-photos', ['hub.tar.gz']],
    ['model-else-photos', ['hub.tgz']],
    ['model-else-photos', ['coco/annotations.json', 'coco/1.jpg']],
  ] as const)('may be: %s in %j', (kind, paths) => {
    expect(dropKind(paths, true)).toBe(kind)
  })
})

it('is tried as a model where none is open', () => {
  expect(dropKind(['cats/1.jpg'], false)).toBe('model')
})
