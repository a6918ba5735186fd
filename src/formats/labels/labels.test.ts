import { describe, expect, it } from 'vitest'
import { textFile } from '../testing/files'
import { findLabels } from './find'
import { parseLabels } from './parse'

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

  it('may be counted, as Teachable Machine does for Keras', () => {
    expect(parseLabels('0 Cats\n1 Bracelet\n')).toEqual(['Cats', 'Bracelet'])
    expect(parseLabels('12 monkeys\n7 samurai')).toEqual(['12 monkeys', '7 samurai'])
  })

  it.each([
    ['{"dogs": 1, "cats": 0}', ['cats', 'dogs']],
    ['{"0": ["n01440764", "tench"], "1": ["n01443537", "goldfish"]}', ['tench', 'goldfish']],
    ['["cat", "dog"]', ['cat', 'dog']],
    ['{"1": "dog", "0": "cat"}', ['cat', 'dog']],
    ['{"class_names": ["cat", "dog"]}', ['cat', 'dog']],
    ['{"cat": 0, "toString": 1, "__proto__": 2}', ['cat', 'toString', '__proto__']],
    ['{"cat": {"toString": 1}}', null],
    ['{"cat": ', null],
  ])('may be JSON: %s', (text, labels) => expect(parseLabels(text)).toEqual(labels))

  it.each([
    ['0,cat\n1,dog', ['cat', 'dog']],
    ['index,mid,display_name\n1,/m/01,Dog\n0,/m/02,"Cat, any"', ['Cat, any', 'Dog']],
    ['name;id\ncat;0\ndog;1', ['cat', 'dog']],
    ['tench, Tinca tinca\ngoldfish, Carassius', ['tench, Tinca tinca', 'goldfish, Carassius']],
  ])('may be CSV: %j', (text, labels) => expect(parseLabels(text)).toEqual(labels))

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
    expect((await find(['readme.txt', 'output_labels.txt'])).labels?.[0]).toBe('output_labels.txt')
    expect((await find(['imagenet_slim_labels.txt'])).labels?.[0]).toBe('imagenet_slim_labels.txt')
    expect((await find(['mscoco_label_map.pbtxt', 'labels.txt'])).labels?.[0]).toBe('labels.txt')
  })

  it('is any lone text file with a line for each class', async () => {
    expect((await find(['flowers.txt'], 3)).labels?.[0]).toBe('flowers.txt')
    expect((await find(['flowers.txt'], 4)).labels).toBeNull()
    expect((await find(['flowers.txt', 'readme.txt'], 3)).labels?.[0]).toBe('flowers.txt')
    expect(await find(['flowers.txt', 'more.txt'], 3)).toEqual({
      labels: null,
      unused: ['net/flowers.txt', 'net/more.txt'],
    })
  })
})
