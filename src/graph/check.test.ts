import { describe, expect, it } from 'vitest'
import { checkGraph } from './check'
import { CutpointError } from '../errors'
import { GraphBuilder, intOf } from './testing/build'

function errorOf(build: GraphBuilder): CutpointError {
  try {
    checkGraph(build.graph())
  } catch (error) {
    if (error instanceof CutpointError) return error
  }
  throw new Error('expected a CutpointError')
}

describe('checkGraph', () => {
  it('takes a graph that hangs together, with several outputs and control inputs', () => {
    const build = new GraphBuilder()
    build.input('x', [4])
    build.node('Unpack', 'parts', ['x'], { num: intOf(4), axis: intOf(0) })
    build.node('Relu', 'last', ['parts:3', '^x'])
    expect(() => {
      checkGraph(build.graph())
    }).not.toThrow()
  })

  it('names the node, the missing input and the nearest names', () => {
    const build = new GraphBuilder()
    build.input('image', [1])
    build.input('other', [1])
    build.node('Relu', 'relu', ['imagee:0'])
    const error = errorOf(build)
    expect(error.code).toBe('dangling-input')
    expect(error.message).toBe('“relu” takes “imagee”, which is not in the graph.')
    expect(error.details).toMatchObject({ node: 'relu', input: 'imagee' })
    expect(error.next).toContain('“image”')
  })

  it('refuses a missing control input', () => {
    const build = new GraphBuilder()
    build.node('NoOp', 'relu', ['^gone'])
    expect(errorOf(build)).toMatchObject({ code: 'dangling-input', details: { node: 'relu', input: 'gone' } })
  })

  it('refuses two nodes of one name and nodes without one', () => {
    const twice = new GraphBuilder()
    twice.input('x', [1])
    twice.input('x', [1])
    expect(errorOf(twice)).toMatchObject({ code: 'bad-graph', message: 'Two nodes are called “x”.' })
    const unnamed = new GraphBuilder()
    unnamed.node('Relu', '', [])
    expect(errorOf(unnamed)).toMatchObject({ code: 'bad-graph', message: 'Node number 1 (Relu) has no name.' })
  })

  it('refuses an output that its node does not have', () => {
    const build = new GraphBuilder()
    build.input('x', [4])
    build.node('Relu', 'relu', ['x'])
    build.node('Relu', 'after', ['relu:1'])
    expect(errorOf(build)).toMatchObject({
      code: 'bad-graph',
      message: '“after” takes “relu:1”, but “relu” (Relu) has one output.',
    })
  })

  it('refuses a cycle', () => {
    const build = new GraphBuilder()
    build.node('Relu', 'a', ['b'])
    build.node('Relu', 'b', ['a'])
    expect(errorOf(build).code).toBe('cyclic-graph')
  })
})
