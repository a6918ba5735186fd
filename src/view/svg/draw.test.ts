import { describe, expect, test } from 'vitest'
import type { OpCategory } from '../../graph/op-tables/ops'
import { edgePath } from '../../layout/edge-path'
import { drawSvg } from './draw'
import { escaped, fitted, textWidth, twoLines } from '../text-width'
import { asked, openedEngine, present, realModels } from '../testing/models'
import { parseXml, textOf, within, type Element } from '../testing/xml'
import type { Scene, SceneBox } from '../scene/types'
import type { PictureLook } from './types'

const categories: readonly OpCategory[] = [
  ...(['convolution', 'matmul', 'normalisation', 'activation', 'pool', 'elementwise', 'shape'] as const),
  ...(['reduction', 'control', 'input', 'constant', 'image', 'other'] as const),
]

const look: PictureLook = {
  ...{ background: '#ffffff', box: '#fefefe', frame: '#f0f0f0', border: '#a0a0a0', text: '#101010', quiet: '#606060' },
  ...{ line: '#808080', cut: '#c04000' },
  categories: Object.fromEntries(categories.map((one, i) => [one, `#0000${(16 + i).toString(16)}`])) as Record<
    OpCategory,
    string
  >,
}

const box = (part: Partial<SceneBox> = {}): SceneBox => ({
  ...{ id: 'n:a', kind: 'node', name: 'a', label: 'a', size: 1, unfolded: false, parent: null, depth: 0 },
  ...{ x: 10, y: 20, width: 200, height: 42, offset: { x: 10, y: 20 }, outputs: [] },
  ...{ look: 'op', title: 'Conv2D', lines: [], spoken: '', titleRows: 1, nested: false, cost: null, ports: [] },
  categories: [{ category: 'convolution', share: 1 }],
  blocked: 0,
  ...part,
})

const scene = (part: Partial<Scene>): Scene => ({
  ...{ boxes: [], edges: [], width: 300, height: 200, direction: 'down', complete: true },
  marks: { lit: null, cutInside: [], distance: {} },
  ...part,
})

const elements = (svg: string): Element[] => [...within(parseXml(svg))]
const boxIn = (svg: string, id: string): Element =>
  present(elements(svg).find((element) => element.attributes.get('data-box') === id))

describe('drawSvg', () => {
  test.each(realModels())('shows the same boxes, labels, lines and shapes as the scene of %s', async (_, graph) => {
    const { engine, overview } = await openedEngine(graph)
    const request = asked({ unfolded: overview.opening })
    const shown = present(await engine.scene(1, request))
    const drawn = elements(drawSvg(shown, look))
    const boxes = new Map(
      drawn.flatMap((element) => {
        const id = element.attributes.get('data-box')
        return id === undefined ? [] : [[id, element] as const]
      }),
    )
    expect([...boxes.keys()].sort()).toEqual(shown.boxes.map(({ id }) => id).sort())
    for (const { id, title, label, name, unfolded } of shown.boxes) {
      const element = present(boxes.get(id))
      expect(present(element.children.find((child) => child.name === 'title')).text).toBe(name)
      const text = element.children
        .filter((child) => child.name === 'text')
        .map(textOf)
        .join(' ')
      // What does not fit is cut off, from the end.
      const begins = (whole: string) => whole.slice(0, unfolded ? 4 : 12)
      expect(text).toContain(begins(title))
      if (!unfolded) expect(text).toContain(begins(label))
    }
    const tensors = drawn.flatMap((element) => element.attributes.get('data-tensor') ?? [])
    const ports = shown.boxes.filter((one) => !one.unfolded).flatMap((one) => one.ports.map(({ tensor }) => tensor))
    expect(tensors).toEqual(ports)
    const lines = drawn.filter((element) => element.attributes.has('data-lines')).flatMap(({ children }) => children)
    expect(lines.map(({ attributes }) => attributes.get('d')).sort()).toEqual(
      shown.edges.map(({ points }) => edgePath(points)).sort(),
    )
  })

  test('has its size, with room around the graph for what sticks out', () => {
    const root = parseXml(drawSvg(scene({ boxes: [box()] }), look))
    expect(root.name).toBe('svg')
    expect(root.attributes.get('xmlns')).toBe('http://www.w3.org/2000/svg')
    expect(root.attributes.get('viewBox')).toBe('-32 -32 364 264')
    expect([root.attributes.get('width'), root.attributes.get('height')]).toEqual(['364', '264'])
    expect(root.children[0]).toMatchObject({ name: 'title', text: 'A network’s graph in 1 box' })
  })

  test('takes names that hold anything', () => {
    const name = 'a<b>&"c"\n\u0001\ud800\uffff\u{1f600}/]]>'
    const odd = box({ id: `n:${name}`, name, title: name, label: name, lines: [name] })
    const shown = drawSvg(scene({ boxes: [odd] }), look, [name])
    const clean = 'a<b>&"c"\n\ufffd\ufffd\ufffd\u{1f600}/]]>'
    expect(present(boxIn(shown, `n:${clean}`).children.at(0)).text).toBe(clean)
  })

  test('draws the cut across the frame, up to what stands beside, and fades what is not kept', () => {
    const port = {
      tensor: 'a:0',
      x: 110,
      y: 62,
      shape: '7×7×8',
      dtype: 'float32',
      canCut: true,
      why: null,
      recommended: true,
      marked: true,
    }
    const boxes = [box({ ports: [port] }), box({ id: 'n:b', name: 'b', x: 240, y: 20, height: 100 })]
    const marks = { lit: ['n:a'], cutInside: [], distance: {} }
    const svg = drawSvg(scene({ boxes, marks, width: 480 }), look, ['a:0'])
    const line = present(elements(svg).find((element) => element.name === 'line'))
    expect(['x1', 'x2', 'y1'].map((name) => Number(line.attributes.get(name)))).toEqual([-24, 232, 74.5])
    expect(boxIn(svg, 'n:a').attributes.get('class')).toBeUndefined()
    expect(boxIn(svg, 'n:b').attributes.get('class')).toBe('faded')
    expect(elements(drawSvg(scene({ boxes, marks }), look)).some((element) => element.name === 'line')).toBe(false)
  })

  test('turns the cut’s line where data flows to the right', () => {
    const port = {
      tensor: 'a:0',
      x: 210,
      y: 41,
      shape: '8',
      dtype: 'float32',
      canCut: true,
      why: null,
      recommended: true,
      marked: true,
    }
    const svg = drawSvg(scene({ boxes: [box({ ports: [port] })], direction: 'right' }), look, ['a:0'])
    const line = present(elements(svg).find((element) => element.name === 'line'))
    expect(['x1', 'x2', 'y1', 'y2'].map((name) => Number(line.attributes.get(name)))).toEqual([222.5, 222.5, -24, 224])
  })

  test('colours boxes as it is told, with text that can be read on them', () => {
    const fills = { 'n:a': '#000040' }
    const svg = drawSvg(scene({ boxes: [box(), box({ id: 'n:b', name: 'b' })] }), { ...look, fills })
    const inks = (id: string) => boxIn(svg, id).children.flatMap((child) => child.attributes.get('fill') ?? [])
    expect(inks('n:a')).toEqual(['#000040', '#ffffff', '#ffffff'])
    expect(inks('n:b')).toContain(look.categories.convolution)
  })

  test('shapes at two ports near each other stand side by side', () => {
    const port = (tensor: string, x: number) => ({
      tensor,
      x,
      y: 62,
      shape: '112×112×128',
      dtype: 'float32',
      canCut: false,
      why: null,
      recommended: false,
      marked: false,
    })
    const svg = drawSvg(scene({ boxes: [box({ ports: [port('a:0', 100), port('a:1', 120)] })] }), look)
    const chips = elements(svg)
      .filter((element) => element.attributes.has('data-tensor'))
      .map((element) => present(element.children.find((child) => child.name === 'rect')).attributes)
      .map((rect) => ({ left: Number(rect.get('x')), right: Number(rect.get('x')) + Number(rect.get('width')) }))
    expect(chips[0].right).toBeLessThanOrEqual(chips[1].left)
  })
})

describe('text', () => {
  test('is cut off where it does not fit', () => {
    expect(fitted('short', 100, 11)).toBe('short')
    const long = fitted('a_very_long_name/of_an_operation', 100, 11)
    expect(long).toMatch(/^a_very.*…$/)
    expect(textWidth(long, 11)).toBeLessThanOrEqual(100)
    expect(fitted('anything', 0, 11)).toBe('…')
  })

  test('breaks between words into two lines', () => {
    const lines = twoLines('Inverted residual 3×3, 16 → 96 → 24, stride 2', 200, 12, true)
    expect(lines).toHaveLength(2)
    expect(lines.join(' ')).toBe('Inverted residual 3×3, 16 → 96 → 24, stride 2')
    expect(twoLines('Conv 1×1', 200, 12)).toEqual(['Conv 1×1'])
    expect(twoLines('one_single_word_that_is_far_too_long', 100, 12)).toHaveLength(1)
  })

  test('escapes what XML takes for its own', () => {
    expect(escaped('<a & "b">\u0000')).toBe('&lt;a &amp; &quot;b&quot;&gt;\ufffd')
  })
})
