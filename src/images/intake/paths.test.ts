import { describe, expect, it } from 'vitest'
import { isJunk, labelFromPath, pathOutOfArchive } from './paths'

describe('labelFromPath', () => {
  it.each([
    ['1.jpg', null],
    ['./1.jpg', null],
    ['cats/1.jpg', 'cats'],
    ['/cats/1.jpg', 'cats'],
    ['train/cats/1.jpg', 'cats'],
    ['photos/train/cats/1.jpg', 'cats'],
    ['photos/train/cats/old/1.jpg', 'old'],
    ['train\\cats\\1.jpg', 'cats'],
    ['cats//./1.jpg', 'cats'],
    ['../1.jpg', null],
    ['Golden  Retriever /1.jpg', 'Golden Retriever'],
    [' /1.jpg', null],
  ])('%j is of %j', (path, label) => expect(labelFromPath(path)).toBe(label))
})

describe('pathOutOfArchive', () => {
  it.each([
    ['photos.zip', '1.jpg', null],
    ['photos.zip', 'cats/1.jpg', 'cats'],
    ['photos.zip', 'photos/cats/1.jpg', 'cats'],
    ['photos.zip', 'photos/train/cats/1.jpg', 'cats'],
    ['dogs/holiday.zip', '1.jpg', 'dogs'],
    ['dogs/holiday.zip', 'rex\\1.jpg', 'rex'],
    ['photos.zip', '../../1.jpg', null],
  ])('%j holding %j gives label %j', (archive, inside, label) => {
    expect(labelFromPath(pathOutOfArchive(archive, inside))).toBe(label)
  })
})

describe('isJunk', () => {
  it.each(['.DS_Store', 'cats/Thumbs.db', 'cats/desktop.ini', '__MACOSX/cats/._1.jpg', 'cats/._1.jpg', 'a/__MACOSX/b'])(
    '%s is',
    (path) => expect(isJunk(path)).toBe(true),
  )
  it.each(['cats/1.jpg', '.cats/1.jpg', 'thumbs/1.jpg', '_1.jpg'])('%s is not', (path) =>
    expect(isJunk(path)).toBe(false),
  )
})
