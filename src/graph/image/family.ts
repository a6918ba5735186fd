import type { ChannelOrder, InputRange } from '../../types'
import type { Graph } from '../types'

/** What a family of networks was trained on, by convention. */
export interface Convention {
  readonly family: string
  readonly range: InputRange
  readonly order: ChannelOrder
}

/**
 * Families by the names that their builders give models and layers; the first that fits counts. Sources: the
 * `preprocess_input` of each in https://github.com/keras-team/keras/tree/master/keras/src/applications, and
 * https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite (mean 127, deviation 128). TF-Slim's VGG
 * and first ResNet take their mean off RGB:
 * https://github.com/tensorflow/models/blob/master/research/slim/preprocessing/vgg_preprocessing.py
 */
const families: readonly (Convention & { readonly names: RegExp })[] = [
  { family: 'EfficientNet-Lite', names: /efficientnet[-_]?lite/i, range: 'minus1to1', order: 'rgb' },
  { family: 'Inception', names: /inception|mixed_?\d[a-d]?\b/i, range: 'minus1to1', order: 'rgb' },
  { family: 'Xception', names: /xception|block\d+_sepconv\d/i, range: 'minus1to1', order: 'rgb' },
  {
    family: 'NASNet',
    names: /nasnet|normal_call_|reduction_cell|(normal|reduction)_left\d/i,
    range: 'minus1to1',
    order: 'rgb',
  },
  { family: 'DenseNet', names: /densenet|conv\d_block\d+_concat/i, range: 'imagenet', order: 'rgb' },
  { family: 'ResNet V2', names: /resnet(_?v2_|\d+_?v2)|conv\d_block\d_preact_bn/i, range: 'minus1to1', order: 'rgb' },
  { family: 'TF-Slim’s ResNet', names: /resnet_v1_\d+\//i, range: 'caffe', order: 'rgb' },
  { family: 'TF-Slim’s VGG', names: /vgg_(a|\d+)\/conv\d/i, range: 'caffe', order: 'rgb' },
  { family: 'ResNet', names: /resnet_?\d+|conv\d_block\d_1_conv/i, range: 'caffe', order: 'bgr' },
  { family: 'VGG', names: /vgg_?\d+|block5_conv3/i, range: 'caffe', order: 'bgr' },
  { family: 'MobileNet', names: /mobilenet|conv_dw_1\b|expanded_conv/i, range: 'minus1to1', order: 'rgb' },
]

/** Families whose arithmetic on pictures is inside the graph; where it is not seen there, nothing can be said of them. */
const selfPreparing = /mobilenet_?v3|efficientnet_?(v2|b\d)|convnext|regnet/i

/** The convention of the family that a model's names tell; null where they tell none. */
export function conventionOf(name: string, graph: Graph): Convention | null {
  const names = [name, ...graph.nodes.map((node) => node.name)].join('\n')
  if (selfPreparing.test(names)) return null
  const found = families.find((each) => each.names.test(names))
  return found ? { family: found.family, range: found.range, order: found.order } : null
}
