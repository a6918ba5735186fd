import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openModel } from '.'
import { indexGraph } from '../graph/lookup/graph-index'
import { pooledMap } from '../graph/lookup/pooled-map'
import { inferShapes } from '../graph/shapes'
import { diskFile, hasSharedModels, quiet, sharedModels } from './testing/files'
import type { SourceFile } from './types'

const sample = new URL('../../public/models/efficientnet-lite0/', import.meta.url)

/** The maps behind everything of a network that is one row of `length` numbers a picture, each once, with their shapes. */
async function mapsOf(files: readonly SourceFile[], length: number) {
  const { graph } = await openModel(files, quiet)
  const infos = inferShapes(graph)
  const pooled = [...infos].filter(
    ([, { shape }]) => shape?.at(-1) === length && shape.slice(1, -1).every((n) => n === 1),
  )
  const maps = pooled.map(([tensor]) => pooledMap(indexGraph(graph), infos, tensor)).filter((map) => map !== null)
  return [...new Set(maps)].map((map) => infos.get(map)?.shape?.slice(1))
}

it('finds the map that the sample network pools', async () => {
  const files = readdirSync(sample).map((name) => diskFile(new URL(name, sample), name))
  expect(await mapsOf(files, 1280)).toEqual([[7, 7, 1280]])
})

it.skipIf(!hasSharedModels)('finds the map that MobileNet v1 pools', async () => {
  const file = diskFile(new URL('mobilenet_v1_0.25_128/frozen_graph.pb', sharedModels), 'frozen_graph.pb')
  expect(await mapsOf([file], 256)).toEqual([[4, 4, 256]])
})
