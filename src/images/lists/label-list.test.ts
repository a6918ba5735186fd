import { describe, expect, it } from 'vitest'
import { fixture } from '../fixtures'
import { lookInto } from '../intake'
import type { DroppedFile } from '../intake/types'
import { readLabelList } from './label-list'

const read = (text: string, paths: readonly string[]) => {
  const list = readLabelList(text, paths)
  return (
    list && { labels: [...list.labels].sort(([a], [b]) => a - b).map(([, label]) => label), problems: list.problems }
  )
}

describe('readLabelList', () => {
  it.each([
    ['with headings', 'filename,label\na.jpg,cat\nb.jpg,dog\n'],
    ['without', 'a.jpg,cat\nb.jpg,dog'],
    ['from a spreadsheet of another country', '\ufefffile;class\r\na.jpg;cat\r\nb.jpg;dog\r\n'],
    ['with tabs', 'a.jpg\tcat\nb.jpg\tdog\n'],
    ['the other way round', 'label,file\ncat,a.jpg\ndog,b.jpg\n'],
    ['without endings, among other columns', 'id,width,species\na,640,cat\nb,480,dog\n'],
    ['with quotes, spaces and empty lines', '"a.jpg"," cat "\n\n"b.jpg","dog"\n,\n'],
    ['with folders above what was dropped', 'data/pets/a.jpg,cat\nC:\\pets\\b.jpg,dog\n'],
  ])('reads a list %s', (_, text) => {
    expect(read(text, ['pets/a.jpg', 'pets/b.jpg'])).toEqual({ labels: ['cat', 'dog'], problems: [] })
  })

  it('tells rows without a file, without a label, and with a second label', () => {
    expect(read('a.jpg,cat\nc.jpg,cow\nb.jpg,\na.jpg,dog\na.jpg,cat', ['a.jpg', 'b.jpg'])).toEqual({
      labels: ['cat'],
      problems: [
        'Row 2: “c.jpg” is not among the files.',
        'Row 3: “b.jpg” has no label.',
        'Row 4: “a.jpg” has a label already, “cat”.',
      ],
    })
  })

  it('keeps files of one name in two folders apart', () => {
    const paths = ['x/1.jpg', 'y/1.jpg']
    expect(read('x/1.jpg,cat\ny/1.jpg,dog', paths)).toEqual({ labels: ['cat', 'dog'], problems: [] })
    expect(read('x/1.jpg,cat\n1.jpg,dog\nz/1.jpg,cow', paths)?.problems).toEqual([
      'Row 2: “1.jpg” is not among the files.',
      'Row 3: “z/1.jpg” is not among the files.',
    ])
  })

  it('leaves a table about something else alone', () => {
    expect(read('city,people\nBern,134000\n', ['a.jpg'])).toBeNull()
    expect(read('a.jpg\n', ['a.jpg'])).toBeNull()
    expect(read('', ['a.jpg'])).toBeNull()
  })
})

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
    const rows = Array.from({ length: 100 }, (_, index) => `${index}.png,cat`).join('\n')
    const { labels, rejected } = await labelled([
      { path: 'list.csv', blob: list(rows) },
      { path: '7.png', blob: picture },
    ])
    expect(labels).toHaveLength(1)
    expect(rejected).toHaveLength(21)
    expect(rejected.at(-1)?.reason).toBe('And 79 more rows like these.')
  })
})
