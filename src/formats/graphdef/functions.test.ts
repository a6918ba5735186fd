import { describe, expect, it } from 'vitest'
import { readFunctions, writeFunctions } from './functions'

const camelCase = {
  function: [
    {
      signature: {
        name: 'body',
        inputArg: [
          { name: 'i', type: 'DT_INT32' },
          { name: 'rest', typeListAttr: 'T' },
        ],
        outputArg: [{ name: 'out', type: 'DT_INT32' }],
      },
      nodeDef: [{ name: 'add', op: 'AddV2', input: ['i', 'one:output:0', '^i'], attr: { T: { type: 'DT_INT32' } } }],
      ret: { out: 'add:z:0' },
    },
  ],
}
const snakeCase = {
  function: [
    {
      signature: {
        name: 'body',
        input_arg: camelCase.function[0].signature.inputArg,
        output_arg: camelCase.function[0].signature.outputArg,
      },
      node_def: camelCase.function[0].nodeDef,
      ret: camelCase.function[0].ret,
    },
  ],
}

describe('readFunctions', () => {
  it('reads both spellings of protobuf’s JSON, with tensors as a body writes them', () => {
    const [body] = readFunctions(camelCase, 'model.json')
    expect(body).toEqual({
      name: 'body',
      inputs: [
        { name: 'i', dtype: 'int32' },
        { name: 'rest', dtype: 'unknown' },
      ],
      outputs: [{ name: 'out', dtype: 'int32' }],
      nodes: [
        {
          name: 'add',
          op: 'AddV2',
          inputs: ['i', 'one:output:0'],
          controlInputs: ['i'],
          attributes: { T: { kind: 'dtype', value: 'int32' } },
        },
      ],
      returns: { out: 'add:z:0' },
    })
    expect(readFunctions(snakeCase, 'model.json')).toEqual([body])
  })

  it('reads what was written', () => {
    const functions = readFunctions(camelCase, 'model.json')
    expect(readFunctions(writeFunctions(functions), 'model.json')).toEqual(functions)
    expect(readFunctions(writeFunctions([]), 'model.json')).toEqual([])
    expect(readFunctions(undefined, 'model.json')).toEqual([])
  })

  it.each([
    [{ function: 1 }],
    [{ function: [{}] }],
    [{ function: [{ signature: { name: 'f' }, nodeDef: 1 }] }],
    [{ function: [{ signature: { name: 'f', inputArg: [{}] } }] }],
    [{ function: [{ signature: { name: 'f' }, ret: { a: 1 } }] }],
  ])('refuses %j', (library) => {
    expect(() => readFunctions(library, 'model.json')).toThrow(expect.objectContaining({ code: 'bad-graph' }) as Error)
  })
})
