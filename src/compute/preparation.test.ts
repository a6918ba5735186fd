import { describe, expect, it } from 'vitest'
import { openModel } from '../formats'
import { frozenFiles } from '../formats/frozen/testing/fixtures'
import { quiet } from '../formats/testing/files'
import { ownClassifier } from './classifier'
import { analyse, toOpened } from './opened'

const go = (): Promise<void> => Promise.resolve()

describe('a graph that begins with an encoded picture', () => {
  it('takes pictures where they are resized, as bytes, since it scales them itself', async () => {
    const model = await analyse(await openModel(frozenFiles('retrained'), quiet), go)
    const opened = toOpened(model)
    expect(opened.image).toEqual({ shape: [1, 33, 33, 3], dtype: 'float32' })
    expect(opened.preprocessing).toMatchObject({ input: 'ResizeBilinear:0', width: 33, height: 33, range: '0to255' })
    expect([opened.preprocessingBasis, opened.preprocessingKnown]).toEqual(['graph', true])
    // What comes before is neither asked for nor held against it.
    expect([opened.otherInputs, opened.blocked]).toEqual([[], []])
    expect(model.cuts.verdicts.get('DecodeJpeg:0')?.why).toContain('decoded and resized before')
    expect(model.cuts.verdicts.get('pool_3/_reshape:0')?.canCut).toBe(true)
  })

  it('names pictures with the labels it was retrained on, through the layer between', async () => {
    const model = await analyse(await openModel(frozenFiles('retrained'), quiet), go)
    expect(ownClassifier(model)).toEqual({ cut: ['final_result:0'], labels: ['bags', 'dress', 'pants', 'shoes'] })
    expect(model.cuts.verdicts.get('final_result:0')?.canCut).toBe(true)
  })
})
