import { describe, expect, it } from 'vitest'
import { openModel } from '../formats'
import { quiet, textFile } from '../formats/testing/files'
import { sharedCase } from '../formats/testing/shared-cases'
import { analyse } from './model/analyse'

const members = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf']

describe('operations named like members of every object', () => {
  it.each(members)('%s is an operation that nothing here runs', async (op) => {
    const text = `
      node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } }
        attr { key: "shape" value { shape { dim { size: -1 } dim { size: 8 } dim { size: 8 } dim { size: 3 } } } } }
      node { name: "odd" op: "${op}" input: "x" attr { key: "fused_ops" value { list { s: "${op}" } } } }
      node { name: "y" op: "Relu" input: "odd" attr { key: "T" value { type: DT_FLOAT } } }`
    const model = await analyse(await openModel([textFile('odd.pbtxt', text)], quiet), () => Promise.resolve())
    expect([...model.blocked.keys()]).toEqual(['odd'])
    expect(model.cuts.verdicts.get('y:0')?.canCut).toBe(false)
  })
})

describe('an operation with fewer inputs than it takes', () => {
  const text = `
    node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } }
    node { name: "norm" op: "BatchNormWithGlobalNormalization" input: "x" attr { key: "T" value { type: DT_FLOAT } } }`

  it('is told when it is read', async () => {
    await expect(openModel([textFile('few.pbtxt', text)], quiet)).rejects.toMatchObject({
      code: 'bad-graph',
      message: expect.stringContaining('takes 5 inputs, but has 1') as string,
    })
  })

  it('is told of legacy-arity of ../shared', async () => {
    const files = sharedCase('legacy-arity')
    if (!files) return
    await expect(openModel(files, quiet)).rejects.toMatchObject({ code: 'bad-graph' })
  })
})
