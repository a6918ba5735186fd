import { beforeEach, describe, expect, it } from 'vitest'
import { addLabel, deleteLabel, mergeLabels, moveLabel, renameLabel } from '../photos/labels'
import { dealAgain, deletePhotos, movePhotos, pinPhotos } from '../photos/photos'
import { getState, initialState, setState } from '../state/state'
import type { HeadEntry, Photo } from '../state/types'
import { isOutOfDate, trainingKey } from '../training/trained-on'
import { beginStep } from './photo-steps'
import { lastStep, redo, undo, undoneStep } from './undo'

const photo = (id: string, label: string, change: Partial<Photo> = {}): Photo => ({
  id,
  name: `${id}.jpg`,
  label,
  part: 'train',
  pinned: false,
  hash: `hash of ${id}`,
  perceptualHash: null,
  group: null,
  width: 4,
  height: 3,
  ...change,
})

const shown = (): string[] => getState().labels.map((label) => `${label}: ${idsOf(label)}`)
const idsOf = (label: string): string =>
  getState()
    .photos.filter((each) => each.label === label)
    .map(({ id }) => id)
    .join(' ')

beforeEach(() => {
  setState({
    ...initialState,
    labels: ['cat', 'dog'],
    photos: [photo('a', 'cat'), photo('b', 'cat'), photo('c', 'dog')],
  })
})

describe('undo and redo of labels and photos', () => {
  it('takes each kind of change back, the latest first, and does it again', async () => {
    const steps: [string, () => void, string[]][] = [
      ['add label owl', () => addLabel('owl'), ['cat: a b', 'dog: c', 'owl: ']],
      ['move 2 photos to owl', () => movePhotos(['a', 'c'], 'owl'), ['cat: b', 'dog: ', 'owl: a c']],
      ['rename to bird', () => renameLabel('owl', 'bird'), ['cat: b', 'dog: ', 'bird: a c']],
      ['move label bird', () => moveLabel('bird', 0), ['bird: a c', 'cat: b', 'dog: ']],
      ['delete 1 photo', () => deletePhotos(['c']), ['bird: a', 'cat: b', 'dog: ']],
      ['merge cat into bird', () => mergeLabels('cat', 'bird'), ['bird: a b', 'dog: ']],
      ['delete label bird', () => deleteLabel('bird'), ['dog: ']],
    ]
    const before = [shown()]
    for (const [word, act, after] of steps) {
      act()
      expect(shown()).toEqual(after)
      expect(lastStep(getState())?.what).toBe(word)
      before.push(after)
    }
    for (let at = steps.length - 1; at >= 0; at--) {
      await undo()
      expect(shown()).toEqual(before[at])
      expect(undoneStep(getState())?.what).toBe(steps[at][0])
    }
    expect(lastStep(getState())?.what).toBeUndefined()
    for (const [, , after] of steps) {
      await redo()
      expect(shown()).toEqual(after)
    }
    expect(undoneStep(getState())?.what).toBeUndefined()
  })

  it('gives the photos back as they were, and forgets what was undone once something else is done', async () => {
    const { photos } = getState()
    deletePhotos(['a', 'b'])
    await undo()
    expect(getState().photos).toBe(photos)
    deletePhotos(['c'])
    await redo()
    expect(shown()).toEqual(['cat: a b', 'dog: '])
  })

  it('makes a trained head out of date where photos changed, and not for an empty label; undone, it is not', async () => {
    setState((now) => ({ heads: [{ id: 'head', trainedOn: trainingKey(now) } as HeadEntry], headId: 'head' }))
    addLabel('owl')
    moveLabel('owl', 0)
    expect(isOutOfDate(getState())).toBe(false)
    movePhotos(['a'], 'dog')
    expect(isOutOfDate(getState())).toBe(true)
    await undo()
    expect(isOutOfDate(getState())).toBe(false)
  })

  it('says nothing of photos that were replaced by other means', async () => {
    deletePhotos(['a'])
    setState({ photos: [photo('x', 'cat')] })
    expect(lastStep(getState())?.what).toBeUndefined()
    await undo()
    expect(shown()).toEqual(['cat: x', 'dog: '])
    deletePhotos(['x'])
    await undo()
    expect(shown()).toEqual(['cat: x', 'dog: '])
  })

  it('refuses names that are taken, and merges with nobody who is not there', () => {
    expect(() => renameLabel('cat', ' dog ')).toThrow(expect.objectContaining({ code: 'bad-name' }))
    expect(() => mergeLabels('cat', 'cow')).toThrow(expect.objectContaining({ code: 'no-such-label' }))
    expect(lastStep(getState())?.what).toBeUndefined()
  })
})

describe('photos that come in over time', () => {
  it('are one step, which waits until all are there', async () => {
    const step = beginStep((n) => `add ${n} photos`)
    step.grow({ labels: ['owl'], photos: [photo('d', 'owl')] })
    step.grow({ labels: [], photos: [photo('e', 'owl'), photo('f', 'cat')] })
    expect(lastStep(getState())?.what).toBeUndefined()
    await undo()
    expect(shown()).toEqual(['cat: a b f', 'dog: c', 'owl: d e'])
    step.close()
    expect(lastStep(getState())?.what).toBe('add 3 photos')
    await undo()
    expect(shown()).toEqual(['cat: a b', 'dog: c'])
    await redo()
    expect(shown()).toEqual(['cat: a b f', 'dog: c', 'owl: d e'])
  })

  it('are lost by no undo of what was done meanwhile', async () => {
    const step = beginStep((n) => `add ${n} photos`)
    step.grow({ labels: [], photos: [photo('d', 'cat')] })
    movePhotos(['d'], 'dog')
    step.grow({ labels: ['owl'], photos: [photo('e', 'owl')] })
    await undo()
    expect(shown()).toEqual(['cat: a b d', 'dog: c', 'owl: e'])
    step.grow({ labels: [], photos: [photo('f', 'owl')] })
    step.close()
    await redo()
    expect(shown()).toEqual(['cat: a b', 'dog: c d', 'owl: e f'])
    await undo()
    await undo()
    expect(shown()).toEqual(['cat: a b', 'dog: c'])
  })
})

describe('parts', () => {
  it('are pinned for a whole recording, and dealt again when let go', async () => {
    setState({ photos: [photo('a', 'cat', { group: 'g' }), photo('b', 'cat', { group: 'g' }), photo('c', 'dog')] })
    pinPhotos(['a'], 'test')
    expect(getState().photos.map(({ part, pinned }) => [part, pinned])).toEqual([
      ['test', true],
      ['test', true],
      ['train', false],
    ])
    pinPhotos(['b'], null)
    expect(getState().photos.every(({ part, pinned }) => part === 'train' && !pinned)).toBe(true)
    await undo()
    expect(getState().photos[1]).toMatchObject({ part: 'test', pinned: true })
  })

  it('follow the shares of now when photos come back', async () => {
    const photos = Array.from({ length: 10 }, (_, index) => photo(`p${index}`, 'cat'))
    setState({ labels: ['cat'], photos })
    deletePhotos(photos.slice(0, 5).map(({ id }) => id))
    setState({ options: { ...getState().options, split: { train: 0.5, validation: 0, test: 0.5 } } })
    dealAgain()
    expect(lastStep(getState())?.what).toBe('delete 5 photos')
    await undo()
    expect(getState().photos.filter(({ part }) => part === 'test')).toHaveLength(5)
  })
})
