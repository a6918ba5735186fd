import { describe, expect, it } from 'vitest'
import { openModel } from '..'
import { memoryFile, readAll } from '../source'
import { errorOf } from '../testing/errors'
import { quiet } from '../testing/files'
import type { SourceFile } from '../types'
import { metaGraphFiles } from './testing/fixtures'

const named = (pattern: RegExp): SourceFile[] => metaGraphFiles('training').filter(({ path }) => pattern.test(path))

describe('a checkpoint with its graph', () => {
  it('opens as the network alone, without what trained, measured and saved it', async () => {
    const model = await openModel(metaGraphFiles('training'), quiet)
    const { graph } = model
    expect([model.name, model.format, model.warnings]).toEqual(['training', 'checkpoint', []])
    expect(graph.inputs.map(({ tensor }) => tensor)).toEqual(['image:0', 'is_training:0'])
    expect(graph.outputs.map(({ tensor }) => tensor)).toEqual(['predictions:0'])
    expect(graph.nodes.filter(({ name }) => /^(save|gradients|Adam|beta1_power|accuracy)/.test(name))).toEqual([])
    expect([...graph.weights.keys()]).toEqual(expect.arrayContaining(['conv/weights', 'bn/variance', 'logits/biases']))
  })

  it('opens the same with a compressed index', async () => {
    const plain = await openModel(metaGraphFiles('training'), quiet)
    const [index] = metaGraphFiles('compressed-index')
    const files = [...named(/meta$|data-/), { ...index, path: 'training/model.ckpt-3.index' }]
    const packed = await openModel(files, quiet)
    expect(packed.graph).toEqual(plain.graph)
    expect(await packed.weights.values('logits/weights')).toEqual(await plain.weights.values('logits/weights'))
  })

  it('says what is missing', async () => {
    expect(await errorOf(openModel(named(/\.meta$/), quiet))).toMatchObject({
      code: 'missing-weights',
      next: 'Drop all files of the checkpoint together: model.ckpt-3.meta, model.ckpt-3.index and model.ckpt-3.data-….',
    })
    expect(await errorOf(openModel(named(/\.(meta|index)$/), quiet))).toMatchObject({
      code: 'missing-weights',
      message: 'model.ckpt-3.data-00000-of-00001 is missing beside training/model.ckpt-3.index.',
    })
    const weights = await errorOf(openModel(named(/\.index$|data-|checkpoint$/), quiet))
    expect([weights.code, weights.next]).toEqual(['not-a-model', expect.stringContaining('.meta file')])
    const old = [...named(/\.meta$/), memoryFile('training/model.ckpt-3', new Uint8Array(100))]
    expect((await errorOf(openModel(old, quiet))).next).toContain('before TensorFlow 0.12')
  })

  it('that lacks variables opens with a warning, and what needs them stays', async () => {
    const [meta] = named(/\.meta$/)
    const bytes = await readAll(meta)
    // The variable by another name that is as long, in the graph and in what its saver restores.
    const text = Buffer.from(bytes).toString('latin1').replaceAll('logits/biases', 'logits/absent')
    const renamed = memoryFile(meta.path, new Uint8Array(Buffer.from(text, 'latin1')))
    const { graph, warnings } = await openModel([renamed, ...named(/index$|data-/)], quiet)
    expect(warnings).toEqual([
      'The checkpoint model.ckpt-3 has no values for 1 variable (logits/absent), so what needs them cannot run.',
    ])
    expect(graph.nodes.find(({ name }) => name === 'logits/absent')?.op).toBe('VarHandleOp')
    expect(graph.weights.has('logits/weights')).toBe(true)
  })
})
