import { describe, expect, it } from 'vitest'
import { planIntake } from './plan'
import type { IntakeChoices, IntakePlan, Listing } from './types'

/** A listing of pictures by their paths; a name with `.zip/` in it is in that zip. */
function listing(paths: readonly string[], more: Partial<Listing> = {}): Listing {
  const pictures = paths.map((path) => {
    const archive = /^(.*?\.zip)\//.exec(path)?.[1] ?? null
    const above = archive?.split('/').slice(0, -1).join('/')
    const inside = archive === null ? path : path.slice(archive.length + 1)
    return { path, plainPath: above ? `${above}/${inside}` : inside, archive }
  })
  return { pictures, lists: [], archives: [], annotations: [], leftByTools: [], rejected: [], ...more }
}

const plan = (paths: readonly string[], choices: IntakeChoices = {}): IntakePlan =>
  planIntake(listing(paths), [], choices)

/** The label of each photo, in its place. */
const labels = (found: IntakePlan): (string | null | undefined)[] => found.photos.map((photo) => photo?.label)
const parts = (found: IntakePlan): (string | null | undefined)[] => found.photos.map((photo) => photo?.part)

describe('folders whose names are hard to tell apart', () => {
  it('are told where they become one label, and where they do not', () => {
    const long = 'x'.repeat(80)
    const paths = ['cats/1.jpg', 'cats /2.jpg', 'Caf\u00e9/3.jpg', 'Cafe\u0301/4.jpg', 'Dogs/5.jpg', 'dogs/6.jpg']
    const { near } = plan([...paths, `${long}a/7.jpg`, `${long}b/8.jpg`, 'owls/9.jpg'])
    expect(near.joined).toEqual([
      { label: 'cats', names: ['cats', 'cats '] },
      { label: 'Caf\u00e9', names: ['Caf\u00e9', 'Cafe\u0301'] },
      { label: long, names: [`${long}a`, `${long}b`] },
    ])
    expect(near.apart).toEqual([['Dogs', 'dogs']])
  })

  it('are none where the same name stands under several folders', () => {
    expect(plan(['train/cats/1.jpg', 'train/dogs/2.jpg', 'val/cats/3.jpg']).near).toEqual({ joined: [], apart: [] })
  })
})

describe('a folder of held-out photos alone', () => {
  it('is dealt like any, and pins them where that is chosen', () => {
    const paths = ['test/cats/1.jpg', 'test/dogs/2.jpg']
    expect(parts(plan(paths))).toEqual([null, null])
    expect(labels(plan(paths))).toEqual(['cats', 'dogs'])
    expect(plan(paths).parts).toMatchObject({ names: ['test'], photos: { test: 2 }, used: false })
    expect(parts(plan(paths, { parts: true }))).toEqual(['test', 'test'])
    expect(parts(plan(['data/val/cats/1.jpg'], { parts: true }))).toEqual(['validation'])
  })

  it('is a label like any where it names nothing, or others lie beside it', () => {
    expect(parts(plan(['test/1.jpg', 'test/2.jpg']))).toEqual([null, null])
    expect(parts(plan(['test/a/1.jpg', 'car/b/2.jpg']))).toEqual([null, null])
  })
})

describe('labels of folders, where nothing has to be asked', () => {
  it.each<[string, string[], (string | null)[]]>([
    ['a folder a label', ['set/cats/1.jpg', 'set/dogs/2.jpg'], ['cats', 'dogs']],
    ['folders dropped at once', ['cats/1.jpg', 'dogs/2.jpg'], ['cats', 'dogs']],
    ['one folder', ['cats/1.jpg', 'cats/2.jpg'], ['cats', 'cats']],
    ['loose photos', ['1.jpg', '2.jpg'], [null, null]],
    ['one folder of no telling name', ['images/1.jpg', 'images/2.jpg'], ['images', 'images']],
    ['a chain of single folders', ['dataset/dataset/cats/1.jpg', 'dataset/dataset/dogs/1.jpg'], ['cats', 'dogs']],
    ['a chain with one label', ['dataset/dataset/cats/1.jpg'], ['cats']],
    ['dates below the labels', ['cat/2024-01/1.jpg', 'cat/2024-02/2.jpg', 'dog/2024-01/3.jpg'], ['cat', 'cat', 'dog']],
    ['dates below one label', ['cat/2024-01/1.jpg', 'cat/2024-02/2.jpg'], ['cat', 'cat']],
    ['days below months', ['a/2024/01.02.2024/1.jpg', 'b/2023/3 May 2023/1.jpg'], ['a', 'b']],
    ['dates above the labels', ['2024-01-05/cat/1.jpg', '2024-02-07/dog/2.jpg'], ['cat', 'dog']],
    ['cameras', ['cat/100CANON/1.jpg', 'cat/101CANON/2.jpg', 'dog/DCIM/3.jpg'], ['cat', 'cat', 'dog']],
    ['numbered cameras above', ['cam1/cat/1.jpg', 'cam2/cat/1.jpg', 'cam2/dog/1.jpg'], ['cat', 'cat', 'dog']],
    ['`images` below the labels', ['cat/images/1.jpg', 'dog/images/2.jpg', 'dog/raw/3.jpg'], ['cat', 'dog', 'dog']],
    ['sessions counted through', ['cat/001/1.jpg', 'cat/002/2.jpg', 'dog/001/3.jpg'], ['cat', 'cat', 'dog']],
    ['digits', ['0/1.png', '1/1.png', '7/1.png'], ['0', '1', '7']],
    ['digits with the parts', ['mnist/train/0/1.png', 'mnist/train/1/1.png', 'mnist/test/0/2.png'], ['0', '1', '0']],
    ['numbered classes', ['class1/1.jpg', 'class2/1.jpg'], ['class1', 'class2']],
    ['a folder in a label', ['cat/1.jpg', 'cat/2.jpg', 'cat/old/3.jpg', 'dog/4.jpg'], ['cat', 'cat', 'cat', 'dog']],
    ['names of one sort of vehicle', ['train/1.jpg', 'car/2.jpg', 'bus/3.jpg'], ['train', 'car', 'bus']],
    ['untidy names', ['Golden  Retriever /1.jpg', 'Cafe\u0301/1.jpg'], ['Golden Retriever', 'Caf\u00e9']],
    ['a back-slash in a name', ['a\\b/1.jpg', 'a/1.jpg'], ['a\\b', 'a']],
    ['one zip a class', ['cats.zip/1.jpg', 'dogs.zip/1.jpg'], ['cats', 'dogs']],
    ['one zip a class, in a folder', ['set/cats.zip/1.jpg', 'set/dogs.ZIP.zip/1.jpg'], ['cats', 'dogs.ZIP']],
    ['one zip a class, some with a folder', ['cats.zip/1.jpg', 'dogs.zip/dogs/1.jpg'], ['cats', 'dogs']],
    ['one zip of one class', ['cats.zip/1.jpg'], ['cats']],
    [
      'one data set in two zips',
      ['a-1.zip/cats/1.jpg', 'a-2.zip/cats/2.jpg', 'a-2.zip/dogs/3.jpg'],
      ['cats', 'cats', 'dogs'],
    ],
    ['a zip beside folders', ['cats.zip/1.jpg', 'dogs/1.jpg'], ['cats', 'dogs']],
    ['a zip in the folder of its label', ['dogs/a.zip/1.jpg', 'cats/1.jpg'], ['dogs', 'cats']],
    [
      'a zip with folders and loose photos',
      ['p.zip/cats/1.jpg', 'p.zip/dogs/1.jpg', 'p.zip/1.jpg'],
      ['cats', 'dogs', null],
    ],
  ])('%s', (_, paths, wanted) => {
    const found = plan(paths)
    expect(labels(found)).toEqual(wanted)
    expect(found.asks).toBe(false)
  })
})

describe('labels of folders, where more than one level may be meant', () => {
  const species = ['Quercus/alba/1.jpg', 'Quercus/robur/2.jpg', 'Rosa/alba/3.jpg', 'Rosa/canina/4.jpg']

  it('never puts two folders of one name together: it asks, and proposes both names', () => {
    const found = plan(species)
    expect(labels(found)).toEqual(['Quercus alba', 'Quercus robur', 'Rosa alba', 'Rosa canina'])
    expect(found.asks).toBe(true)
    expect(found.levels.map(({ depths, labels: count }) => [depths, count])).toEqual([
      [[0, 1], 4],
      [[0], 2],
      [[1], 3],
    ])
  })

  it('takes the level that was chosen', () => {
    const found = plan(species, { level: [0] })
    expect(labels(found)).toEqual(['Quercus', 'Quercus', 'Rosa', 'Rosa'])
    expect(found.asks).toBe(false)
  })

  it('asks though no names are the same', () => {
    const found = plan(['plants/oak/1.jpg', 'plants/rose/2.jpg', 'animals/cat/3.jpg', 'animals/dog/4.jpg'])
    expect(labels(found)).toEqual(['oak', 'rose', 'cat', 'dog'])
    expect(found.asks).toBe(true)
  })

  it('shows the tree with what each folder is', () => {
    const [{ name, photos, role, folders }] = plan(['d/train/a/1.jpg', 'd/train/b/2.jpg', 'd/val/a/3.jpg']).tree.folders
    expect([name, photos, role]).toEqual(['d', 3, null])
    expect(folders.map((folder) => [folder.name, folder.role, folder.folders.map((each) => each.role)])).toEqual([
      ['train', 'part', ['label', 'label']],
      ['val', 'part', ['label']],
    ])
  })

  it('takes a level of dates where it is chosen', () => {
    const found = plan(['cat/2024-01/1.jpg', 'dog/2024-01/2.jpg', 'dog/2024-02/3.jpg'], { level: [1] })
    expect(labels(found)).toEqual(['2024-01', '2024-01', '2024-02'])
  })
})

describe('photos beside the folders of labels', () => {
  it('are counted, and left out if that is chosen', () => {
    const paths = ['set/preview.jpg', 'set/cats/1.jpg', 'set/dogs/2.jpg', 'set/dogs/3.jpg']
    const found = plan(paths)
    expect(labels(found)).toEqual(['set', 'cats', 'dogs', 'dogs'])
    expect(found.loose).toEqual({ photos: 1, taken: true })
    expect(labels(plan(paths, { loose: false }))).toEqual([undefined, 'cats', 'dogs', 'dogs'])
  })

  it('dropped with folders go to the label at hand', () => {
    expect(labels(plan(['1.jpg', 'cats/2.jpg', 'dogs/3.jpg']))).toEqual([null, 'cats', 'dogs'])
  })
})

describe('folders of parts', () => {
  it.each<[string, string[], (string | null)[], (string | null)[]]>([
    [
      'above the labels',
      ['train/a/1.jpg', 'train/b/2.jpg', 'val/a/3.jpg', 'test/b/4.jpg'],
      ['a', 'b', 'a', 'b'],
      ['train', 'train', 'validation', 'test'],
    ],
    [
      'in any case',
      ['d/Train/a/1.jpg', 'd/VALID/a/3.jpg', 'd/Testing/a/4.jpg'],
      ['a', 'a', 'a'],
      ['train', 'validation', 'test'],
    ],
    [
      'by other words',
      ['training_set/a/1.jpg', 'dev/a/3.jpg', 'test2/a/4.jpg'],
      ['a', 'a', 'a'],
      ['train', 'validation', 'test'],
    ],
    [
      'below the labels',
      ['a/train/1.jpg', 'a/test/2.jpg', 'b/train/3.jpg'],
      ['a', 'a', 'b'],
      ['train', 'test', 'train'],
    ],
    ['of other labels', ['train/a/1.jpg', 'test/b/2.jpg'], ['a', 'b'], ['train', 'test']],
    ['as zips', ['train.zip/a/1.jpg', 'val.zip/a/2.jpg'], ['a', 'a'], ['train', 'validation']],
    [
      'of dates',
      ['train/a/2024-01/1.jpg', 'train/b/2024-01/1.jpg', 'val/a/2024-02/2.jpg'],
      ['a', 'b', 'a'],
      ['train', 'train', 'validation'],
    ],
  ])('%s are pinned', (_, paths, wantedLabels, wantedParts) => {
    const found = plan(paths)
    expect(labels(found)).toEqual(wantedLabels)
    expect(parts(found)).toEqual(wantedParts)
    expect(found.parts?.used).toBe(true)
  })

  it('can be dealt again, and then are no labels either', () => {
    const found = plan(['train/a/1.jpg', 'val/a/2.jpg', 'train/b/3.jpg'], { parts: false })
    expect(labels(found)).toEqual(['a', 'a', 'b'])
    expect(parts(found)).toEqual([null, null, null])
    expect(found.parts).toEqual({ names: ['train', 'val'], photos: { train: 2, validation: 1, test: 0 }, used: false })
  })

  it('are none without a train beside them, or without labels', () => {
    for (const paths of [
      ['test/a/1.jpg', 'test/b/2.jpg'],
      ['train/1.jpg', 'test/2.jpg'],
      ['train/1.jpg', 'car/2.jpg'],
    ]) {
      expect(parts(plan(paths))).toEqual([null, null])
    }
  })

  it('leave photos to be tested out that no folder names', () => {
    const found = plan(['train/a/1.jpg', 'train/b/2.jpg', 'test/3.jpg'])
    expect(labels(found)).toEqual(['a', 'b', undefined])
    expect(found.rejected).toEqual([{ name: 'test/3.jpg', reason: 'It is in test, and no folder names its label.' }])
  })

  it('hold for a label that the photos are dropped on', () => {
    const found = plan(['train/1/1.jpg', 'val/1/2.jpg'], { label: 'cat' })
    expect(labels(found)).toEqual(['cat', 'cat'])
    expect(parts(found)).toEqual(['train', 'validation'])
  })
})

describe('object-detection sets', () => {
  const yolo = (paths: readonly string[]): Listing =>
    listing(paths, { annotations: paths.map((path) => ({ path: `${path}.txt`, format: 'YOLO' })) })

  it('give no label of a folder such as `images`, and are asked about', () => {
    const found = planIntake(yolo(['set/images/train/1.jpg', 'set/images/val/2.jpg']), [])
    expect(labels(found)).toEqual([null, null])
    expect(parts(found)).toEqual([null, null])
    expect(found.boxes).toEqual({ formats: ['YOLO'], files: 2 })
    expect(found.asks).toBe(true)
  })

  it('whose folders name labels are taken by these', () => {
    const found = planIntake(yolo(['Images/Chihuahua/1.jpg', 'Images/Beagle/2.jpg']), [])
    expect(labels(found)).toEqual(['Chihuahua', 'Beagle'])
    expect(found.boxes).toBeNull()
  })
})
