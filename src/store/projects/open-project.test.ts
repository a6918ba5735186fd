import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CutpointError } from '../../errors'
import type { Project } from '../../keeping/project/project'
import { workerDied } from '../../workers/life/lifeline'
import type { Preprocessing } from '../../types'
import type { TrainedHead } from '../../workers/compute'
import { initialState } from '../state/state'
import { beginStore } from '../testing/begin'
import type { Fate } from '../testing/fate'

/** Milliseconds after which a cancelled job that has not stopped has its worker ended. */
const patience = 4_000

const preprocessing: Preprocessing = {
  input: 'in:0',
  width: 4,
  height: 4,
  fit: 'crop',
  range: '0to1',
  order: 'rgb',
  how: 'set by hand',
}

const layer: Project['heads'][number]['layers'][number] = {
  ...{ kind: 'dense', kernel: new Float32Array(4), bias: new Float32Array(2), outputs: 2, activation: 'softmax' },
}

const headAt = (id: string, tensor: string): Project['heads'][number] => ({
  ...{ id, options: initialState.options, cut: [tensor], preprocessing, trainedOn: null, at: 1, labels: ['a', 'b'] },
  ...{
    report: { accuracy: 1 } as unknown as Project['heads'][number]['report'],
    pool: 'average',
    tail: null,
    layers: [layer],
  },
})

const photo = (hash: string): Project['photos'][number] => ({
  ...{ id: `photo-${hash}`, name: `${hash}.png`, label: 'a', part: 'train', pinned: false, hash, group: null },
  ...{ width: 1, height: 1 },
})

/** A model with a value for another input, two photos, a cut, and two heads, one of them trained at another cut. */
const project: Project = {
  model: {
    ...{
      name: 'saved',
      files: [{ path: 'saved.pb', blob: new Blob(['saved']) }],
      choose: null,
      labels: null,
      told: [],
    },
    ...{ output: 'other:0' },
    otherInputs: [{ tensor: 'x:0', value: { shape: [], dtype: 'float32', data: new Float32Array(1) } }],
  },
  ...{
    preprocessing,
    preprocessingKnown: true,
    cut: ['mean:0'],
    advice: null,
    options: initialState.options,
    autoTrain: false,
  },
  ...{
    labels: ['a', 'b'],
    photos: [photo('1'), photo('2')],
    heads: [headAt('one', 'pool:0'), headAt('two', 'mean:0')],
  },
  ...{ pictures: new Map(['1', '2'].map((hash) => [hash, new Blob([hash])])), head: 'two' },
}

/** The store with another model, cut, with a head and a photo of its own; and a project file to be opened. */
async function begun() {
  const store = await beginStore()
  const { cut } = await import('../model/cut')
  const { heads } = await import('../model/heads')
  const { addPhotos } = await import('../photos/photos')
  const { openProject } = await import('./open-project')
  const { cancelJob } = await import('../workers/jobs')
  const { fakes, getState, setState } = store
  fakes.project = () => Promise.resolve(project)
  await addPhotos([{ name: 'mine', label: 'mine', blob: new Blob(['mine']) }])
  await cut(['pool:0'])
  const kept = { report: { accuracy: 1 }, cut: ['pool:0'], preprocessing, head: { layers: [], labels: ['mine'] } }
  await heads.add(kept as unknown as TrainedHead, getState(), null)
  setState({ notices: [], undoSteps: initialState.undoSteps })
  const before = getState()
  const callsBefore = fakes.latest.calls.length
  const parts = ({ model, graph, labels, photos, heads: entries, headId, cut: made, options }: typeof before) => ({
    ...{ model, graph: graph?.id, labels, photos, entries, headId, made, options },
  })
  /** That page and worker have what they had before. */
  const expectOld = (): void => {
    expect(parts(getState())).toEqual(parts(before))
    expect(getState().jobs).toEqual([])
    expect(fakes.latest).toMatchObject({ model: before.model?.id, cut: ['pool:0'], head: heads.current() })
    expect(heads.all().map(({ entry }) => entry)).toEqual(before.heads)
  }
  /** That page and worker have what is in the project. */
  const expectNew = (): void => {
    const state = getState()
    expect(state.labels).toEqual(['a', 'b'])
    expect(state.photos.map(({ hash }) => hash)).toEqual(['1', '2'])
    expect(state.heads.map(({ cut: tensors }) => tensors)).toEqual([['pool:0'], ['mean:0']])
    expect(state.headId).toBe(state.heads[1].id)
    expect(state.cut?.summary.tensors).toEqual(['mean:0'])
    expect(state.graph?.id).toBe(state.model?.id)
    expect(state.jobs).toEqual([])
    expect(fakes.latest).toMatchObject({ model: state.model?.id, cut: ['mean:0'], head: heads.current() })
  }
  /** Opens the project, where the call of that number that it makes of the compute worker meets a fate. */
  const openWith = (step: number, fate: Fate) => {
    fakes.fate = (life, call) => (life === 1 && call === callsBefore + step ? fate : 'answers')
    return openProject(new Blob(['project'])).then(
      () => null,
      (error: unknown) => (error instanceof CutpointError ? error.code : String(error)),
    )
  }
  const cancelled = async (job: string): Promise<void> => {
    const ended = cancelJob(getState().jobs.find(({ what }) => what.includes(job))?.id ?? '')
    await vi.advanceTimersByTimeAsync(patience)
    await ended
  }
  return { ...store, openProject, openWith, expectOld, expectNew, cancelled, callsBefore }
}

/** Calls of the compute worker: open, output, input, the cuts of the heads, its cut, its head. */
const steps = [1, 2, 3, 4, 5, 6, 7]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return () => vi.useRealTimers()
})

describe('a project file', () => {
  it('takes the place of all there is', async () => {
    const { openWith, expectNew, fakes, callsBefore } = await begun()
    expect(await openWith(0, 'answers')).toBeNull()
    expectNew()
    const made = ['open', 'chooseOutput', 'setInput', 'cut', 'cut', 'cut', 'restoreHead']
    expect(fakes.latest.calls.slice(callsBefore, callsBefore + steps.length)).toEqual(made)
  })

  it.each(steps)('is open all the same where the compute worker dies at step %i', async (step) => {
    const { openWith, expectNew, fakes } = await begun()
    expect(await openWith(step, 'dies')).toBeNull()
    expectNew()
    expect(fakes.lives).toHaveLength(2)
  })

  it.each(steps)('changes nothing where step %i fails', async (step) => {
    const { openWith, expectOld } = await begun()
    expect(await openWith(step, new CutpointError('run-failed', 'It does not run.', ''))).toBe('bad-project')
    expectOld()
  })

  it.each(steps)('changes nothing where it is cancelled while step %i hangs', async (step) => {
    const { openWith, expectOld, cancelled } = await begun()
    const opening = openWith(step, 'hangs')
    await vi.advanceTimersByTimeAsync(0)
    await cancelled('Opening the model')
    expect(await opening).toBe('cancelled')
    expectOld()
  })

  it('is read by another worker where the first dies, and changes nothing where that dies too', async () => {
    const { openWith, expectOld, expectNew, fakes } = await begun()
    fakes.project = () => Promise.reject(workerDied())
    expect(await openWith(0, 'answers')).toBe('worker-died')
    expect(fakes.projectLives).toBe(2)
    expectOld()
    fakes.project = (life) => (life === 3 ? Promise.reject(workerDied()) : Promise.resolve(project))
    expect(await openWith(0, 'answers')).toBeNull()
    expect(fakes.projectLives).toBe(4)
    expectNew()
  })

  it('changes nothing where it is cancelled while it is read, or while its pictures are looked at', async () => {
    const { openWith, expectOld, cancelled, fakes } = await begun()
    fakes.project = () => new Promise(() => undefined)
    const reading = openWith(0, 'answers')
    await vi.advanceTimersByTimeAsync(0)
    await cancelled('project')
    expect(await reading).toBe('cancelled')
    expectOld()
    fakes.project = () => Promise.resolve(project)
    fakes.imageFate = (_, __, name) => (name === 'examine' ? 'hangs' : 'answers')
    const looking = openWith(0, 'answers')
    await vi.advanceTimersByTimeAsync(0)
    await cancelled('hoto')
    expect(await looking).toBe('cancelled')
    expectOld()
  })

  it('is open all the same where the image worker dies over a picture, and not where that is another one', async () => {
    const { openWith, expectOld, expectNew, fakes } = await begun()
    fakes.project = () => Promise.resolve({ ...project, pictures: new Map([['1', new Blob(['1'])]]) })
    expect(await openWith(0, 'answers')).toBe('bad-project')
    expectOld()
    fakes.project = () => Promise.resolve(project)
    fakes.imageFate = (life, _, name) => (life === 1 && name === 'examine' ? 'dies' : 'answers')
    expect(await openWith(0, 'answers')).toBeNull()
    expectNew()
  })
})
