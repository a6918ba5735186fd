import { describe, expect, test } from 'vitest'
import { glideFrom, onScreen } from './glide'
import { mapPaths, mapScale, onMap } from './map-scale'
import { edgesOf, frameBox, opBox, sceneOf } from '../testing'
import {
  areaOnScreen,
  contains,
  fitting,
  freePart,
  keepingInView,
  keepingPlace,
  leastZoom,
  movedInto,
  mustSee,
  openingViewport,
  seenFrames,
  spotOf,
  viewportAt,
} from './viewport'

const screen = { width: 1000, height: 800 }
const boxes = [opBox('first', 100, 0), opBox('second', 100, 100)]
const small = sceneOf(boxes, edgesOf(boxes, 'first>second'))

describe('the viewport', () => {
  test('shows all of a small graph at once', () => {
    const area = areaOnScreen(openingViewport(small, screen), screen)
    expect(area.x).toBeLessThan(0)
    expect(area.y).toBeLessThan(0)
    expect(area.x + area.width).toBeGreaterThan(small.width)
    expect(area.y + area.height).toBeGreaterThan(small.height)
  })

  test('opens a long graph at its beginning, legibly, and fits it when asked', () => {
    for (const direction of ['down', 'right'] as const) {
      const long = { ...small, direction, ...(direction === 'down' ? { height: 20_000 } : { width: 20_000 }) }
      const opening = openingViewport(long, screen)
      expect(opening.zoom).toBeGreaterThan(0.75)
      const start = onScreen(boxes[0], opening)
      expect(start.x).toBeGreaterThanOrEqual(0)
      expect(start.y).toBeGreaterThanOrEqual(0)
      expect(start.x + start.width).toBeLessThan(screen.width)
      const whole = areaOnScreen(fitting(long, screen), screen)
      expect(whole[direction === 'down' ? 'height' : 'width']).toBeGreaterThan(20_000)
    }
  })

  test('keeps a box where it is on screen when it unfolds', () => {
    const [folded, frame] = [
      { x: 100, y: 300, width: 226, height: 52 },
      { x: 640, y: 410, width: 900, height: 1200 },
    ]
    const before = { x: 40, y: -30, zoom: 0.5 }
    const down = keepingPlace(before, folded, frame)
    const [old, now] = [onScreen(folded, before), onScreen(frame, down)]
    expect(Math.abs(now.y - old.y)).toBeLessThanOrEqual(1)
    expect(Math.abs(now.x + now.width / 2 - old.x - old.width / 2)).toBeLessThanOrEqual(1)
    const turned = onScreen(frame, keepingPlace(before, folded, frame, 'right'))
    expect(Math.abs(turned.x - old.x)).toBeLessThanOrEqual(1)
    expect(Math.abs(turned.y + turned.height / 2 - old.y - old.height / 2)).toBeLessThanOrEqual(1)
  })
})

describe('the viewport beside panels', () => {
  test('shows all of a very long graph, which can be zoomed out to, in frames that can be seen', () => {
    const huge = { width: 400, height: 900_000 }
    const { zoom } = fitting(huge, screen)
    expect(huge.height * zoom).toBeLessThan(screen.height)
    expect(huge.height * zoom).toBeGreaterThan(screen.height / 2)
    expect(leastZoom(huge, screen)).toBeLessThanOrEqual(zoom)
    const frame = frameBox('long', 0, 0, 400, 900_000)
    const [seen] = seenFrames([frame], zoom)
    expect(seen.width * zoom).toBeGreaterThanOrEqual(5)
    expect(seen.x + seen.width / 2).toBeCloseTo(200)
    expect(seen.height).toBe(frame.height)
    const readable = [frame]
    expect(seenFrames(readable, 1)).toBe(readable)
  })

  test('keeps off the map: left of it what is high, above it what is wide', () => {
    const corner = { width: 200, height: 280 }
    const [free, map] = [freePart(screen), { x: 800, y: 520, width: 200, height: 280 }]
    for (const laid of [
      { width: 700, height: 5000 },
      { width: 5000, height: 1500 },
    ]) {
      const seen = onScreen({ x: 0, y: 0, ...laid }, fitting(laid, screen, { corner }))
      expect(contains({ ...free, x: free.x - 1, width: free.width + 2 }, seen)).toBe(true)
      expect(seen.x + seen.width <= map.x + 1 || seen.y + seen.height <= map.y + 1).toBe(true)
    }
  })

  test('moves by as little as frees a box, and not at all if it is free', () => {
    const part = { x: 400, y: 70, width: 500, height: 600 }
    const box = { x: 100, y: 100, width: 200, height: 40 }
    const still = { x: 400, y: 0, zoom: 1 }
    expect(movedInto(still, box, part)).toBe(still)
    expect(movedInto({ x: 0, y: 0, zoom: 1 }, box, part)).toEqual({ x: 300, y: 0, zoom: 1 })
    expect(movedInto({ x: 900, y: 900, zoom: 1 }, box, part)).toEqual({ x: 600, y: 530, zoom: 1 })
    // What is larger than the part begins there.
    expect(onScreen({ ...box, width: 900 }, movedInto(still, { ...box, width: 900 }, part)).x).toBe(400)
  })

  test('asks of an unfolded frame its width if it fits, else where the data enters', () => {
    const room = { width: 500, height: 600 }
    expect(mustSee(frameBox('a', 10, 20, 400, 5000), room, 1, 'down')).toMatchObject({ x: 10, width: 400, y: 20 })
    const wide = mustSee(frameBox('a', 0, 0, 4000, 5000), room, 1, 'down')
    expect(wide.x + wide.width / 2).toBe(2000)
    expect(wide.width).toBeLessThan(room.width)
    const turned = mustSee(frameBox('a', 0, 0, 4000, 5000), room, 1, 'right')
    expect(turned.y + turned.height / 2).toBe(2500)
    expect(turned.x).toBe(0)
    expect(mustSee(boxes[0], room, 1, 'down')).toBe(boxes[0])
  })

  test('finds a spot again, on a screen of another size too', () => {
    const spot = spotOf({ x: -900, y: 40, zoom: 0.5 }, screen)
    expect(viewportAt(spot, screen)).toEqual({ x: -900, y: 40, zoom: 0.5 })
    const other = { width: 600, height: 500 }
    expect(spotOf(viewportAt(spot, other), other)).toEqual(spot)
  })
})

test('what is left is brought into view when what was looked at is folded away', () => {
  const far = { x: -40_000, y: 0, zoom: 1 }
  const after = onScreen(boxes[1], keepingInView(far, boxes[1], boxes, screen))
  expect(after.x).toBeGreaterThan(0)
  expect(after.x + after.width).toBeLessThan(screen.width)
  expect(after.y).toBeGreaterThan(0)
  const near = { x: 0, y: 0, zoom: 1 }
  expect(keepingInView(near, boxes[1], boxes, screen)).toBe(near)
})

describe('gliding', () => {
  const viewport = { x: 0, y: 0, zoom: 0.5 }
  const box = { x: 100, y: 100, width: 200, height: 40 }

  test('starts where the box was on screen', () => {
    const moved = { x: 20, y: -10, zoom: 0.8 }
    const after = { ...box, y: 400 }
    const from = glideFrom({ box, viewport }, { box: after, viewport: moved }, screen)
    if (!from) throw new Error('did not move')
    const start = onScreen({ ...after, x: after.x + from.x, y: after.y + from.y }, moved)
    expect(start.x).toBeCloseTo(50)
    expect(start.y).toBeCloseTo(50)
  })

  test('is left out for what stays, and for what is never seen', () => {
    expect(glideFrom({ box, viewport }, { box, viewport }, screen)).toBeNull()
    const [above, below] = [
      { ...box, y: -900 },
      { ...box, y: 9000 },
    ]
    expect(glideFrom({ box: above, viewport }, { box: below, viewport }, screen)).toBeNull()
    expect(glideFrom({ box, viewport }, { box: below, viewport }, screen)).not.toBeNull()
  })
})

describe('the map', () => {
  test('keeps the picture’s shape, but stays wide enough to be clicked for a very long one', () => {
    expect(mapScale({ width: 1000, height: 2000 }, { width: 120, height: 240 })).toMatchObject({
      width: 120,
      height: 240,
    })
    const thin = mapScale({ width: 300, height: 90_000 }, { width: 120, height: 240 })
    expect(thin.height).toBe(240)
    expect(thin.width).toBeGreaterThanOrEqual(20)
    expect(onMap({ x: -500, y: 45_000, width: 5000, height: 900 }, thin)).toEqual({
      x: 0,
      y: 120,
      width: thin.width,
      height: expect.closeTo(2.4) as number,
    })
  })

  test('draws boxes that share a pixel once', () => {
    const heap = Array.from({ length: 5000 }, (_, i) => opBox(`n${i}`, (i % 10) * 0.01, i * 0.01))
    const scene = { ...sceneOf(heap, []), width: 100_000, height: 100_000 }
    const [, { path }] = mapPaths(scene, mapScale(scene, { width: 120, height: 240 }))
    expect(path.match(/M/g)?.length).toBe(1)
  })
})
