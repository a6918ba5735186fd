import { expect, it } from 'vitest'
import { fromPieces, inPieces } from './scene-pieces'
import type { Scene, SceneBox } from '../view/scene/types'

const sceneOf = (count: number): Scene => ({
  boxes: Array.from({ length: count }, (_, index) => ({ id: `n:${index}` }) as SceneBox),
  edges: [],
  width: 10,
  height: 20,
  direction: 'down',
  marks: { lit: null, cutInside: [], distance: {} },
  complete: true,
})

it.each([0, 1, 600, 601, 2_345])('a scene of %i boxes comes whole and in order out of its pieces', async (count) => {
  const scene = sceneOf(count)
  const { first, rest } = inPieces(scene, 1)
  for (const piece of [first.scene, ...rest]) expect(piece.boxes.length).toBeLessThanOrEqual(600)
  expect(await fromPieces(first, (index) => Promise.resolve(rest[index]))).toEqual(scene)
})

it('is given up where a piece is gone', async () => {
  const { first } = inPieces(sceneOf(1_000), 1)
  expect(await fromPieces(first, () => Promise.resolve(null))).toBeNull()
})
