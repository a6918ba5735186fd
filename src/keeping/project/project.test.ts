import { BlobReader, BlobWriter, TextReader, TextWriter, ZipReader, ZipWriter } from '@zip.js/zip.js'
import { describe, expect, it } from 'vitest'
import { CutpointError } from '../../errors'
import { arraysOf } from '../../graph/graft/layers/kept'
import type { Project } from './project'
import { pictureFile, safeName } from './names'
import { readProject } from './read'
import type { ProjectRecord } from './schema'
import { writeProject } from './write'
import { tinyProject } from '../testing/project'

const quietly = (): void => undefined

/** The files of a zip with their text, and how each is packed. */
async function unzip(file: Blob): Promise<Map<string, { text: string; stored: boolean }>> {
  const files = new Map<string, { text: string; stored: boolean }>()
  for (const entry of await new ZipReader(new BlobReader(file)).getEntries()) {
    if (entry.directory) continue
    files.set(entry.filename, { text: await entry.getData(new TextWriter()), stored: entry.compressionMethod === 0 })
  }
  return files
}

/** The tiny project's file with its record changed, or with files left out or replaced. */
async function changed(
  change: (record: ProjectRecord) => unknown,
  files: Readonly<Record<string, string | null>> = {},
): Promise<Blob> {
  const whole = await writeProject(tinyProject(), 'a test', quietly)
  const writer = new ZipWriter(new BlobWriter())
  for (const entry of await new ZipReader(new BlobReader(whole)).getEntries()) {
    if (entry.directory) continue
    const { filename } = entry
    const given = new Map(Object.entries(files)).get(filename)
    if (given === null) continue
    if (filename === 'project.json') {
      const record = JSON.parse(await entry.getData(new TextWriter())) as ProjectRecord
      await writer.add(filename, new TextReader(JSON.stringify(change(record) ?? record)))
    } else if (given !== undefined) await writer.add(filename, new TextReader(given))
    else await writer.add(filename, new BlobReader(await entry.getData(new BlobWriter())))
  }
  return writer.close()
}

async function refusalOf(file: Blob): Promise<CutpointError> {
  const error: unknown = await readProject(file, quietly).catch((thrown: unknown) => thrown)
  if (!(error instanceof CutpointError)) throw new Error('it was read')
  return error
}

const textsOf = async ({ model, pictures }: Project): Promise<string[]> =>
  Promise.all([
    ...(model?.files ?? []).map(({ blob }) => blob.text()),
    ...[...pictures.values()].map((blob) => blob.text()),
  ])

describe('a project file', () => {
  it('gives back what was put in, to the bit', async () => {
    const project = tinyProject()
    const amounts: number[] = []
    const read = await readProject(await writeProject(project, 'a test', quietly), (done) => amounts.push(done))
    // Blobs are compared by what they hold.
    const plain = ({ model, pictures, ...rest }: Project): unknown => ({
      ...rest,
      pictures: [...pictures.keys()],
      model: { ...model, files: model?.files.map(({ path }) => path) },
    })
    expect(plain(read)).toStrictEqual(plain(project))
    expect(await textsOf(read)).toEqual(await textsOf(project))
    expect(Object.is(arraysOf(read.heads[0].layers[0])[1][1], -0)).toBe(true)
    expect(amounts).toEqual(amounts.toSorted((a, b) => a - b))
    expect(amounts.at(-1)).toBe(4 + 24 + 14 + 4 * 17)
  })

  it('is read without cuts that were compared, as files of before have none', async () => {
    const without = await changed((record) => ({ ...record, advice: undefined }))
    expect((await readProject(without, quietly)).advice).toBeNull()
    const project = { ...tinyProject(), advice: null }
    const files = await unzip(await writeProject(project, 'a test', quietly))
    expect(JSON.parse(files.get('project.json')?.text ?? '')).not.toHaveProperty('advice')
    const wrong = await changed((record) => ({ ...record, advice: { ...record.advice, cuts: [] } }))
    expect((await refusalOf(wrong)).code).toBe('bad-project')
  })

  it('holds the last layers that were trained with a head', async () => {
    const project = tinyProject()
    const tail = { from: 'conv:0', weights: [{ id: 'kernel', values: Float32Array.of(0.5, -0, 2) }] }
    const tuned = { ...project, heads: project.heads.map((head) => ({ ...head, tail })) }
    const read = await readProject(await writeProject(tuned, 'a test', quietly), quietly)
    expect(read.heads).toStrictEqual(tuned.heads)
  })

  it('is a zip of plain parts: pictures by label and each once, model as it was, heads as float32', async () => {
    const files = await unzip(await writeProject(tinyProject(), 'a test', quietly))
    expect([...files.keys()]).toEqual([
      'project.json',
      'model/web/model.json',
      'model/web/group1-shard1of1.bin',
      'photos/cat/0001-a cat.jpg',
      'photos/dog, _small_/0002-rex.png',
      'heads/1.bin',
    ])
    expect([...files].filter(([, { stored }]) => !stored).map(([name]) => name)).toEqual(['project.json'])
    expect(files.get('photos/cat/0001-a cat.jpg')?.text).toBe('the cat')
    const record = JSON.parse(files.get('project.json')?.text ?? '') as ProjectRecord
    expect(record).toMatchObject({ format: 'cutpoint-project', version: 5, writtenBy: 'a test' })
    expect(record.photos.map(({ file }) => file)).toEqual([
      'photos/cat/0001-a cat.jpg',
      'photos/dog, _small_/0002-rex.png',
      'photos/cat/0001-a cat.jpg',
    ])
  })

  it('may be empty', async () => {
    const nothing = { ...tinyProject(), model: null, cut: [], heads: [], head: null, photos: [], pictures: new Map() }
    const read = await readProject(await writeProject(nothing, 'a test', quietly), quietly)
    expect(read).toStrictEqual(nothing)
  })

  it('may be without labels of the model, as files were at first', async () => {
    const before = await changed(({ model, ...record }) => ({ ...record, model: { ...model, labels: undefined } }))
    expect((await readProject(before, quietly)).model?.labels).toBeNull()
    expect((await readProject(await changed(() => undefined), quietly)).model?.labels).toEqual(['tench', 'goldfish'])
  })

  it('may be of version 1, whose reports held matrices', async () => {
    const old = await changed((record) => ({
      ...record,
      version: 1,
      heads: record.heads.map(withoutKinds).map((head) => ({
        ...head,
        report: {
          ...head.report,
          confusion: { part: 'test', matrix: [[]] },
          leaveOneOut: {
            accuracy: 1,
            matrix: [[]],
            judged: [{ image: 'photo-1', part: 'train', label: 0, said: 0, confidence: 1 }],
          },
        },
      })),
    }))
    const [{ report }] = (await readProject(old, quietly)).heads
    const [now] = tinyProject().heads
    const evaluated = [{ image: 'photo-1', part: 'train', label: 0, predicted: 0, confidence: 1 }]
    expect(report).toStrictEqual({
      ...now.report,
      features: { ...now.report.features, oneByOne: true },
      leaveOneOut: { accuracy: 1, evaluated },
    })
  })

  it('may be of version 3, which named otherwise what was predicted', async () => {
    const old = await changed((record) => ({
      ...record,
      version: 3,
      heads: record.heads.map(withoutKinds).map((head) => {
        const { evaluated, evaluateMs, ...report } = head.report
        const judged = evaluated.map(({ predicted: said, ...image }) => ({ ...image, said }))
        return { ...head, report: { ...report, judged, judgeMs: evaluateMs } }
      }),
    }))
    const [{ report }] = (await readProject(old, quietly)).heads
    const now = tinyProject().heads[0].report
    expect(report).toStrictEqual({ ...now, features: { ...now.features, oneByOne: true } })
  })

  it.each([
    [true, { photos: '', settings: '' }],
    [false, null],
  ])('may be of version 2, where stale was %j', async (stale, trainedOn) => {
    const old = await changed((record) => ({
      ...record,
      version: 2,
      stale,
      heads: record.heads.map(withoutKinds).map((head) => ({ ...head, trainedOn: undefined })),
    }))
    const [head] = (await readProject(old, quietly)).heads
    expect(head.trainedOn).toEqual(trainedOn)
  })

  it('may be of version 4, whose layers had no kind and whose heads said nothing of pooling', async () => {
    const old = await changed((record) => ({ ...record, version: 4, heads: record.heads.map(withoutKinds) }))
    expect((await readProject(old, quietly)).heads).toStrictEqual(tinyProject().heads)
  })

  it('keeps fields that are not known', async () => {
    const read = await readProject(
      await changed((record) => ({ ...record, options: { ...record.options, later: [1] } })),
      quietly,
    )
    expect(read.options).toMatchObject({ later: [1], seed: 1 })
  })
})

/** A head as versions up to 4 wrote it. */
function withoutKinds(head: ProjectRecord['heads'][number]) {
  const layers = head.layers.map(({ kind, arrays: { kernel, bias }, ...fields }) => {
    expect(kind).toBe('dense')
    return { ...fields, inputs: kernel / bias }
  })
  return { ...head, pool: undefined, tail: undefined, layers }
}

describe('refusing a project', () => {
  it('made by a newer version', async () => {
    const error = await refusalOf(await changed((record) => ({ ...record, version: 6, photos: 'otherwise' })))
    expect(error.code).toBe('newer-project')
    expect(error.message).toContain('version 6')
    expect(error.details).toEqual({ version: 6, reads: 5 })
  })

  const cases: [string, () => Promise<Blob>, string][] = [
    ['that is no zip', () => Promise.resolve(new Blob(['something'])), 'no Cutpoint project'],
    ['of something else', () => changed(() => ({ format: 'else', version: 1 })), 'something else'],
    ['without a record', () => changed(() => undefined, { 'project.json': null }), 'no project.json'],
    ['with a missing picture', () => changed(() => undefined, { 'photos/cat/0001-a cat.jpg': null }), 'missing'],
    ['with a shorter picture', () => changed(() => undefined, { 'photos/cat/0001-a cat.jpg': 'cat' }), '7 were stated'],
    ['with a shorter head', () => changed(() => undefined, { 'heads/1.bin': 'abcd' }), '68 were stated'],
    ['with a wrong part', () => changed((r) => void Object.assign(r.photos[1], { part: 'exam' })), 'photos.1.part'],
    ['with an unknown label', () => changed((r) => void Object.assign(r.photos[1], { label: 'cow' })), 'cow'],
    ['with a photo twice', () => changed((r) => void r.photos.push(r.photos[0])), 'twice'],
    ['with another current head', () => changed((r) => ({ ...r, head: 'head-9' })), 'current head'],
    ['with heads and no model', () => changed((r) => ({ ...r, model: null })), 'no model'],
    ['with a label twice', () => changed((r) => void r.labels.push(r.labels[0])), 'twice'],
    ['whose report names no labels', () => changed((r) => void (r.heads[0].report.labels = [])), 'report.labels'],
    [
      'whose report predicts a label that is not there',
      () => changed((r) => void (r.heads[0].report.evaluated[0].predicted = 2)),
      'other labels than it names',
    ],
    [
      'whose report is of other labels than its head',
      () => changed((r) => void (r.heads[0].labels = ['cat', 'cow'])),
      'other labels',
    ],
    ['trained at no time', () => changed((r) => void Object.assign(r.heads[0], { at: 1e300 })), 'heads.0.at'],
    [
      'with layers that do not fit',
      () => changed((r) => void Object.assign(r.heads[0].layers[1], { arrays: { kernel: 8, bias: 2 } })),
      'do not fit',
    ],
  ]
  it.each(cases)('%s', async (_, make, words) => {
    const error = await refusalOf(await make())
    expect(error.code).toBe('bad-project')
    expect(error.message).toContain(words)
  })

  it('that is damaged, or cut off', async () => {
    const whole = new Uint8Array(await (await writeProject(tinyProject(), 'a test', quietly)).arrayBuffer())
    const at = Buffer.from(whole).indexOf('the cat')
    const damaged = whole.with(at, 'T'.charCodeAt(0))
    const error = await refusalOf(new Blob([damaged]))
    expect(error.code).toBe('bad-project')
    expect(error.message).toContain('0001-a cat.jpg')
    expect((await refusalOf(new Blob([whole.slice(0, whole.length - 40)]))).code).toBe('bad-project')
  })
})

describe('names of files', () => {
  it('are what any system can write', () => {
    expect(safeName('a/b\\c:d*e')).toBe('a_b_c_d_e')
    expect(safeName('..')).toBe('_')
    expect(safeName(' con.txt')).toBe('_con.txt')
    expect(safeName(`${'x'.repeat(90)}.jpeg`)).toBe(`${'x'.repeat(55)}.jpeg`)
    expect(safeName('Kätzchen 猫.jpg')).toBe('Kätzchen 猫.jpg')
    expect(pictureFile({ name: 'train/cats/', label: '..' }, 12)).toBe('photos/_/0012-cats')
  })
})
