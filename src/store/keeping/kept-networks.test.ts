import { describe, expect, it } from 'vitest'
import { initialState, type State } from '../state/state'
import type { HeadEntry, ModelState } from '../state/types'
import { KeptNetworks, mostNetworks } from './kept-networks'

const head = (id: string): HeadEntry => ({ id }) as HeadEntry

/** The state with a network open, cut and with heads. */
const withNetwork = (key: string, heads: readonly string[] = [], cut: string | null = null): State => ({
  ...initialState,
  model: {
    kept: { key, name: key, from: { files: [] }, choices: {} },
    output: null,
    otherInputs: [],
  } as unknown as ModelState,
  heads: heads.map(head),
  headId: heads.at(-1) ?? null,
  cut: cut === null ? null : ({ summary: { tensors: [cut] } } as State['cut']),
})

const deletedHeads = (networks: KeptNetworks, state: State): unknown[] =>
  networks
    .changes(state)
    .changes.flatMap(({ store, key, value }) => (store === 'heads' && value === undefined ? [key] : []))

describe('networks that are kept', () => {
  it('stay with their cut and heads when another one is opened', () => {
    const networks = new KeptNetworks()
    expect(deletedHeads(networks, withNetwork('a', ['1', '2'], 'pool:0'))).toEqual([])
    expect(deletedHeads(networks, withNetwork('b'))).toEqual([])
    expect(networks.get('a')).toMatchObject({ cut: ['pool:0'], headOrder: ['1', '2'], headId: '2' })
    expect(networks.list.map(({ model }) => model.key).sort()).toEqual(['a', 'b'])
  })

  it('are written again when cuts were compared, with what was found', () => {
    const networks = new KeptNetworks()
    const state = withNetwork('a')
    networks.changes(state)
    expect(networks.get('a')).not.toHaveProperty('advice')
    const advice = { cuts: [], photos: 4, labels: 2, on: { photos: '1', settings: '2' }, at: 3 }
    expect(networks.changes({ ...state, advice }).changes).toHaveLength(1)
    expect(networks.get('a')?.advice).toEqual(advice)
    expect(networks.changes({ ...state, advice }).changes).toEqual([])
  })

  it('lose a head only after it was shown and taken away', () => {
    const networks = new KeptNetworks()
    networks.changes(withNetwork('a', ['1', '2']))
    const again = new KeptNetworks()
    again.adopt(networks.list)
    // Opened again, and its heads could not be brought back: they stay.
    again.hold('a')
    expect(again.changes(withNetwork('a')).changes).toEqual([])
    const opened = withNetwork('a')
    again.release(opened, false)
    expect(again.changes(opened).changes).toEqual([])
    expect(deletedHeads(again, withNetwork('a', ['3']))).toEqual([])
    expect(again.get('a')?.headOrder).toEqual(['1', '2', '3'])
    expect(deletedHeads(again, withNetwork('a', []))).toEqual(['3'])
  })

  it('are written once they are back whole', () => {
    const networks = new KeptNetworks()
    networks.changes(withNetwork('a', ['1']))
    networks.hold('a')
    const back = withNetwork('a', ['1'])
    networks.release(back, true)
    expect(networks.changes(back).changes.map(({ store }) => store)).toEqual(['networks'])
  })

  it('make room: those without heads first, then the oldest', () => {
    const networks = new KeptNetworks()
    const aged = (key: string, at: number, heads: string[]) => {
      networks.changes(withNetwork(key, heads))
      const one = networks.get(key)
      if (!one) throw new Error('not kept')
      return { ...one, at }
    }
    networks.adopt([aged('d', 4, ['4']), aged('c', 3, []), aged('b', 2, ['2']), aged('a', 1, ['1'])])
    const droppedBy = (key: string): string[] =>
      networks.changes(withNetwork(key, [`of ${key}`])).dropped.map(({ model }) => model.key)
    expect(droppedBy('e')).toEqual(['c'])
    expect(droppedBy('f')).toEqual(['a'])
    expect(networks.list).toHaveLength(mostNetworks)
  })
})
