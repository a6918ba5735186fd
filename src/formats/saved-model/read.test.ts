import { describe, expect, it } from 'vitest'
import { openModel } from '..'
import type { GraphNode } from '../../graph/types'
import { memoryFile, readAll } from '../source'
import { errorOf } from '../testing/errors'
import { quiet, textFile } from '../testing/files'
import type { ReadModel, SourceFile } from '../types'
import { writeZip } from '../zip'
import { savedModel } from '.'
import { savedModelChoice, savedModelFiles } from './testing/fixtures'

const open = (name: string, files = savedModelFiles(name)): Promise<ReadModel> =>
  openModel(files, quiet, savedModelChoice(name))

/** The files with one of them, by the end of its name, changed. */
async function changed(
  files: readonly SourceFile[],
  end: string,
  change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array,
): Promise<SourceFile[]> {
  return Promise.all(
    files.map(async (file) => (file.path.endsWith(end) ? memoryFile(file.path, change(await readAll(file))) : file)),
  )
}

const without = (files: readonly SourceFile[], part: string): SourceFile[] =>
  files.filter(({ path }) => !path.includes(part))

function nodeOf({ graph }: ReadModel, name: string): GraphNode | undefined {
  return graph.nodes.find((node) => node.name === name)
}

describe('a SavedModel', () => {
  it('shows layers by their own names, with their weights beside them', async () => {
    const model = await open('keras2')
    expect(nodeOf(model, 'tiny/bn1/FusedBatchNormV3')?.inputs).toEqual([
      'tiny/conv1/Conv2D:0',
      'tiny/bn1/gamma:0',
      'tiny/bn1/beta:0',
      'tiny/bn1/moving_mean:0',
      'tiny/bn1/moving_variance:0',
    ])
    expect(model.graph.scopes.get('tiny/conv1')).toMatchObject({ layerClass: 'Conv2D', config: { filters: 6 } })
    expect(model.graph.scopes.get('tiny')?.layerClass).toBe('Functional')
    expect(model.graph.inputs).toMatchObject([{ key: 'images', tensor: 'serving_default_images:0' }])
    expect(model.graph.nodes.filter(({ op }) => /Call|Variable|VarHandle|Restore|Save/.test(op))).toEqual([])
  })

  it('opens as a zip, and from files dropped without their folder', async () => {
    const files = savedModelFiles('keras3')
    const written = await Promise.all(files.map(async (file) => ({ path: file.path, bytes: await readAll(file) })))
    const zip = new Uint8Array(await (await writeZip(written)).arrayBuffer())
    const bare = await Promise.all(
      files.map(async (file) => memoryFile(file.path.replace(/.*\//, ''), await readAll(file))),
    )
    const { graph } = await open('keras3')
    expect((await openModel([memoryFile('model.zip', zip)], quiet)).graph.nodes).toEqual(graph.nodes)
    expect((await openModel(bare, quiet)).graph.nodes).toEqual(graph.nodes)
  })

  it('keeps the functions of conditions and loops, which take values of variables', async () => {
    const { graph } = await open('module')
    expect(graph.nodes.map(({ op }) => op).filter((op) => /If|While|Call/.test(op))).toEqual(['While', 'If'])
    expect(graph.functions.flatMap(({ nodes }) => nodes.filter(({ op }) => /Call|Variable/.test(op)))).toEqual([])
    expect(graph.functions.flatMap(({ inputs }) => inputs.filter(({ dtype }) => dtype === 'resource'))).toEqual([])
  })

  it.each(['resources-v1', 'variables-v1'])(
    'leaves out the branch that is never taken, and what only trains and saves: %s',
    async (name) => {
      const { graph } = await open(name)
      const ops = graph.nodes.map(({ op }) => op)
      expect(ops.filter((op) => /If|Switch|Merge|Placeholder|Apply|Restore/.test(op))).toEqual(['Placeholder'])
    },
  )

  it('joins the parts of a variable and reads two files of data', async () => {
    const { graph, weights } = await open('variables-v1')
    expect(graph.weights.get('net/logits/weights/part_1')?.shape).toEqual([3, 5])
    expect(await weights.values('net/logits/weights/part_1')).toHaveLength(15)
  })
})

describe('of several signatures', () => {
  it('each can be chosen, in every graph of the file', async () => {
    const files = savedModelFiles('variables-v1')
    const error = await errorOf(openModel(files, quiet))
    expect(error.code).toBe('several-models')
    expect(error.details.models).toEqual(
      ['train/train', 'serve/classify', 'serve/embed'].map((part) => `variables-v1/saved_model.pb#${part}`),
    )
    expect(error.details.formats).toEqual(Array(3).fill(savedModel.label))
    const embed = await openModel(files, quiet, { choose: 'variables-v1/saved_model.pb#serve/embed' })
    expect(embed.graph.outputs.map(({ key, tensor }) => [key, tensor])).toEqual([['features', 'net/pool:0']])
    expect(embed.warnings.join()).toContain('classify')
  })

  it('one that is not there is refused with those that are', async () => {
    const choose = 'keras3/saved_model.pb#serve/nothing'
    const error = await errorOf(openModel(savedModelFiles('keras3'), quiet, { choose }))
    expect(error).toMatchObject({
      code: 'several-models',
      details: { models: ['keras3/saved_model.pb#serve/serve', 'keras3/saved_model.pb#serve/serving_default'] },
    })
  })
})

describe('what is wrong is said:', () => {
  it('a graph without its variables', async () => {
    const error = await errorOf(open('keras3', without(savedModelFiles('keras3'), 'variables/')))
    expect(error.code).toBe('missing-weights')
    expect(error.next).toContain('whole folder')
  })

  it('a file of data that is missing', async () => {
    const error = await errorOf(open('variables-v1', without(savedModelFiles('variables-v1'), '00001-of-00002')))
    expect(error).toMatchObject({
      code: 'missing-weights',
      details: { missing: ['variables-v1/variables/variables.data-00001-of-00002'] },
    })
  })

  it('a changed byte in the data, when the weight is read', async () => {
    const files = await changed(savedModelFiles('keras2'), '00000-of-00001', (bytes) => {
      bytes[0] ^= 1
      return bytes
    })
    const { graph, weights } = await open('keras2', files)
    const errors = await Promise.all([...graph.weights.keys()].map((id) => weights.values(id).then(() => null, String)))
    expect(errors.filter((error) => error !== null)).toHaveLength(1)
    expect(errors.join('')).toContain('checksum of “')
  })

  it('a changed byte in the index', async () => {
    const files = await changed(savedModelFiles('keras3'), '.index', (bytes) => {
      bytes[20] ^= 1
      return bytes
    })
    expect((await errorOf(open('keras3', files))).code).toBe('bad-checksum')
  })

  it.each(['.index', '00000-of-00001', 'saved_model.pb'])('a file that was cut: %s', async (end) => {
    const files = await changed(savedModelFiles('keras3'), end, (bytes) => bytes.slice(0, bytes.length - 100))
    expect(['truncated', 'bad-weight']).toContain((await errorOf(open('keras3', files))).code)
  })

  it('a pointer in the place of the data', async () => {
    const files = savedModelFiles('keras3').map((file) =>
      file.path.includes('.data-')
        ? textFile(file.path, 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n')
        : file,
    )
    expect((await errorOf(open('keras3', files))).code).toBe('git-lfs')
  })

  it('variables of another model', async () => {
    const others = savedModelFiles('module').filter(({ path }) => path.includes('variables/'))
    const files = [
      ...without(savedModelFiles('keras3'), 'variables/'),
      ...others.map((file) => ({ ...file, path: file.path.replace('module', 'keras3') })),
    ]
    expect((await errorOf(open('keras3', files))).code).toBe('bad-weight')
  })
})
