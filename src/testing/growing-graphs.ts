import { GraphBuilder } from '../graph/testing/build'
import type { Attributes, Graph } from '../graph/types'

/** Graphs of any size, each of which grows in one way only: what takes more than its share of time shows in one of them. */
export const growingGraphs: Readonly<Record<string, (size: number) => Graph>> = {
  'a chain': (size) => build((graph, image) => [chain(graph, 'relu', image, size).at(-1) ?? image]),
  'a chain whose every tensor is an output': (size) => build((graph, image) => chain(graph, 'relu', image, size)),
  'outputs side by side': (size) =>
    build((graph, image) => counted(size, (i) => graph.node('Relu', `relu_${i}`, [image]))),
  'one sum of many': (size) =>
    build((graph, image) => [
      graph.node(
        'AddN',
        'sum',
        counted(size, (i) => graph.node('Relu', `relu_${i}`, [image])),
      ),
    ]),
  'many inputs': (size) =>
    build((graph, image) => [
      graph.node('AddN', 'sum', [image, ...counted(size, (i) => graph.input(`input_${i}`, [null, 8, 8, 3]))]),
    ]),
  'parts without outputs': (size) =>
    build((graph, image) => {
      for (let i = 0; i < size; i++) graph.node('Relu', `part_${i}/relu`, [graph.placeholder(`part_${i}/x`, [null, 3])])
      return [image]
    }),
  'scopes side by side': (size) =>
    build((graph, image) => {
      let last = image
      for (let i = 0; i < size; i++) {
        last = graph.node('Sigmoid', `block_${i}/sigmoid`, [graph.node('Relu', `block_${i}/relu`, [last])])
      }
      return [last]
    }),
  'residual blocks': (size) =>
    build((graph, image) => {
      let last = image
      for (let i = 0; i < size; i++) {
        last = graph.node('AddV2', `block_${i}/add`, [graph.node('Relu', `block_${i}/relu`, [last]), last])
      }
      return [last]
    }),
  'skips from each level down to each level up': (size) =>
    build((graph, image) => {
      const down = chain(graph, 'down', image, size)
      let last = down[size - 1]
      for (let i = 0; i < size; i++) last = graph.node('AddV2', `up_${i}`, [last, down[size - 1 - i]])
      return [last]
    }),
  'control edges': (size) =>
    build((graph, image) => {
      let last = image
      for (let i = 0; i < size; i++) {
        const waits = counted(Math.min(i, 5), (back) => `^relu_${i - 1 - back}`)
        last = graph.node('Relu', `relu_${i}`, [last, ...waits])
      }
      return [last]
    }),
  'conditions one after another': (size) =>
    build((graph, image) => {
      const training = graph.input('training', [], 'bool')
      let last = image
      for (let i = 0; i < size; i++) {
        const branch = graph.node('Switch', `switch_${i}`, [last, training])
        last = graph.node('Merge', `merge_${i}`, [graph.node('Relu', `relu_${i}`, [branch]), `switch_${i}:1`])
      }
      return [last]
    }),
  'conditions inside each other': (size) =>
    build((graph, image) => {
      const training = graph.input('training', [], 'bool')
      let last = image
      for (let i = 0; i < size; i++) last = graph.node('Switch', `switch_${i}`, [last, training])
      for (let i = size - 1; i >= 0; i--) last = graph.node('Merge', `merge_${i}`, [last, `switch_${i}:1`])
      return [last]
    }),
  'loops inside each other': (size) =>
    build((graph, image) => {
      let last = image
      for (let i = 0; i < size; i++) {
        const frame: Attributes = { frame_name: { kind: 'string', value: `frame_${i}` } }
        const enter = graph.node('Enter', `loop_${i}/enter`, [last], frame)
        last = graph.node('Merge', `loop_${i}/merge`, [enter, `loop_${i}/next`])
        graph.node('Switch', `loop_${i}/switch`, [last, last])
        graph.node('NextIteration', `loop_${i}/next`, [`loop_${i}/switch:1`])
      }
      last = `loop_${size - 1}/switch:0`
      for (let i = size - 1; i >= 0; i--) last = graph.node('Exit', `loop_${i}/exit`, [last])
      return [last]
    }),
  'functions called one after another': (size) => {
    const graph = build((builder, image) => {
      let last = image
      for (let i = 0; i < size; i++) last = builder.node('PartitionedCall', `call_${i}`, [last], calls(`body_${i}`))
      return [last]
    })
    return { ...graph, functions: counted(size, (i) => bodyOf(`body_${i}`, 'Relu')) }
  },
}

/** A graph whose functions call each other, `depth` deep. */
export function nestedCalls(depth: number): Graph {
  const graph = build((builder, image) => [builder.node('PartitionedCall', 'call', [image], calls('body_0'))])
  const functions = counted(depth, (i) =>
    i + 1 < depth ? bodyOf(`body_${i}`, 'PartitionedCall', calls(`body_${i + 1}`)) : bodyOf(`body_${i}`, 'Relu'),
  )
  return { ...graph, functions }
}

function build(rest: (graph: GraphBuilder, image: string) => readonly string[]): Graph {
  const graph = new GraphBuilder()
  return graph.graph(...rest(graph, graph.input('image', [null, 8, 8, 3])))
}

const counted = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))

function chain(graph: GraphBuilder, name: string, image: string, size: number): string[] {
  let last = image
  return counted(size, (i) => (last = graph.node('Relu', `${name}_${i}`, [last])))
}

const calls = (name: string): Attributes => ({ f: { kind: 'function', name, attributes: {} } })

function bodyOf(name: string, op: string, attributes: Attributes = {}): Graph['functions'][number] {
  return {
    name,
    inputs: [{ name: 'x', dtype: 'float32' }],
    outputs: [{ name: 'y', dtype: 'float32' }],
    nodes: [{ name: 'inner', op, inputs: ['x'], controlInputs: [], attributes }],
    returns: { y: 'inner:output:0' },
  }
}
