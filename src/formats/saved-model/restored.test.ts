import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../graph/testing/build'
import type { FunctionGraph, WeightStore } from '../../graph/types'
import { restoredBy } from './restored'

/** Texts are their own weights: those of a constant are in its name, joined by commas. */
const weights: WeightStore = {
  raw: () => Promise.reject(new Error('not asked')),
  values: (id) => Promise.resolve(id.split('|')[1].split(',')),
}

/** Has `variables` read `keys` from the checkpoint that `file` names. */
function restore(build: GraphBuilder, scope: string, file: string, variables: readonly string[], keys: string): void {
  const names = build.constant(`${scope}/names|${keys}`, [variables.length], undefined, 'string')
  const slices = build.constant(`${scope}/slices|${variables.map(() => '').join()}`, [2], undefined, 'string')
  build.node('RestoreV2', `${scope}/RestoreV2`, [file, names, slices])
  variables.forEach((variable, position) => {
    build.node('Assign', `${scope}/Assign_${position}`, [variable, `${scope}/RestoreV2:${position}`])
  })
}

/** Two variables that were first read from the checkpoint of another network, then saved. */
function trainedOn(): GraphBuilder {
  const build = new GraphBuilder()
  for (const variable of ['a', 'b']) build.node('VariableV2', variable, [])
  build.constant('init/prefix', [], undefined, 'string')
  build.constant('save/Const', [], undefined, 'string')
  restore(build, 'init', 'init/prefix', ['a', 'b'], 'other/a,other/b')
  restore(build, 'save', 'save/Const', ['a', 'b'], 'a/mean,b')
  return build
}

const keysOf = async (build: GraphBuilder, name: string | null, functions: readonly FunctionGraph[] = []) =>
  [...(await restoredBy({ nodes: build.graph().nodes, functions }, weights, name))].map(([node, { key }]) => [
    node,
    key,
  ])

describe('what a saver restores', () => {
  it('is what it reads from its own checkpoint, not what training began with', async () => {
    expect(await keysOf(trainedOn(), 'save/Const:0')).toEqual([
      ['a', 'a/mean'],
      ['b', 'b'],
    ])
  })

  it('is whatever is read where nothing is read by the name that is stated', async () => {
    expect(await keysOf(trainedOn(), 'elsewhere:0')).toEqual(await keysOf(trainedOn(), null))
    expect(await keysOf(trainedOn(), null)).toHaveLength(2)
  })

  it('is found in a function that gets the name of the checkpoint', async () => {
    const body = new GraphBuilder()
    body.node('Identity', 'name', ['file_prefix'])
    restore(body, 'own', 'name', ['first', 'second'], 'one,two')
    const inputs = ['file_prefix', 'first', 'second'].map((name) => ({ name, dtype: 'unknown' as const }))
    const restoring: FunctionGraph = { name: 'restore', inputs, outputs: [], nodes: body.graph().nodes, returns: {} }
    const build = trainedOn()
    build.placeholder('saver_filename', [], 'string')
    build.node('StatefulPartitionedCall', 'call', ['saver_filename', 'b', 'a'], {
      f: { kind: 'function', name: 'restore', attributes: {} },
    })
    expect(await keysOf(build, 'saver_filename:0', [restoring])).toEqual([
      ['b', 'one'],
      ['a', 'two'],
    ])
  })
})
