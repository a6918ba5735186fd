import { beforeEach, describe, expect, it } from 'vitest'
import { classifier } from '../../graph/testing/networks'
import { createViewEngine } from '../../view/engine/engine'
import { draw, forgetDrawn, withNewFacts } from './drawing'
import { getState, initialState, setState } from '../state/state'

const { engine, feed } = createViewEngine()
const noFacts = { infos: new Map<never, never>(), costs: new Map<never, never>(), verdicts: new Map<never, never>() }

/** Messages between page and worker that are on their way arrive. */
const settle = () => new Promise((resolve) => setTimeout(resolve))

/** A model that is open in place of the one `before`, with something selected in it. */
async function openOne(name: string, before = 0): Promise<number> {
  const drawing = draw(engine)
  drawing.named(name)
  feed.graph(drawing.id, classifier())
  feed.facts(drawing.id, noFacts)
  await drawing.shown
  drawing.keep(before)
  await settle()
  setState(({ view }) => ({ view: { ...view, selected: { kind: 'node', name: 'stem' } } }))
  return drawing.id
}

describe('a model on its way to the screen', () => {
  beforeEach(() => {
    setState(initialState)
  })

  it('is shown as soon as its graph is there, and is complete once all is known', async () => {
    const drawing = draw(engine)
    drawing.named('net')
    expect(getState().graph).toBeNull()
    feed.graph(drawing.id, classifier())
    await drawing.shown
    expect(getState().graph).toMatchObject({ id: drawing.id, name: 'net', complete: false })
    expect(getState().graph?.overview.operations).toBeGreaterThan(0)
    feed.facts(drawing.id, noFacts)
    await settle()
    expect(getState().graph?.complete).toBe(true)
  })

  it('takes the place of the one before, which is forgotten', async () => {
    const first = await openOne('first')
    const second = await openOne('second', first)
    expect(getState().graph).toMatchObject({ id: second, name: 'second' })
    expect(await engine.opened(first)).toBeNull()
    expect(await engine.opened(second)).not.toBeNull()
  })

  it('leaves what was shown as it was when it is given up before its graph comes', async () => {
    const first = await openOne('first')
    const drawing = draw(engine)
    drawing.named('second')
    drawing.giveUp()
    await drawing.shown
    expect(getState().graph?.id).toBe(first)
    expect(getState().view.selected?.name).toBe('stem')
    expect(await engine.opened(first)).not.toBeNull()
  })

  it('gives the place back, with what was selected there, when it is given up afterwards', async () => {
    const first = await openOne('first')
    const drawing = draw(engine)
    drawing.named('second')
    feed.graph(drawing.id, classifier())
    await drawing.shown
    setState(({ view }) => ({ view: { ...view, selected: { kind: 'node', name: 'logits' } } }))
    expect(getState().graph?.name).toBe('second')
    drawing.giveUp()
    expect(getState().graph).toMatchObject({ id: first, name: 'first', complete: true })
    expect(getState().view.selected?.name).toBe('stem')
    expect(await engine.opened(drawing.id)).toBeNull()
  })

  it('is not understood while more is found out about it, whatever comes of that', async () => {
    const id = await openOne('net')
    const seen: (boolean | undefined)[] = []
    await withNewFacts(id, () => Promise.resolve(seen.push(getState().graph?.complete)))
    seen.push(getState().graph?.complete)
    await withNewFacts(id, () => Promise.reject(new Error('no such tensor'))).catch(() => undefined)
    seen.push(getState().graph?.complete)
    expect(seen).toEqual([false, true, true])
  })

  it('is forgotten with all that was shown of it', async () => {
    const id = await openOne('net')
    forgetDrawn(id, () => engine)
    expect(getState().graph).toBeNull()
    expect(await engine.opened(id)).toBeNull()
  })
})
