import { describe, expect, it } from 'vitest'
import { conventionOf } from './family'
import { GraphBuilder } from '../testing/build'

describe('conventionOf', () => {
  const family = (name: string, ...nodes: readonly string[]): string | undefined => {
    const build = new GraphBuilder()
    for (const node of nodes) build.placeholder(node, null)
    return conventionOf(name, build.graph())?.family
  }

  it.each([
    ['frozen_graph', 'MobilenetV1/MobilenetV1/Conv2d_0/convolution', 'MobileNet'],
    ['efficientnet-lite0', 'stem/Conv2D', 'EfficientNet-Lite'],
    ['model', 'conv2_block1_1_conv/Conv2D', 'ResNet'],
    ['model', 'conv2_block1_preact_bn/FusedBatchNormV3', 'ResNet V2'],
    ['vgg16', 'block1_conv1/Conv2D', 'VGG'],
    ['vgg_16', 'vgg_16/conv1/conv1_1/Conv2D', 'TF-Slim’s VGG'],
    ['frozen', 'resnet_v1_50/conv1/Conv2D', 'TF-Slim’s ResNet'],
    ['inception_resnet_v2', 'conv2d/Conv2D', 'Inception'],
    ['model', 'separable_conv_1_normal_left1_0/separable_conv2d', 'NASNet'],
    ['model', 'conv2_block1_concat/concat', 'DenseNet'],
  ])('knows %s with %s', (name, node, expected) => {
    expect(family(name, node)).toBe(expected)
  })

  it('says nothing of what it does not know, or of families that prepare pictures themselves', () => {
    expect(family('model', 'conv2d/Conv2D')).toBeUndefined()
    expect(family('MobilenetV3small', 'expanded_conv/depthwise')).toBeUndefined()
  })
})
