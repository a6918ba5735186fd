import type { Viewport } from '@xyflow/react'
import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react'
import { glideFrom, onView, onScreen } from './glide'
import { lookupsOf } from '../lookups'
import type { ScreenSize } from './viewport'
import type { Scene, SceneBox } from '../../../view/scene/types'

/** What was on screen, and what is now. */
export interface ScreenChange {
  readonly before: { readonly scene: Scene; readonly viewport: Viewport }
  readonly after: { readonly scene: Scene; readonly viewport: Viewport }
  readonly screen: ScreenSize
}

/** A change that is being shown; an element moves once. */
interface Running {
  readonly change: ScreenChange
  readonly start: number
  readonly done: Set<Element>
}

const duration = 200
const easing = 'cubic-bezier(0.3, 0, 0.1, 1)'
const fadeIn = [{ opacity: 0 }, { opacity: 1 }]

/**
 * Moves what is drawn from where it was on screen to where it is now, and lets what is new appear. Boxes are drawn over
 * some frames, so what comes while the change still runs joins it.
 * @param drawn changes whenever other boxes are drawn
 */
export function useGlide(element: RefObject<HTMLElement | null>, drawn: unknown): (change: ScreenChange) => void {
  const running = useRef<Running | null>(null)

  useLayoutEffect(() => proceed(element, running), [element, drawn])

  return useCallback((change) => begin(change, element, running), [element])
}

function begin(change: ScreenChange, element: RefObject<HTMLElement | null>, running: RefObject<Running | null>): void {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return
  running.current = { change, start: performance.now(), done: new Set() }
  proceed(element, running)
}

/** Starts what has been drawn since the last time, and what React Flow draws before the next frame is shown. */
function proceed(element: RefObject<HTMLElement | null>, running: RefObject<Running | null>): void {
  if (!running.current) return
  moveNew(element, running)
  requestAnimationFrame(() => moveNew(element, running))
}

function moveNew(element: RefObject<HTMLElement | null>, running: RefObject<Running | null>): void {
  const now = running.current
  const view = element.current
  if (!now || !view) return
  const passed = performance.now() - now.start
  if (passed > duration) {
    running.current = null
    return
  }
  for (const one of view.querySelectorAll('.react-flow__node, [data-box], [data-frame], [data-wires]')) {
    if (now.done.has(one)) continue
    now.done.add(one)
    move(one, now.change, passed)
  }
}

function move(element: Element, { before, after, screen }: ScreenChange, passed: number): void {
  const timing = { duration, easing, delay: -passed }
  const { id, frame } = identify(element)
  if (id === null) {
    element.animate(fadeIn, { ...timing, easing: 'ease-in' })
    return
  }
  const now = lookupsOf(after.scene).boxes.get(id)
  if (!now) return
  const old = lookupsOf(before.scene).boxes.get(id)
  if (!old) {
    if (onView(onScreen(now, after.viewport), screen)) element.animate(fadeIn, timing)
    return
  }
  if (frame) {
    grow(element, old, now, { before, after, screen }, timing)
    return
  }
  const from = glideFrom({ box: old, viewport: before.viewport }, { box: now, viewport: after.viewport }, screen)
  if (from) element.animate([{ translate: `${from.x}px ${from.y}px` }, { translate: '0px 0px' }], timing)
}

/** A frame also changes its size; seen as it is, with its border stretched for a moment. */
function grow(
  element: Element,
  old: SceneBox,
  now: SceneBox,
  change: ScreenChange,
  timing: KeyframeAnimationOptions,
): void {
  const { before, after, screen } = change
  const [from, to] = [onScreen(old, before.viewport), onScreen(now, after.viewport)]
  if (!onView(from, screen) && !onView(to, screen)) return
  const { zoom } = after.viewport
  const scale = { x: from.width / to.width, y: from.height / to.height }
  const shift = { x: (from.x - to.x) / zoom, y: (from.y - to.y) / zoom }
  if (Math.abs(shift.x) + Math.abs(shift.y) < 1 && Math.abs(scale.x - 1) + Math.abs(scale.y - 1) < 0.01) return
  element.animate(
    [
      { translate: `${shift.x}px ${shift.y}px`, scale: `${scale.x} ${scale.y}` },
      { translate: '0px 0px', scale: '1 1' },
    ],
    timing,
  )
}

/** The box an element draws; null for the lines. */
function identify(element: Element): { readonly id: string | null; readonly frame: boolean } {
  const frame = element.getAttribute('data-frame')
  return { id: frame ?? element.getAttribute('data-id') ?? element.getAttribute('data-box'), frame: frame !== null }
}
