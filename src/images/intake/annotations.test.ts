import { expect, it } from 'vitest'
import { annotationFormat } from './annotations'

it.each([
  ['labels/1.txt', '0 0.5 0.5 0.25 0.25\n12 0.1 1 0.05 0\n0 0.5 0.', 'YOLO'],
  ['labels/segmented.txt', '3 0.1 0.2 0.3 0.4 0.5 0.6', 'YOLO'],
  ['labels/none.txt', '', 'YOLO'],
  ['data.yaml', 'train: ../train/images\nval: ../valid/images\nnc: 2\nnames: [a, b]\n', 'YOLO'],
  ['Annotations/1.xml', '<?xml version="1.0"?>\n<annotation verified="no">\n <folder>', 'Pascal VOC'],
  ['instances_train2017.json', '{"info": {"description": "COCO 2017"}, "licenses": [', 'COCO'],
  ['train/_annotations.coco.json', '{"images":[{"id":0}]', 'COCO'],
  ['boxes.json', '{"annotations":[{"bbox":[1,2,3,4]', 'COCO'],
  ['1.json', '{"version": "5.0", "shapes": [{"label": "a", "points": [[1, 2]]', 'LabelMe'],
  ['c.json', '[{"image":"1.jpg","annotations":[{"label":"a","coordinates":{"x":1,"y":2', 'CreateML'],
])('%s holds boxes', (path, head, format) => expect(annotationFormat(path, head)).toBe(format))

it.each([
  ['readme.txt', 'These are pictures of cats.'],
  ['empty.txt', ''],
  ['train.txt', 'a/1.jpg 0\nb/2.jpg 1\n'],
  ['numbers.txt', '1 2 3 4 5\n'],
  ['class_indices.json', '{"cat": 0, "dog": 1}'],
  ['feed.xml', '<rss version="2.0">'],
  ['config.yaml', 'names:\n  - a\n'],
])('%s does not', (path, head) => expect(annotationFormat(path, head)).toBeNull())
