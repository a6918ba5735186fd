import { describe, expect, it } from 'vitest'
import { goBack, goForward, leave, noHistory, type History, type VisitedPlace } from './places'

const at = (name: string | null, ...unfolded: string[]): VisitedPlace => ({
  selected: name === null ? null : { kind: 'node', name },
  unfolded: new Set(unfolded),
  spot: null,
  direction: 'down',
  constants: false,
})

const seenFrom = (name: string | null, x: number, zoom = 1): VisitedPlace => ({ ...at(name), spot: { x, y: 0, zoom } })

/** Goes from place to place, as clicks do. */
function walk(...places: VisitedPlace[]): History {
  let history = noHistory
  for (let i = 1; i < places.length; i++) history = leave(history, places[i - 1], places[i].selected)
  return history
}

describe('history of places', () => {
  it('goes back through the places and forward again, with what was unfolded there', () => {
    const [start, a, b] = [at(null), at('a', 'left'), at('b', 'left', 'right')]
    const first = goBack(walk(start, a, b), b)
    expect(first?.place).toBe(a)
    const second = first && goBack(first.history, first.place)
    expect(second?.place).toBe(start)
    expect(second && goBack(second.history, second.place)).toBeNull()
    const again = second && goForward(second.history, second.place)
    expect(again?.place).toBe(a)
    expect(again && goForward(again.history, again.place)?.place).toBe(b)
  })

  it('drops what lay ahead when a new way is taken', () => {
    const step = goBack(walk(at(null), at('a'), at('b')), at('b'))
    const elsewhere = step && leave(step.history, step.place, { kind: 'tensor', name: 'a:0' })
    expect(elsewhere && goForward(elsewhere, at('a'))).toBeNull()
    expect(elsewhere && goBack(elsewhere, at('c'))?.place.selected?.name).toBe('a')
  })

  it('makes no step of the same thing twice, nor of a panel closed in between', () => {
    expect(walk(at(null), at('a'), at('a')).past).toHaveLength(1)
    expect(walk(at(null), at('a'), at(null), at('b')).past.map((place) => place.selected?.name)).toEqual([
      undefined,
      'a',
    ])
  })

  it('makes a step of where nothing was selected only if the user had moved away', () => {
    const spots = (history: History) => history.past.map(({ spot }) => spot?.x)
    expect(spots(walk(seenFrom(null, 0), seenFrom('a', 0), seenFrom(null, 5000), seenFrom('b', 9000)))).toEqual([
      0, 0, 5000,
    ])
    expect(spots(walk(seenFrom(null, 0), seenFrom('a', 0), seenFrom(null, 100), seenFrom('b', 9000)))).toEqual([0, 0])
    // Zoomed out a hundred times, the same distance is nothing to see.
    const [near, far] = [seenFrom('a', 0, 0.01), seenFrom(null, 5000, 0.01)]
    expect(spots(walk(seenFrom(null, 0, 0.01), near, far, seenFrom('b', 9000)))).toEqual([0, 0])
  })

  it('does not grow for ever', () => {
    const many = walk(...Array.from({ length: 500 }, (_, i) => at(`n${i}`)))
    expect(many.past.length).toBeLessThanOrEqual(100)
    expect(many.past.at(-1)?.selected?.name).toBe('n498')
  })
})
