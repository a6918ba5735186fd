import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { FreezePoints } from '../../graph/tail/types'
import { firstTail, type TailOptions } from '../../tail-options'
import { tuningTexts } from '../../texts/training/tuning'
import { LayersOf } from './TailSettings'

const known: FreezePoints = {
  points: [
    { tensor: 'image:0', layers: 2, parameters: 30 },
    { tensor: 'conv:0', layers: 1, parameters: 10 },
  ],
  stopped: null,
}

const shown = (tail: Partial<TailOptions>, points = known): string =>
  renderToStaticMarkup(
    createElement(LayersOf, { known: points, tail: { ...firstTail, ...tail }, onChange: () => undefined }),
  )

it('how many layers learn is chosen on a slider', () => {
  expect(shown({ layers: 1 })).toContain('aria-valuetext="the last layer, 10 numbers"')
  expect(shown({ from: 'image:0' })).toContain('aria-valuetext="the last 2 layers, 30 numbers"')
})

it('a place that is none of those found is named, with a way back to the slider', () => {
  const markup = shown({ from: 'elsewhere:0' })
  expect(markup).toContain('elsewhere:0')
  expect(markup).toMatch(/<button[^>]*>Take the last 2 layers<\/button>/)
  expect(markup).not.toContain(tuningTexts.layers.none)
})

it('places behind the last layer are not offered, and named where they were asked for', () => {
  const behind = { tensor: 'product:0', layers: 0, parameters: 5 }
  const withBehind = { ...known, points: [...known.points, behind] }
  expect(shown({ layers: 1 }, withBehind)).toMatch(/max="1" [^>]*value="0"/)
  expect(shown({ from: 'product:0' }, withBehind)).toContain('what is behind the last layer, 5 numbers')
  expect(shown({}, { ...known, points: [behind] })).toContain(tuningTexts.layers.none)
})

it('none is offered where none can be trained', () => {
  expect(shown({}, { points: [], stopped: null })).toContain(tuningTexts.layers.none)
})
