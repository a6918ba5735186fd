import { describe, expect, it } from 'vitest'
import { openModel } from '..'
import { errorOf } from '../testing/errors'
import { quiet } from '../testing/files'
import { asSources, modelFiles, tinyModel } from '../testing/tiny-model'
import { writeTfjsGraph } from '.'

/** The tiny model with `w` as `value` in the graph itself, and no weight files. */
function inlineModel(value: unknown, dtype = 'DT_FLOAT') {
  const model = tinyModel()
  model.modelTopology.node[1] = { name: 'w', op: 'Const', attr: { dtype: { type: dtype }, value } }
  return modelFiles({ ...model, weightsManifest: [] }, {})
}

describe('constants whose value stands in the graph', () => {
  it('become weights, and are written as such', async () => {
    const tensor = { dtype: 'DT_FLOAT', tensorShape: { dim: [{ size: '2' }] }, floatVal: [1.5, -2] }
    const model = await openModel(inlineModel({ tensor }), quiet)
    expect(model.graph.nodes[1]).toEqual({
      name: 'w',
      op: 'Const',
      inputs: [],
      controlInputs: [],
      attributes: { dtype: { kind: 'dtype', value: 'float32' } },
      weight: 'w',
    })
    expect(await model.weights.values('w')).toEqual(Float32Array.of(1.5, -2))
    const again = await openModel(
      asSources(await writeTfjsGraph(model.graph, model.weights, { generatedBy: 'a test' })),
      quiet,
    )
    expect(again.graph).toEqual(model.graph)
  })

  it('of 64-bit integers are brought into int32, with their values at hand', async () => {
    const tensor = { dtype: 'DT_INT64', tensorShape: { dim: [{ size: '2' }] }, int64Val: ['-1', '128'] }
    const { graph } = await openModel(inlineModel({ tensor }, 'DT_INT64'), quiet)
    expect(graph.weights.get('w')).toEqual({ id: 'w', dtype: 'int32', shape: [2], bytes: 8, small: [-1, 128] })
    expect(graph.nodes[1].attributes.dtype).toEqual({ kind: 'dtype', value: 'int64' })
  })

  it('without data are refused by name', async () => {
    const error = await errorOf(openModel(inlineModel({ tensor: { dtype: 'DT_FLOAT', tensorShape: {} } }), quiet))
    expect([error.code, error.details.weight]).toEqual(['bad-weight', 'w'])
  })

  it('of a function’s body are carried along as they are', async () => {
    const value = { tensor: { dtype: 'DT_INT32', tensorShape: {}, intVal: [1] } }
    const library = {
      function: [{ signature: { name: 'f' }, nodeDef: [{ name: 'one', op: 'Const', attr: { value } }], ret: {} }],
    }
    const model = tinyModel()
    model.modelTopology.library = library
    const { graph } = await openModel(modelFiles(model), quiet)
    expect(graph.functions[0].nodes[0].attributes.value).toEqual({ kind: 'opaque', json: value })
    model.modelTopology.library = { function: [{ ...library.function[0], nodeDef: [{ name: 'one', op: 'Const' }] }] }
    expect((await errorOf(openModel(modelFiles(model), quiet))).code).toBe('bad-weight')
  })
})
