import { beforeEach, expect, test, vi } from 'vitest'
import { CutpointError } from '../errors'
import { writers } from '../formats/writers'
import { beginStore } from '../store/testing/begin'
import type { State } from '../store/state/state'
import { boxActions } from './boxes'
import type { AnyAction } from './types'

type Begun = Awaited<ReturnType<typeof begin>>

/** What page and worker know, with commands of the canvas that were done. */
async function begin() {
  const store = await beginStore()
  const { fakes, getState, setState } = store
  const { allActions } = await import('.')
  const { registerCommands } = await import('../store/page/commands')
  const { usePage } = await import('../store/page/page')
  const { useTheme } = await import('../store/page/theme')
  const { useSelection } = await import('../store/photos/selection')
  const { cut } = await import('../store/model/cut')
  const { addPhotos } = await import('../store/photos/photos')
  const { train } = await import('../store/training/training')
  const { advise } = await import('../store/training/advice')
  const { undo } = await import('../store/history/undo')
  const { reset } = await import('../store/projects/reset')
  const { show } = await import('../store/graph-view/view')
  // Refused as the real worker refuses it.
  fakes.fate = (_, __, name, args) => {
    const { model, cut: made, head } = fakes.latest
    const refuse = (code: 'no-model' | 'no-images' | 'no-cut' | 'not-trained' | 'one-label') =>
      new CutpointError(code, code, '')
    if (model === null && ['tensors', 'run', 'features', 'exportFeatures', 'train', 'advise'].includes(name))
      return refuse('no-model')
    if (made.length === 0 && ['features', 'exportFeatures', 'train'].includes(name)) return refuse('no-cut')
    if (head === null && ['predict', 'export'].includes(name)) return refuse('not-trained')
    if (name === 'exportFeatures') {
      if ((args[2] as { images: readonly unknown[] }).images.length === 0) return refuse('no-images')
    }
    if (name === 'train') {
      const images = args[1] as readonly { label: string; part: string }[]
      const labels = images.filter(({ part }) => part === 'train').map(({ label }) => label)
      if (new Set(labels).size < 2) return refuse('one-label')
    }
    if (name === 'advise') {
      const images = args[1] as readonly { label: string }[]
      const count = (label: string): number => images.filter((image) => image.label === label).length
      const pairs = [...new Set(images.map(({ label }) => label))].filter((label) => count(label) > 1)
      if (pairs.length < 2) return refuse('no-images')
    }
    return 'answers'
  }
  const done: string[] = []
  const hand = (what: string) => (): void => void done.push(what)
  const hasGraph = (): boolean => getState().graph !== null
  const register = (): void => {
    const names = ['fit', 'zoom-in', 'zoom-out', 'unfold-all', 'overview', 'map', 'focus-graph'] as const
    const others = ['find', 'commands', 'save-svg', 'save-png', 'print'] as const
    for (const name of [...names, ...others]) {
      registerCommands({ [name]: () => hasGraph() && done.push(name) })
    }
    registerCommands({ 'zoom-selection': () => getState().view.selected && done.push('zoom-selection') })
  }
  register()
  const add = (label: string, names: readonly string[]) =>
    addPhotos(names.map((name) => ({ name, label, blob: new Blob([`${label} ${name}`]), part: 'train' as const })))
  const suggest = (suggestedCut: string | null): void =>
    setState(({ model }) => ({ model: model && { ...model, summary: { ...model.summary, suggestedCut } } }))
  /** All that can change but what is told and what runs. */
  const seen = (): unknown[] => {
    const state = getState()
    const fields = (Object.keys(state) as (keyof State)[]).filter((field) => field !== 'notices' && field !== 'jobs')
    const { present, wanted, room, keys } = usePage.getState()
    const { ids, moving } = useSelection.getState()
    return [...fields.map((field) => state[field]), present, wanted, room, keys, useTheme.getState().dark, ids, moving]
  }
  /** Remembers how things are, and gives what brings that back. */
  const remember = () => {
    const [state, page, theme, selection] = [
      getState(),
      usePage.getState(),
      useTheme.getState(),
      useSelection.getState(),
    ]
    const worker = fakes.latest
    const { model, cut: made, head } = worker
    return () => {
      setState(state)
      usePage.setState(page)
      useTheme.setState(theme)
      useSelection.setState(selection)
      Object.assign(worker, { model, cut: made, head })
    }
  }
  return {
    ...{
      ...store,
      allActions,
      done,
      hand,
      cut,
      add,
      train,
      advise,
      undo,
      reset,
      show,
      suggest,
      seen,
      remember,
      useSelection,
    },
    calls: () => fakes.lives.flatMap(({ calls }) => calls).length,
  }
}

/** Things that a visit comes to, each after the one before. */
const stages: readonly (readonly [name: string, go: (store: Begun) => unknown])[] = [
  ['a model is open', ({ suggest }) => suggest('pool:0')],
  ['it is cut', ({ cut }) => cut(['a:0'])],
  ['something is selected', ({ show }) => show({ kind: 'node', name: 'b' })],
  ['a label has photos', ({ add }) => add('first', ['1', '2'])],
  ['two have', ({ add }) => add('second', ['3'])],
  ['two have two', ({ add }) => add('second', ['3a'])],
  ['cuts are compared', ({ advise }) => advise()],
  ['a head is trained', ({ train }) => train()],
  [
    'a training was interrupted',
    async ({ getState, setState }) => {
      const { firstTail } = await import('../tail-options')
      const { trainingKey } = await import('../store/training/trained-on')
      setState(({ options }) => ({ options: { ...options, tail: firstTail } }))
      const { options, labels, cut: made, preprocessing } = getState()
      if (!made || !preprocessing) throw new Error('nothing is cut')
      const of = { options, labels, cut: made.summary.tensors, preprocessing, on: trainingKey(getState()) }
      setState({
        paused: { ...of, id: 'training', network: 'net', history: [], at: 1, onDisk: true, why: 'interrupted' },
      })
    },
  ],
  [
    'one runs that can be paused',
    ({ setState }) => {
      const job = { id: 'job', what: 'Training', done: 0, total: 0, unit: null, left: null }
      setState({ jobs: [{ ...job, cancelling: false, pausable: true, pausing: false }] })
    },
  ],
  [
    'a photo is selected',
    ({ useSelection, getState, setState }) => {
      setState({ jobs: [] })
      useSelection.setState({ ids: new Set([getState().photos[0].id]) })
    },
  ],
  ['something is undone', ({ undo }) => undo()],
  [
    'all is forgotten',
    async ({ reset, getState, setState }) => {
      const { backend } = getState()
      await reset()
      setState({ backend })
    },
  ],
]

/** What actions are about that need something, by their names. */
function givenTo({ hand, getState }: Begun): Readonly<Partial<Record<string, readonly unknown[]>>> {
  const box = [
    {
      ...{
        walk: hand('walk'),
        goTo: hand('go'),
        open: hand('open'),
        foldAround: hand('fold'),
        pickTensor: hand('pick'),
      },
    },
  ]
  const photo = { walk: hand('walk'), toggle: hand('toggle'), selectAll: hand('all'), selectIfNone: hand('one') }
  const head = getState().headId ?? 'none'
  const search = [{ take: hand('take'), leave: hand('leave') }]
  const picture = [{ at: 1, count: 3, go: hand('go') }]
  return {
    ...Object.fromEntries(Object.keys(boxActions).map((name) => [name, box])),
    ...{ selectNothing: [hand('nothing')], cutFound: search, showFound: search, leaveSearch: search },
    ...{ previousPicture: picture, nextPicture: picture },
    ...{ extendSelection: [photo, {}], walkPhotos: [photo, {}], selectPhoto: [photo], selectAllPhotos: [photo] },
    ...{ movePhotosTo: ['second'], pinPhotos: ['test'] },
    ...{ renameLabel: ['first', hand('rename')], selectLabel: ['first'], labelUp: ['second'], labelDown: ['first'] },
    ...{ mergeLabels: ['first', 'second'], deleteLabel: ['second'] },
    ...{ showTensor: ['a:0'], colourBy: ['parameters'], cancelJob: ['none'] },
    ...{
      setBackend: ['wasm'],
      tell: ['lambda', { does: 'identity' }],
      cut: ['c:0'],
      takeAdvisedCut: [['mean:0']],
      run: [{}, ['a:0']],
    },
    ...{ setPreprocessing: [{ width: 8 }], addImages: ['third', [new Blob(['third 4'])]], predict: [new Blob(['5'])] },
    ...{
      exportModel: ['tfjs-graph'],
      downloadModel: writers,
      exportFeatures: ['npz'],
      chooseHead: [head],
      removeHead: [head],
    },
  }
}

/**
 * Not run where they can be: all changes with them, they measure, or need a worker of their own, or what they take away does
 * not come back with the state; the store has tests of them.
 */
const runElsewhere = new Set([
  'backend',
  'setBackend',
  'open',
  'tell',
  'reset',
  'saveProject',
  'saveProjectFile',
  'downloadModel',
  'downloadFeatures',
  'removeHead',
  'openProject',
  'takeProject',
])

/** What comes of an action: it refused, did nothing, or gave an answer, changed something or had something done. */
async function outcome({ run }: AnyAction, given: readonly unknown[], { seen, calls, done }: Begun) {
  const before = { seen: seen(), calls: calls(), done: done.length }
  try {
    const result = await (run as (...given: readonly unknown[]) => unknown)(...given)
    const changed = seen().some((part, index) => part !== before.seen[index])
    const answered = result !== undefined && typeof result !== 'boolean' && typeof result !== 'number'
    return changed || answered || calls() > before.calls || done.length > before.done ? 'done' : 'nothing'
  } catch (error) {
    if (error instanceof CutpointError) return 'refused'
    throw error
  }
}

beforeEach(() => {
  vi.stubGlobal('window', Object.assign(new EventTarget(), { matchMedia: () => ({ matches: true }) }))
  const documentElement = { dataset: { theme: 'light' }, toggleAttribute: () => undefined }
  vi.stubGlobal('document', Object.assign(new EventTarget(), { documentElement }))
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => work())
  // Nothing is begun by itself meanwhile.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return () => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  }
})

test('what an action says of whether it can be done is what its run does', async () => {
  const store = await begin()
  const { allActions, getState, remember } = store
  const could = new Map<string, Set<boolean>>()
  const outcomes: { at: string; name: string; can: boolean; came: string }[] = []
  for (const [at, go] of stages) {
    await go(store)
    const given = givenTo(store)
    for (const [name, action] of Object.entries(allActions)) {
      const about = given[name] ?? []
      const can = (action.enabled as (...given: readonly unknown[]) => boolean)(getState(), ...about)
      could.set(name, (could.get(name) ?? new Set()).add(can))
      if (can && runElsewhere.has(name)) continue
      const back = remember()
      outcomes.push({ at, name, can, came: await outcome(action, about, store) })
      back()
    }
  }
  const isSometimes = (name: string): boolean => could.get(name)?.size === 2
  expect(outcomes.filter(({ can, came }) => can && came === 'refused')).toEqual([])
  expect(outcomes.filter(({ can, came }) => !can && came === 'done')).toEqual([])
  expect(outcomes.filter(({ name, can, came }) => can && came !== 'done' && isSometimes(name))).toEqual([])
  // Not by all being possible always.
  expect([...could.keys()].filter(isSometimes).length).toBeGreaterThan(40)
})
