import { expect, it } from 'vitest'
import { edgesOf, opBox, sceneOf } from '../testing'
import { trainedBoxes } from '../../../view/scene/trained-boxes'

const boxes = ['stem', 'left', 'right', 'sum', 'old'].map((name, row) => opBox(name, 0, 100 * row))
const scene = sceneOf(boxes, edgesOf(boxes, 'stem>left', 'stem>right', 'left>sum', 'right>sum', 'sum>old'))
const lit = ['n:stem', 'n:left', 'n:right', 'n:sum']

it('finds what of the trunk is behind the tensor from which on the network is trained', () => {
  expect([...trainedBoxes(scene, lit, 'stem:0')].toSorted()).toEqual(['n:left', 'n:right', 'n:sum'])
  expect([...trainedBoxes(scene, lit, 'left:0')]).toEqual(['n:sum'])
})

it('finds nothing where nothing is trained or cut, or the tensor is not seen', () => {
  expect(trainedBoxes(scene, lit, null).size).toBe(0)
  expect(trainedBoxes(scene, null, 'stem:0').size).toBe(0)
  expect(trainedBoxes(scene, lit, 'inside:0').size).toBe(0)
})
