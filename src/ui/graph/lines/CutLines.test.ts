import { describe, expect, test } from 'vitest'
import { cutLines, cutWords, freezeLine, wordsPlace } from '../../../view/scene/cut-lines'
import { edgesOf, frameBox, opBox, sceneOf } from '../testing'

describe('the line of a cut', () => {
  test('runs across the whole picture where nothing stands beside', () => {
    const boxes = [opBox('a', 300, 0), opBox('b', 300, 100), opBox('wide', 0, 300, { width: 900 })]
    const scene = sceneOf(boxes, [])
    const [{ from, to }] = cutLines(scene, null, ['a:0'])
    expect(from.y).toBe(to.y)
    expect(from.y).toBeGreaterThan(40)
    expect(from.x).toBeLessThan(0)
    expect(to.x).toBeGreaterThan(scene.width)
  })

  test('ends before what stands beside, and at the frame around', () => {
    const inside = { parent: 'g:f', depth: 1 }
    const boxes = [
      frameBox('f', 0, 0, 600, 400),
      opBox('a', 50, 100, inside),
      opBox('beside', 300, 130, inside),
      opBox('outside', 700, 130),
    ]
    const scene = sceneOf(boxes, [])
    const [{ from, to }] = cutLines(scene, null, ['a:0'])
    expect(from.x).toBe(0)
    expect(to.x).toBeLessThan(300)
    expect(to.x).toBeGreaterThan(150)
    expect(cutLines(scene, null, ['hidden:0'])).toEqual([])
  })

  test('says where training begins, at that tensor alone', () => {
    const scene = sceneOf([opBox('a', 300, 0), opBox('b', 300, 100)], [])
    const [line, ...others] = freezeLine(scene, 'a:0')
    expect(others).toEqual([])
    expect([line.tensor, line.trains, cutWords(line, 'down')]).toEqual(['a:0', true, 'Trained from here down'])
    expect(cutWords(cutLines(scene, null, ['a:0'])[0], 'down')).toBe('Cut: kept above')
    expect(freezeLine(scene, null)).toEqual([])
  })

  test('stands upright where the data flows to the right', () => {
    const boxes = [opBox('a', 0, 100), opBox('b', 300, 100)]
    const scene = sceneOf(boxes, [], { direction: 'right' })
    const [{ from, to }] = cutLines(scene, null, ['a:0'])
    expect(from.x).toBe(to.x)
    expect(to.y - from.y).toBeGreaterThan(scene.height)
  })

  test('says that what is above is kept only where nothing of the trunk comes below', () => {
    const boxes = [
      opBox('a', 300, 0),
      opBox('b', 300, 100),
      opBox('c', 300, 200),
      opBox('wide', 0, 300, { width: 900 }),
    ]
    const scene = sceneOf(boxes, edgesOf(boxes, 'a>b', 'b>c'))
    const [above, below] = cutLines(scene, ['n:a', 'n:b'], ['a:0', 'b:0'])
    expect([above, below].map((line) => cutWords(line, 'down'))).toEqual(['Also taken', 'Cut: kept above'])
    expect(above.to.x - above.from.x).toBeLessThan(below.to.x - below.from.x)
    expect(cutLines(scene, ['n:a'], ['a:0']).map((line) => cutWords(line, 'right'))).toEqual(['Cut: kept left'])
    // Side by side, none goes on to the other.
    const [left, right] = cutLines(sceneOf(boxes, edgesOf(boxes, 'a>c', 'b>c')), ['n:a', 'n:b'], ['a:0', 'b:0'])
    expect([left.goesOn, right.goesOn]).toEqual([false, false])
  })
})

describe('the words on it', () => {
  const words = { width: 100, height: 20 }
  const screen = { x: 0, y: 0, width: 1000, height: 600 }
  const level = (from: number, to: number, y = 300) => ({
    ...{ from: { x: from, y }, to: { x: to, y }, at: { x: (from + to) / 2, y } },
    reach: 40,
  })

  test('stand at its end, in the middle of its thickness', () => {
    const place = wordsPlace(level(100, 700), words, 'down', screen)
    expect(place?.y).toBe(290)
    expect(place?.x).toBeGreaterThan(580)
    expect(place?.x).toBeLessThanOrEqual(600)
  })

  test('stay on screen where the end is not, and go with the line', () => {
    const place = wordsPlace(level(-400, 3000), words, 'down', { ...screen, width: 900 })
    expect(place?.x).toBeGreaterThan(780)
    expect(place?.x).toBeLessThanOrEqual(800)
    expect(wordsPlace(level(1100, 1400), words, 'down', screen)).toBeNull()
    expect(wordsPlace(level(100, 700, -1), words, 'down', screen)).toBeNull()
  })

  test('do not lie over the tensor’s shape where the line is short', () => {
    const near = wordsPlace(level(300, 440), words, 'down', screen)
    expect(near?.x).toBeGreaterThan(410)
    // No room after it: before it.
    const edge = wordsPlace(level(860, 1000), words, 'down', screen)
    expect(edge?.x).toBeLessThan(790)
    const upright = { from: { x: 500, y: 90 }, to: { x: 500, y: 140 }, at: { x: 500, y: 105 }, reach: 9 }
    const beside = wordsPlace(upright, words, 'right', screen)
    expect(beside?.x).toBe(450)
    expect(beside?.y).toBeGreaterThan(114)
  })
})
