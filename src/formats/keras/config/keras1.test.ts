import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openModel } from '../..'
import { memoryFile } from '../../source'
import { quiet } from '../../testing/files'
import { fromKeras1 } from './keras1'

const file = new URL('../../fixtures/keras/keras1.h5', import.meta.url)

it('refuses kernels of Keras 1 in an order that it cannot read, in words', async () => {
  const text = readFileSync(file, 'latin1')
  const first = text.replaceAll('"dim_ordering": "tf"', '"dim_ordering": "th"')
  expect(first).not.toBe(text)
  const model = await openModel([memoryFile('model.h5', Buffer.from(first, 'latin1'))], quiet)
  expect(model.warnings).toHaveLength(1)
  expect(model.warnings[0]).toMatch(/\(Conv2D\) cannot be run here: .*dim_ordering “th”/)
  const ops = new Set(model.graph.nodes.map(({ op }) => op))
  expect(ops).toContain('Keras>Conv2D')
  expect(ops).not.toContain('Conv2D')
})

it('refuses transposed convolutions of Keras 1, whose filters stand where Keras 2 has the channels', () => {
  expect(fromKeras1('Deconvolution2D', { dim_ordering: 'tf' }).refused).toContain('in another order')
  expect(fromKeras1('Convolution2D', { dim_ordering: 'tf' }).refused).toBeUndefined()
})
