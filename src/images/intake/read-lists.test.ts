import { describe, expect, it } from 'vitest'
import { fixture } from '../fixtures'
import { lookInto } from '.'
import type { DroppedFile } from './types'

/** Labels of what is taken in, by path, and what is not. */
async function labelled(files: readonly DroppedFile[]) {
  const { listing, plan } = await lookInto(files)
  const labels = plan.photos.flatMap((photo, place) => (photo ? [[listing.pictures[place].path, photo.label]] : []))
  return { labels, rejected: plan.rejected }
}

describe('a list dropped with its pictures', () => {
  const picture = new Blob([fixture('rgb.png')])
  const list = (text: string): Blob => new Blob([text])

  it('says the labels instead of the folders, and what is in one of the two only is told', async () => {
    const { labels, rejected } = await labelled([
      { path: 'set/labels.csv', blob: list('file,label\n1.png,cat\n2.png,dog\n9.png,cow\n') },
      { path: 'set/images/1.png', blob: picture },
      { path: 'set/images/2.png', blob: picture },
      { path: 'set/images/3.png', blob: picture },
    ])
    expect(labels).toEqual([
      ['set/images/1.png', 'cat'],
      ['set/images/2.png', 'dog'],
    ])
    expect(rejected).toEqual([
      { name: 'set/labels.csv', reason: 'Row 4: “9.png” is not among the files.' },
      { name: 'set/images/3.png', reason: 'It has no row in set/labels.csv.' },
    ])
  })

  it('that names none of them is refused, and folders are labels', async () => {
    const { labels, rejected } = await labelled([
      { path: 'notes.csv', blob: list('city,people\nBern,134000\n') },
      { path: 'cats/1.png', blob: picture },
    ])
    expect(labels).toEqual([['cats/1.png', 'cats']])
    expect(rejected).toEqual([
      { name: 'notes.csv', reason: 'None of its rows names one of these pictures and a label.' },
    ])
  })

  it('is told in part where hundreds of rows have no file', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => `${index}.png,${index % 2 ? 'cat' : 'dog'}`).join('\n')
    const { labels, rejected } = await labelled([
      { path: 'list.csv', blob: list(rows) },
      { path: '7.png', blob: picture },
    ])
    expect(labels).toHaveLength(1)
    expect(rejected).toHaveLength(21)
    expect(rejected.at(-1)?.reason).toBe('And 79 more rows like these.')
  })

  const folders = ['oak', 'elm'].flatMap((folder) =>
    [1, 2, 3].map((n) => ({ path: `${folder}/${folder}${n}.png`, blob: picture })),
  )
  const beside = async (text: string, choices = {}) => {
    const { plan } = await lookInto([{ path: 'list.csv', blob: list(text) }, ...folders], choices)
    return { labels: plan.photos.map((photo) => photo?.label), list: plan.lists[0], rejected: plan.rejected }
  }
  const seasons = 'file,label\noak1.png,spring\noak2.png,summer\nelm1.png,spring\nelm3.png,summer\n'
  const byFolder = ['oak', 'oak', 'oak', 'elm', 'elm', 'elm']

  it('does not overrule folders that are labels, unless the user says so', async () => {
    const proposed = await beside(seasons)
    expect(proposed).toMatchObject({ labels: byFolder, list: { folders: 'other', reading: null }, rejected: [] })
    const { list: understood } = proposed
    const chosen = await beside(seasons, { lists: { 'list.csv': understood.list.reading } })
    expect(chosen.labels).toEqual(['spring', 'summer', undefined, 'spring', undefined, 'summer'])
    expect(chosen.list.folders).toBeNull()
    expect((await beside('file,label\noak1.png,a\noak2.png,a\nelm1.png,b\nelm2.png,b\n')).list.folders).toBe('same')
  })

  it('says the labels where folders are parts or shares of one heap', async () => {
    const files = (one: string, two: string): DroppedFile[] => [
      { path: 'list.csv', blob: list('file,label\na.png,cat\nb.png,dog\nc.png,cat\nd.png,dog\n') },
      ...['a', 'b'].map((name) => ({ path: `set/${one}/${name}.png`, blob: picture })),
      ...['c', 'd'].map((name) => ({ path: `set/${two}/${name}.png`, blob: picture })),
    ]
    for (const [one, two] of [
      ['train', 'test'],
      ['images_1', 'images_2'],
    ]) {
      expect((await labelled(files(one, two))).labels.map(([, label]) => label)).toEqual(['cat', 'dog', 'cat', 'dog'])
    }
  })

  it('may say parts alone, beside folders', async () => {
    const { plan } = await lookInto([
      { path: 'train.txt', blob: list('oak/oak1.png\nelm/elm1.png\n') },
      { path: 'val.txt', blob: list('oak/oak2.png\nelm/elm2.png\n') },
      ...folders,
    ])
    expect(plan.photos.map((photo) => photo && [photo.label, photo.part])).toEqual([
      ['oak', 'train'],
      ['oak', 'validation'],
      ['oak', null],
      ['elm', 'train'],
      ['elm', 'validation'],
      ['elm', null],
    ])
  })

  it('is left alone where it is a text about one picture, or about none', async () => {
    const { rejected } = await labelled([
      { path: 'a/notes.txt', blob: list('to do') },
      { path: 'a/1.txt', blob: list('a cat on a mat') },
      { path: 'a/1.png', blob: picture },
    ])
    expect(rejected.map(({ name }) => name)).toEqual(['a/notes.txt', 'a/1.txt'])
    expect(rejected[0].reason).toBe('This is text, not a picture.')
  })
})
