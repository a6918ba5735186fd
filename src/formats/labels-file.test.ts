import { describe, expect, it } from 'vitest'
import { findLabels, parseLabels } from './labels-file'
import { textFile } from './testing/files'

describe('labels in text', () => {
  it('are one a line', () => {
    expect(parseLabels('a\r\n b \n\nc\n\n')).toEqual(['a', 'b', '', 'c'])
    expect(parseLabels(' \n')).toBeNull()
  })

  it('may be numbered', () => {
    expect(parseLabels('0:background\n2: goldfish\n1:tench, Tinca tinca\n')).toEqual([
      'background',
      'tench, Tinca tinca',
      'goldfish',
    ])
    expect(parseLabels('12:30 train\nlate')).toEqual(['12:30 train', 'late'])
  })

  it('may be a label map', () => {
    const map = `item {\n  id: 1\n  name: '/m/01'\n  display_name: "cat"\n}\nitem { name: 'dog' id: 2 }`
    expect(parseLabels(map)).toEqual(['', 'cat', 'dog'])
  })
})

describe('the file of labels beside a model', () => {
  const main = textFile('net/graph.pb', '')
  const find = (names: readonly string[], classes: number | null = null) =>
    findLabels(
      main,
      names.map((name) => textFile(`net/${name}`, `${name}\nb\nc`)),
      undefined,
      () => classes,
    )

  it('has one of the usual names', async () => {
    expect((await find(['readme.txt', 'output_labels.txt']))?.[0]).toBe('output_labels.txt')
    expect((await find(['imagenet_slim_labels.txt']))?.[0]).toBe('imagenet_slim_labels.txt')
    expect((await find(['mscoco_label_map.pbtxt', 'labels.txt']))?.[0]).toBe('labels.txt')
  })

  it('is any lone text file with a line for each class', async () => {
    expect((await find(['flowers.txt'], 3))?.[0]).toBe('flowers.txt')
    expect(await find(['flowers.txt'], 4)).toBeNull()
    expect(await find(['flowers.txt', 'readme.txt'], 3)).toBeNull()
  })
})
