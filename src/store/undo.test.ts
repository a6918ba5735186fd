import { beforeEach, describe, expect, it } from 'vitest'
import { addLabel, deleteLabel, mergeLabels, moveLabel, renameLabel } from './labels'
import { dealAgain, deletePhotos, movePhotos, pinPhotos } from './photos'
import { getState, initialState, setState } from './state'
import type { HeadEntry, Photo } from './state-types'
import { isOutOfDate, trainingKey } from './trained-on'
import { beginStep, redoPhotos, redoWord, undoPhotos, undoWord } from './undo'

const photo = (id: string, label: string, change: Partial<Photo> = {}): Photo => ({
  id,
  name: `${id}.jpg`,
  label,
  part: 'train',
  pinned: false,
  hash: `hash of ${id}`,
  look: null,
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
  it('takes each kind of change back, the latest first, and does it again', () => {
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
      expect(undoWord(getState())).toBe(word)
      before.push(after)
    }
    for (let at = steps.length - 1; at >= 0; at--) {
      undoPhotos()
      expect(shown()).toEqual(before[at])
      expect(redoWord(getState())).toBe(steps[at][0])
    }
    expect(undoWord(getState())).toBeNull()
    for (const [, , after] of steps) {
      redoPhotos()
      expect(shown()).toEqual(after)
    }
    expect(redoWord(getState())).toBeNull()
  })

  it('gives the photos back as they were, and forgets what was undone once something else is done', () => {
    const { photos } = getState()
    deletePhotos(['a', 'b'])
    undoPhotos()
    expect(getState().photos).toBe(photos)
    deletePhotos(['c'])
    redoPhotos()
    expect(shown()).toEqual(['cat: a b', 'dog: '])
  })

  it('makes a trained head out of date where photos changed, and not for an empty label; undone, it is not', () => {
    setState((now) => ({ heads: [{ id: 'head', trainedOn: trainingKey(now) } as HeadEntry], headId: 'head' }))
    addLabel('owl')
    moveLabel('owl', 0)
    expect(isOutOfDate(getState())).toBe(false)
    movePhotos(['a'], 'dog')
    expect(isOutOfDate(getState())).toBe(true)
    undoPhotos()
    expect(isOutOfDate(getState())).toBe(false)
  })

  it('says nothing of photos that were replaced by other means', () => {
    deletePhotos(['a'])
    setState({ photos: [photo('x', 'cat')] })
    expect(undoWord(getState())).toBeNull()
    undoPhotos()
    expect(shown()).toEqual(['cat: x', 'dog: '])
    deletePhotos(['x'])
    undoPhotos()
    expect(shown()).toEqual(['cat: x', 'dog: '])
  })

  it('refuses names that are taken, and merges with nobody who is not there', () => {
    expect(() => renameLabel('cat', ' dog ')).toThrow(expect.objectContaining({ code: 'bad-name' }))
    expect(() => mergeLabels('cat', 'cow')).toThrow(expect.objectContaining({ code: 'no-such-label' }))
    expect(undoWord(getState())).toBeNull()
  })
})

describe('photos that come in over time', () => {
  it('are one step, which waits until all are there', () => {
    const step = beginStep((n) => `add ${n} photos`)
    step.grow({ labels: ['owl'], photos: [photo('d', 'owl')] })
    step.grow({ labels: [], photos: [photo('e', 'owl'), photo('f', 'cat')] })
    expect(undoWord(getState())).toBeNull()
    undoPhotos()
    expect(shown()).toEqual(['cat: a b f', 'dog: c', 'owl: d e'])
    step.close()
    expect(undoWord(getState())).toBe('add 3 photos')
    undoPhotos()
    expect(shown()).toEqual(['cat: a b', 'dog: c'])
    redoPhotos()
    expect(shown()).toEqual(['cat: a b f', 'dog: c', 'owl: d e'])
  })

  it('are lost by no undo of what was done meanwhile', () => {
    const step = beginStep((n) => `add ${n} photos`)
    step.grow({ labels: [], photos: [photo('d', 'cat')] })
    movePhotos(['d'], 'dog')
    step.grow({ labels: ['owl'], photos: [photo('e', 'owl')] })
    undoPhotos()
    expect(shown()).toEqual(['cat: a b d', 'dog: c', 'owl: e'])
    step.grow({ labels: [], photos: [photo('f', 'owl')] })
    step.close()
    redoPhotos()
    expect(shown()).toEqual(['cat: a b', 'dog: c d', 'owl: e f'])
    undoPhotos()
    undoPhotos()
    expect(shown()).toEqual(['cat: a b', 'dog: c'])
  })
})

describe('parts', () => {
  it('are pinned for a whole recording, and dealt again when let go', () => {
    setState({ photos: [photo('a', 'cat', { group: 'g' }), photo('b', 'cat', { group: 'g' }), photo('c', 'dog')] })
    pinPhotos(['a'], 'test')
    expect(getState().photos.map(({ part, pinned }) => [part, pinned])).toEqual([
      ['test', true],
      ['test', true],
      ['train', false],
    ])
    pinPhotos(['b'], null)
    expect(getState().photos.every(({ part, pinned }) => part === 'train' && !pinned)).toBe(true)
    undoPhotos()
    expect(getState().photos[1]).toMatchObject({ part: 'test', pinned: true })
  })

  it('follow the shares of now when photos come back', () => {
    const photos = Array.from({ length: 10 }, (_, index) => photo(`p${index}`, 'cat'))
    setState({ labels: ['cat'], photos })
    deletePhotos(photos.slice(0, 5).map(({ id }) => id))
    setState({ options: { ...getState().options, split: { train: 0.5, validation: 0, test: 0.5 } } })
    dealAgain()
    expect(undoWord(getState())).toBe('delete 5 photos')
    undoPhotos()
    expect(getState().photos.filter(({ part }) => part === 'test')).toHaveLength(5)
  })
})
