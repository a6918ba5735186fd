import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { getState, setState } from '../state/state'
import {
  back,
  canGoBack,
  canGoForward,
  forward,
  select,
  setColourBy,
  setDirection,
  setLookedAt,
  setUnfolded,
  show,
  startKeepingViews,
} from './view'

const graph = (id: number) => ({
  id,
  complete: false,
  name: `model ${id}`,
  overview: { opening: [], operations: 3, constants: 1 },
})

describe('view', () => {
  beforeAll(startKeepingViews)
  beforeEach(() => {
    setState({ graph: null })
    setState({ graph: graph(1) })
  })

  it('shows, goes back to what was unfolded, and forward', () => {
    setUnfolded(new Set(['a']))
    show({ kind: 'node', name: 'a/x' })
    setUnfolded(new Set(['a', 'b']))
    show({ kind: 'tensor', name: 'b/y:0' })
    expect(canGoForward(getState())).toBe(false)
    const before = getState().view.focus?.sequence ?? 0
    back()
    expect(getState().view.selected).toEqual({ kind: 'node', name: 'a/x' })
    expect(getState().view.unfolded).toEqual(new Set(['a', 'b']))
    expect(getState().view.focus).toEqual({ selection: { kind: 'node', name: 'a/x' }, sequence: before + 1 })
    back()
    expect(getState().view.selected).toBeNull()
    expect(getState().view.unfolded).toEqual(new Set(['a']))
    expect(canGoBack(getState())).toBe(false)
    forward()
    forward()
    expect(getState().view.selected?.name).toBe('b/y:0')
    expect(canGoForward(getState())).toBe(false)
  })

  it('goes back to what was on screen, unless it is laid out otherwise by now', () => {
    let spot = { x: 10, y: 20, zoom: 0.5 }
    const forget = setLookedAt(() => spot)
    show({ kind: 'node', name: 'far' })
    expect(getState().view.focus).not.toHaveProperty('spot')
    spot = { x: 9000, y: 9000, zoom: 1 }
    back()
    expect(getState().view.selected).toBeNull()
    expect(getState().view.focus).toMatchObject({ selection: null, spot: { x: 10, y: 20, zoom: 0.5 } })
    spot = { x: 10, y: 20, zoom: 0.5 }
    forward()
    expect(getState().view.focus).toMatchObject({ selection: { name: 'far' }, spot: { x: 9000, y: 9000, zoom: 1 } })
    setDirection(getState().view.direction === 'down' ? 'right' : 'down')
    const before = getState().view.focus
    back()
    expect(getState().view.selected).toBeNull()
    expect(getState().view.focus).toBe(before)
    forget()
    setDirection('down')
  })

  it('starts over with another graph, and keeps what the user likes', () => {
    select({ kind: 'scope', name: 'a' })
    setUnfolded(new Set(['a']))
    setDirection('right')
    setColourBy('parameters')
    setState({ graph: graph(2) })
    expect(getState().view).toMatchObject({ selected: null, unfolded: null, focus: null })
    expect(getState().view).toMatchObject({ direction: 'right', colourBy: 'parameters' })
    expect(canGoBack(getState())).toBe(false)
  })

  it('stays as it is while the same graph learns more', () => {
    show({ kind: 'scope', name: 'a' })
    setState({ graph: { ...graph(1), complete: true } })
    expect(getState().view.selected?.name).toBe('a')
  })
})
