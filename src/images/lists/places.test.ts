import { describe, expect, it } from 'vitest'
import { placeFinder } from './places'
import { placesIn } from './rows'

const finds = (paths: readonly string[], name: string, listPath = 'list.csv'): string | undefined => {
  const found = placeFinder(paths)(name, listPath)
  return found && paths[found.place]
}

describe('placeFinder', () => {
  const pets = ['pets/cats/1.jpg', 'pets/dogs/1.jpg', 'pets/dogs/Été 2.png']

  it.each([
    ['cats/1.jpg', 'pets/cats/1.jpg'],
    ['pets\\dogs\\1.jpg', 'pets/dogs/1.jpg'],
    ['C:\\data\\pets\\dogs\\1.JPG', 'pets/dogs/1.jpg'],
    ['gs://bucket/data/cats/1.jpg', 'pets/cats/1.jpg'],
    ['https://a.b/c/dogs/e%CC%81te%CC%81%202.png?x=1', 'pets/dogs/Été 2.png'],
    ['/home/me/cats/1.jpg', 'pets/cats/1.jpg'],
    ['cats/1', 'pets/cats/1.jpg'],
    ['dogs/1.ppm', 'pets/dogs/1.jpg'],
    ['./cats/1.jpg', 'pets/cats/1.jpg'],
    ['1.jpg', undefined],
    ['', undefined],
  ])('finds %s', (name, path) => {
    expect(finds(pets, name)).toBe(path)
  })

  it('takes a number for a whole name', () => {
    const paths = ['cat_1.jpg', '11.jpg', '2.jpg', '0003.jpg']
    expect(['1', '2', '3', '0003'].map((name) => finds(paths, name))).toEqual([
      undefined,
      '2.jpg',
      undefined,
      '0003.jpg',
    ])
  })

  it('looks beside the list first', () => {
    const paths = ['1.jpg', 'a/1.jpg', 'a/deep/1.jpg', 'b/images/1.jpg', 'b-2/images/1.jpg']
    expect(finds(paths, '1.jpg', 'a/list.csv')).toBe('a/1.jpg')
    expect(finds(paths, '1.jpg', 'b/list.csv')).toBe('b/images/1.jpg')
    expect(finds(paths, 'images/1.jpg', 'b-2/list.csv')).toBe('b-2/images/1.jpg')
    expect(finds(paths, '../images/1.jpg', 'b/lists/list.csv')).toBe('b/images/1.jpg')
    expect(finds(paths, 'b/images/1.jpg', 'a/list.csv')).toBe('b/images/1.jpg')
  })

  it('takes the folder of the list’s part where several fit', () => {
    const paths = ['train/1.jpg', 'test/1.jpg']
    expect(finds(paths, '1.jpg', 'train_labels.csv')).toBe('train/1.jpg')
    expect(finds(paths, '1.jpg', 'labels.csv')).toBeUndefined()
    expect(finds(['test/1.jpg'], 'train/1.jpg')).toBeUndefined()
  })
})

describe('placesIn', () => {
  const column = (paths: readonly string[], ...names: readonly string[]): (number | undefined)[] =>
    placesIn(
      names.map((name, at) => ({ path: 'list.csv', number: at + 1, cells: [name] })),
      0,
      placeFinder(paths),
    )

  it('takes photos with other folders above only where none is named as it is', () => {
    expect(column(['dog/1.jpg', 'dog/2.jpg'], 'cat/1.jpg', 'cat/2.jpg', 'dog/1.jpg')).toEqual([undefined, undefined, 0])
    expect(column(['mine/cat/1.jpg', 'mine/dog/2.jpg'], '/x/cat/1.jpg', '/x/cat/2.jpg', '/x/dog/2.jpg')).toEqual([
      0,
      undefined,
      1,
    ])
    expect(column(['mine/1.jpg'], 'a/1.jpg', 'b/1.jpg')).toEqual([undefined, undefined])
  })
})
