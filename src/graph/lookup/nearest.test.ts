import { describe, expect, it } from 'vitest'
import { nearestNames } from './nearest'

const mobilenet = [
  'MobilenetV1/Conv2d_0/Relu6:0',
  'MobilenetV1/Conv2d_13_pointwise/Relu6:0',
  'MobilenetV1/Logits/AvgPool_1a/AvgPool:0',
  'MobilenetV1/Logits/Conv2d_1c_1x1/BiasAdd:0',
  'MobilenetV1/Predictions/Softmax:0',
  'input:0',
]

describe('nearestNames', () => {
  it('finds a misspelt name first', () => {
    expect(nearestNames('MobilenetV1/Logits/AvgPool_1a/AvgPol:0', mobilenet)[0]).toBe(mobilenet[2])
    expect(nearestNames('imput', mobilenet)[0]).toBe('input:0')
  })

  it('likes an equal last part under another prefix', () => {
    expect(nearestNames('module/Logits/AvgPool', mobilenet)[0]).toBe(mobilenet[2])
    expect(nearestNames('softmax', mobilenet)[0]).toBe('MobilenetV1/Predictions/Softmax:0')
  })

  it('likes names that contain what was asked for', () => {
    expect(nearestNames('Conv2d_13_pointwise', mobilenet)[0]).toBe(mobilenet[1])
  })

  it('does not mind case or how the first output is spelt', () => {
    expect(nearestNames('INPUT', ['inputs', 'input:0', 'input:1'])[0]).toBe('input:0')
  })

  it('gives no more than asked for, and nothing that shares nothing', () => {
    expect(nearestNames('Conv2d', mobilenet, 2)).toHaveLength(2)
    expect(nearestNames('zzzz', mobilenet)).toEqual([])
    expect(nearestNames('', mobilenet)).toEqual([])
    expect(nearestNames('x', [])).toEqual([])
  })

  it('finds one of 100,000 long names, each of which it looks at once', () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `StatefulPartitionedCall/model/block_${i}/conv/BiasAdd:0`)
    let looks = 0
    const counting = function* (): Generator<string> {
      for (const name of names) {
        looks += 1
        yield name
      }
    }
    expect(nearestNames('model/block_77777/conv/BiasAd', counting())[0]).toBe(names[77_777])
    expect(looks).toBe(names.length)
  })
})
