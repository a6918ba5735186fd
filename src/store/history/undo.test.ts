import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CutpointError } from '../../errors'
import type { Told } from '../../types'
import type { TrainedHead } from '../../workers/compute'
import { beginStore } from '../testing/begin'

const half: Told = { does: 'scale', by: 2 }
const third: Told = { does: 'scale', by: 3 }

/** The store with one model open, and all that changes what can be undone. */
async function begun() {
  const store = await beginStore()
  const { cut } = await import('../model/cut')
  const { toldLayers } = await import('../model/model')
  const { addLabel, renameLabel } = await import('../photos/labels')
  const { addPhotos, deletePhotos } = await import('../photos/photos')
  const { tellLayer } = await import('../model/telling')
  const history = await import('./undo')
  const { getState, fakes } = store
  /** What the page shows, after it was seen that the worker has the same. */
  const shown = () => {
    const { cut: made, labels, photos } = getState()
    const [tensors, told] = [made?.summary.tensors ?? [], toldLayers()]
    expect(fakes.latest).toMatchObject({ cut: tensors, told })
    const by = told.map(({ told: what }) => (what.does === 'scale' ? what.by : what.does))
    return [tensors.join(' '), labels.join(' '), photos.map(({ name }) => name).join(' '), by.join(' ')].join(', ')
  }
  const words = () => [history.lastStep(getState())?.what ?? null, history.undoneStep(getState())?.what ?? null]
  const add = (name: string, label: string) => addPhotos([{ name, label, blob: new Blob([name]) }])
  return { ...store, ...history, cut, add, addLabel, renameLabel, deletePhotos, tellLayer, shown, words }
}

/** The code with which something fails; null where it does not. */
const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof CutpointError ? error.code : String(error)),
  )

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return () => vi.useRealTimers()
})

describe('undo and redo of everything, in order of time', () => {
  it('two quick undos undo two cuts, and two quick redos make them again', async () => {
    const { cut, undo, redo, shown } = await begun()
    for (const tensor of ['a', 'b', 'c']) await cut([tensor])
    await Promise.all([undo(), undo()])
    expect(shown()).toBe('a:0, , , ')
    await Promise.all([redo(), redo()])
    expect(shown()).toBe('c:0, , , ')
    await Promise.all([undo(), undo(), undo(), undo()])
    expect(shown()).toBe(', , , ')
  })

  it('takes back cuts, labels, photos and tellings as they were done, and does each again', async () => {
    const { cut, add, addLabel, renameLabel, tellLayer, undo, redo, shown, words } = await begun()
    const steps: [string, () => unknown, string][] = [
      ['cut at Mean:0', () => cut(['net/pool/Mean:0']), 'net/pool/Mean:0, , , '],
      ['add label cat', () => addLabel('cat'), 'net/pool/Mean:0, cat, , '],
      ['say what “lambda” does', () => tellLayer('lambda', half), 'net/pool/Mean:0, cat, , 2'],
      ['add 1 photo', () => add('tom', 'cat'), 'net/pool/Mean:0, cat, tom, 2'],
      ['cut at 2 tensors', () => cut(['a', 'b:1']), 'a:0 b:1, cat, tom, 2'],
      ['rename to lion', () => renameLabel('cat', 'lion'), 'a:0 b:1, lion, tom, 2'],
      ['say that it is not known what “lambda” does', () => tellLayer('lambda', null), 'a:0 b:1, lion, tom, '],
    ]
    const before = [', , , ']
    for (const [word, act, after] of steps) {
      await act()
      expect(shown()).toBe(after)
      expect(words()).toEqual([word, null])
      before.push(after)
    }
    for (let at = steps.length - 1; at >= 0; at--) {
      await undo()
      expect(shown()).toBe(before[at])
      expect(words()).toEqual([at > 0 ? steps[at - 1][0] : null, steps[at][0]])
    }
    await undo()
    for (const [word, , after] of steps) {
      await redo()
      expect(shown()).toBe(after)
      expect(words()[0]).toBe(word)
    }
    await redo()
    expect(shown()).toBe('a:0 b:1, lion, tom, ')
  })

  it('forgets what was undone once anything else is done', async () => {
    const { cut, addLabel, tellLayer, undo, redo, shown, words } = await begun()
    await cut(['a'])
    const others = [() => cut(['b']), () => Promise.resolve(addLabel('cat')), () => tellLayer('lambda', half)]
    for (const other of others) {
      await undo()
      expect(words()[1]).not.toBeNull()
      await other()
      const after = shown()
      await redo()
      expect(shown()).toBe(after)
    }
    expect(shown()).toBe(', , , 2')
  })

  it('keeps the last hundred steps of all kinds together', async () => {
    const { cut, addLabel, undo, shown } = await begun()
    await cut(['a'])
    await cut(['b'])
    for (let label = 0; label < 99; label++) addLabel(`label ${label}`)
    for (let at = 0; at < 120; at++) await undo()
    expect(shown()).toBe('a:0, , , ')
  })
})

describe('undo while something is under way', () => {
  it('waits for a cut that is being made, and takes that one back', async () => {
    const { cut, undo, redo, shown, addLabel } = await begun()
    addLabel('cat')
    await cut(['a'])
    const cutting = cut(['b'])
    await Promise.all([undo(), cutting])
    expect(shown()).toBe('a:0, cat, , ')
    await redo()
    expect(shown()).toBe('b:0, cat, , ')
  })

  it('does not wait for its turn for ever where a cut failed', async () => {
    const { cut, undo, shown, fakes } = await begun()
    await cut(['a'])
    fakes.fate = (_life, _call, name) =>
      name === 'cut' ? new CutpointError('cannot-cut', 'No.', 'Cut elsewhere.') : 'answers'
    const cutting = codeOf(cut(['b']))
    await undo()
    expect(await cutting).toBe('cannot-cut')
    expect(shown()).toBe(', , , ')
  })

  it('puts what is done meanwhile behind it: an undone cut cannot be redone then, a redone one comes before', async () => {
    const { cut, addLabel, undo, redo, shown, words } = await begun()
    await cut(['a'])
    await cut(['b'])
    const undoing = undo()
    addLabel('cat')
    await undoing
    expect(shown()).toBe('a:0, cat, , ')
    expect(words()).toEqual(['add label cat', null])
    const cutting = cut(['c'])
    const both = [undo(), undo()]
    addLabel('dog')
    await Promise.all([cutting, ...both])
    // The second one was about the first label, which is under the other one by now.
    expect(shown()).toBe('a:0, cat dog, , ')
    for (let at = 0; at < 3; at++) await undo()
    expect(shown()).toBe(', , , ')
    const redoing = redo()
    addLabel('dog')
    await redoing
    expect(shown()).toBe('a:0, dog, , ')
    await undo()
    expect(shown()).toBe('a:0, , , ')
    await undo()
    expect(shown()).toBe(', , , ')
  })

  it('takes what is done while a cut or a telling is made back before it', async () => {
    const { cut, addLabel, tellLayer, undo, shown, words } = await begun()
    const cutting = cut(['a'])
    const telling = tellLayer('lambda', half)
    addLabel('cat')
    await Promise.all([cutting, telling])
    expect(words()).toEqual(['add label cat', null])
    await undo()
    expect(shown()).toBe('a:0, , , 2')
    await undo()
    expect(shown()).toBe('a:0, , , ')
    expect(words()).toEqual(['cut at a:0', 'say what “lambda” does'])
  })

  it('takes no cut of another model back, and photos all the same', async () => {
    const { cut, addLabel, open, undo, shown, words, getState, fakes } = await begun()
    addLabel('cat')
    await cut(['a'])
    const opening = open('other')
    await Promise.all([undo(), opening])
    expect(getState().cut).toBeNull()
    expect(shown()).toBe(', cat, , ')
    expect(fakes.latest.calls).not.toContain('uncut')
    expect(words()).toEqual(['add label cat', null])
    await undo()
    expect(shown()).toBe(', , , ')
  })

  it('goes on where the other model could not be opened', async () => {
    const { cut, open, undo, shown, fakes } = await begun()
    await cut(['a'])
    await cut(['b'])
    fakes.fate = (life, _call, name) =>
      life === 1 && name === 'open' ? new CutpointError('not-a-model', 'It is none.', 'Open another.') : 'answers'
    const opening = codeOf(open('other'))
    await undo()
    expect(await opening).toBe('not-a-model')
    expect(shown()).toBe('a:0, , , ')
  })
})

describe('an undo that fails', () => {
  it('is done by the next worker where one dies over it', async () => {
    const { cut, undo, redo, shown, fakes } = await begun()
    await cut(['a'])
    await cut(['b'])
    fakes.fate = (life, _call, name) => (life === 1 && name === 'cut' ? 'dies' : 'answers')
    await Promise.all([undo(), undo()])
    expect(shown()).toBe(', , , ')
    await redo()
    await redo()
    expect(shown()).toBe('b:0, , , ')
  })

  it.each(['cut', 'uncut', 'open'])(
    'leaves all as it was where “%s” kills two workers, and can be tried again',
    async (call) => {
      const { cut, tellLayer, undo, redo, shown, words, fakes } = await begun()
      if (call === 'cut') await cut(['a'])
      if (call === 'open') await tellLayer('lambda', half)
      else await cut(['b'])
      const [before, said] = [shown(), words()]
      // What brings a worker back is no work of this kind.
      fakes.fate = (_life, _call, name, args) => {
        const isUndo = name === call && (call !== 'cut' || String(args[1]) === 'a:0') && args[0] !== 'rebuild'
        return isUndo ? 'dies' : 'answers'
      }
      expect(await codeOf(undo())).toBe('worker-died')
      // As soon as there is another worker, in the same place.
      await vi.waitFor(() => expect(shown()).toBe(before))
      expect(words()).toEqual(said)
      fakes.fate = () => 'answers'
      await undo()
      expect(shown()).toBe(call === 'cut' ? 'a:0, , , ' : ', , , ')
      await redo()
      expect(shown()).toBe(before)
    },
  )

  it('leaves all as it was where the network cannot be cut there', async () => {
    const { cut, undo, shown, words, fakes } = await begun()
    await cut(['a'])
    await cut(['b'])
    fakes.fate = (_life, _call, name) =>
      name === 'cut' ? new CutpointError('cannot-cut', 'No.', 'Cut elsewhere.') : 'answers'
    expect(await codeOf(undo())).toBe('cannot-cut')
    expect(shown()).toBe('b:0, , , ')
    expect(words()).toEqual(['cut at b:0', null])
  })
})

describe('a telling', () => {
  it('that makes the cut and the head go gives them back when it is undone, and takes them again', async () => {
    const { cut, tellLayer, undo, redo, shown, words, getState, fakes } = await begun()
    const { heads } = await import('../model/heads')
    await cut(['wide'])
    const kept = {
      report: {},
      cut: ['wide:0'],
      preprocessing: { input: 'in:0' },
      head: { layers: [] },
    } as unknown as TrainedHead
    await heads.add(kept, getState(), null)
    fakes.fate = (_life, _call, name, [, tensors]) =>
      name === 'cut' && fakes.latest.told.length > 0 && String(tensors) === 'wide:0'
        ? new CutpointError('cannot-cut', 'No.', 'Cut elsewhere.')
        : 'answers'
    await tellLayer('lambda', half)
    expect(shown()).toBe(', , , 2')
    expect(getState().headId).toBeNull()
    const remark = getState().notices.find(({ title }) => title === 'The network is no longer cut there.')
    remark?.action?.run()
    await vi.waitFor(() => expect(shown()).toBe('wide:0, , , '))
    expect(heads.current()).toBe(kept)
    expect(fakes.latest.head).toBe(kept)
    // It says nothing of how things are now.
    expect(getState().notices).not.toContain(remark)
    await redo()
    expect(shown()).toBe(', , , 2')
    expect(getState().headId).toBeNull()
    await undo()
    expect(words()).toEqual(['cut at wide:0', 'say what “lambda” does'])
  })

  it('that is refused is no step', async () => {
    const { tellLayer, shown, words, fakes } = await begun()
    await tellLayer('lambda', half)
    fakes.fate = (_life, _call, name, [job]) =>
      name === 'open' && job !== 'rebuild' ? new CutpointError('cannot-tell', 'No.', 'Tell it otherwise.') : 'answers'
    expect(await codeOf(tellLayer('lambda', third))).toBe('cannot-tell')
    expect(shown()).toBe(', , , 2')
    expect(words()).toEqual(['say what “lambda” does', null])
  })
})
