import { describe, expect, it } from 'vitest'
import type { ModelFacts } from '../../graph/facts'
import type { Graph } from '../../graph/types'
import { floats, tinyModel } from '../../formats/testing/tiny-model'
import { errorOf } from '../../formats/testing/errors'
import { adviceCalls } from './advice-calls'
import { backendCalls } from './backend-calls'
import { headCalls } from './head-calls'
import { modelCalls } from './model-calls'
import { networkCalls } from './network-calls'
import { ownCalls } from './own-calls'
import { createParts } from './parts'
import { photoCalls } from './photo-calls'
import { createSession } from './session'
import type { ModelSource } from './types'
import { weightCalls } from './weight-calls'

/** The tiny model, with `z = relu(y)` beside it, so that there are two outputs. */
function source(name: string): ModelSource {
  const model = tinyModel()
  model.modelTopology.node.push({ name: 'z', op: 'Relu', input: ['y'], attr: { T: { type: 'DT_FLOAT' } } })
  model.signature = { outputs: { y: { name: 'y:0' }, z: { name: 'z:0' } } }
  return {
    files: [
      { path: `${name}/model.json`, blob: new Blob([JSON.stringify(model)]) },
      { path: `${name}/w.bin`, blob: new Blob([floats(1.5, -2).slice()]) },
    ],
  }
}

type Session = ReturnType<typeof createSession>

/** A session, and what it sends to be drawn and to be known. */
function listened() {
  const sent: { model: number; graph?: Graph; facts?: ModelFacts }[] = []
  const session = createSession(() => undefined)
  session.useFeed({
    graph: (model, graph) => Promise.resolve(void sent.push({ model, graph })),
    facts: (model, facts) => Promise.resolve(void sent.push({ model, facts })),
  })
  return { session, sent }
}

describe('opening a model', () => {
  it('says its name and sends its graph, then what is known of it', async () => {
    const { session, sent } = listened()
    const names: string[] = []
    const opened = await session.open('job', source('net'), {}, 7, (name) => names.push(name))
    expect(names).toEqual(['net'])
    expect(sent.map(({ model, graph }) => [model, graph ? 'graph' : 'facts'])).toEqual([
      [7, 'graph'],
      [7, 'facts'],
    ])
    expect(sent[0].graph?.nodes.map((node) => node.name)).toEqual(['x', 'w', 'y', 'z'])
    expect([...(sent[1].facts?.infos.keys() ?? [])]).toEqual(['x:0', 'w:0', 'y:0', 'z:0'])
    expect(opened).toMatchObject({ image: null, output: 'y:0' })
    expect(opened.summary.outputs.map(({ name, op }) => [name, op])).toEqual([
      ['y:0', 'Mul'],
      ['z:0', 'Relu'],
    ])
    expect((await session.tensors()).map(({ name }) => name)).toEqual(['x:0', 'w:0', 'y:0', 'z:0'])
  })

  it('keeps the model that is open when it is cancelled half way', async () => {
    const { session, sent } = listened()
    await session.open('first', source('one'), {}, 1)
    const second = session.open('second', source('two'), {}, 2, () => session.cancel('second'))
    expect((await errorOf(second)).code).toBe('cancelled')
    expect(sent.filter(({ model, facts }) => model === 2 && facts)).toEqual([])
    const again = await session.chooseOutput(1, 'z:0')
    expect(again.summary.name).toBe('one')
    expect(again.output).toBe('z:0')
    expect(sent.at(-1)?.model).toBe(1)
  })

  it('leaves labels that came while another model opened', async () => {
    const { session } = listened()
    await session.open('first', source('one'), {}, 1)
    const second = session.open('second', source('two'), {}, 2)
    const named = session.nameClasses(1, { path: 'labels.txt', blob: new Blob(['cat\ndog\n']) })
    expect((await errorOf(named)).code).toBe('no-model')
    expect((await second).summary.name).toBe('two')
    expect((await session.chooseOutput(2, 'z:0')).summary.labels).toBeNull()
  })

  it.each([
    ['a cut', (session: Session) => session.cut(1, ['z:0'])],
    ['taking the cut away', (session: Session) => session.uncut(1)],
    ['a chosen output', (session: Session) => session.chooseOutput(1, 'z:0')],
    [
      'a value of an input',
      (session: Session) => session.setInput(1, 'x:0', { shape: [2], dtype: 'float32', data: new Float32Array(2) }),
    ],
  ])('refuses %s that was meant for the model before', async (_, ask) => {
    const { session } = listened()
    await session.open('first', source('one'), {}, 1)
    const second = session.open('second', source('two'), {}, 2)
    const asked = ask(session)
    expect((await errorOf(asked)).code).toBe('cancelled')
    expect((await second).output).toBe('y:0')
  })

  it('sends nothing of a model that the view has already, until something new is known of it', async () => {
    const { session, sent } = listened()
    await session.open('job', source('net'), { seen: true }, 3)
    expect(sent).toEqual([])
    await session.chooseOutput(3, 'z:0')
    expect(sent.map(({ model, facts }) => [model, facts !== undefined])).toEqual([[3, true]])
  })

  it('goes on where nobody takes the graph any more', async () => {
    const { session } = listened()
    const gone = () => Promise.reject(new Error('the port is closed'))
    session.useFeed({ graph: gone, facts: gone })
    await session.open('job', source('net'), {}, 4)
    expect((await session.chooseOutput(4, 'z:0')).output).toBe('z:0')
  })

  it('knows no tensors before', async () => {
    const { session } = listened()
    expect((await errorOf(session.tensors())).code).toBe('no-model')
  })
})

describe('the calls of a session', () => {
  const parts = createParts(
    () => undefined,
    () => undefined,
  )
  const groups = [modelCalls, weightCalls, networkCalls, photoCalls, headCalls, ownCalls, adviceCalls, backendCalls]
  const names = groups.flatMap((group) => Object.keys(group(parts)))

  it('are in one group each, and all of them are there', () => {
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    const session = createSession(() => undefined)
    const own = ['cancel', 'pause', 'useFeed', 'useDecoder', 'useFeatureShelf', 'useTrainingShelf']
    expect(Object.keys(session).sort()).toEqual([...names, ...own].sort())
  })

  it('say so where pictures are to be decoded and no image worker is connected', () => {
    expect(() => parts.decoder.require()).toThrow(expect.objectContaining({ code: 'internal' }) as Error)
  })
})
